package dev.orrery.processor;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.orrery.rules.Digest;
import dev.orrery.rules.Settings;
import java.util.Locale;
import javax.lang.model.element.Modifier;

/**
 * Writes the class whose static methods TeaVM exports from a game's browser module. Rows stay in the page's typed
 * arrays; one object per kind is reused for all steps.
 */
final class ExportsWriter {
    private static final ClassName EXPORT = ClassName.get("org.teavm.jso", "JSExport");
    private static final ClassName INTS = ClassName.get("org.teavm.jso.typedarrays", "Int32Array");
    private static final ClassName DOUBLES = ClassName.get("org.teavm.jso.typedarrays", "Float64Array");

    private final Page page;

    ExportsWriter(Page page) {
        this.page = page;
    }

    JavaFile file() {
        TypeSpec.Builder exports = TypeSpec.classBuilder(page.type())
                .addJavadoc(
                        "What a page calls; declared in {@code $L.d.ts}. Owned by the page's thread.\n", page.module())
                .addAnnotation(KindWriter.GENERATED)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL);
        page.actors().forEach(part -> addObjects(exports, part.actor()));
        page.inputs().forEach(input -> addObjects(exports, input));
        if (page.actors().stream().anyMatch(part -> part.steps() && part.input().isEmpty())) {
            exports.addField(
                    FieldSpec.builder(Object.class, "NOBODY", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                            .initializer("new Object()")
                            .build());
        }
        exports.addField(FieldSpec.builder(Settings.class, "settings", Modifier.PRIVATE, Modifier.STATIC)
                .initializer("$T.DEFAULT", Settings.class)
                .build());
        exports.addField(FieldSpec.builder(page.map(), "map", Modifier.PRIVATE, Modifier.STATIC)
                .initializer("new $T($L)", page.map(), page.mapTakesSettings() ? "settings" : "")
                .build());
        exports.addMethod(
                MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
        exports.addMethod(configure());
        exports.addMethod(export("tables", ClassName.get(String.class))
                .addStatement("return $S", new TablesWriter(page).json())
                .build());
        page.charts().forEach(chart -> exports.addMethod(chart(chart)));
        for (Page.Part part : page.actors()) {
            exports.addMethod(create(part.actor()));
            if (part.steps()) {
                exports.addMethod(step(part));
            }
            if (part.meets()) {
                addTick(exports, part);
            }
            exports.addMethod(digest(part.actor()));
        }
        page.inputs().forEach(input -> exports.addMethod(create(input)));
        exports.addMethod(copy("load", "to[i] = from.get(at + i)", INTS, ArrayTypeName.of(TypeName.INT)));
        exports.addMethod(copy("store", "to.set(at + i, from[i])", ArrayTypeName.of(TypeName.INT), INTS));
        return JavaFile.builder(page.type().packageName(), exports.build())
                .skipJavaLangImports(true)
                .indent("    ")
                .build();
    }

    private static void addObjects(TypeSpec.Builder exports, Shape shape) {
        exports.addField(constant(shape.kind(), shape, "KIND", "new $T()", shape.kind()));
        exports.addField(constant(shape.type(), shape, "VALUE", "new $T()", shape.type()));
        exports.addField(constant(ArrayTypeName.of(TypeName.INT), shape, "ROW", "new int[$L]", shape.rowLength()));
    }

    private static FieldSpec constant(TypeName type, Shape shape, String suffix, String initializer, Object argument) {
        return FieldSpec.builder(type, name(shape, suffix), Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer(initializer, argument)
                .build();
    }

    private static String name(Shape shape, String suffix) {
        return shape.type().simpleName().toUpperCase(Locale.ROOT) + "_" + suffix;
    }

    private static MethodSpec.Builder export(String name, TypeName returns) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(EXPORT)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .returns(returns);
    }

    private MethodSpec configure() {
        return export("configure", TypeName.VOID)
                .addParameter(TypeName.INT, "tickRate")
                .addParameter(TypeName.DOUBLE, "movementSpeed")
                .addParameter(TypeName.INT, "broadcastFrames")
                .addParameter(TypeName.DOUBLE, "smoothing")
                .addParameter(TypeName.INT, "maxPlayers")
                .addParameter(TypeName.INT, "reconnectAttempts")
                .addStatement(
                        "settings = new $T(tickRate, movementSpeed, broadcastFrames, smoothing, maxPlayers,"
                                + " reconnectAttempts)",
                        Settings.class)
                .addStatement("map = new $T($L)", page.map(), page.mapTakesSettings() ? "settings" : "")
                .build();
    }

    private static MethodSpec chart(Page.Chart chart) {
        MethodSpec.Builder method = export(chart.field(), DOUBLES)
                .addStatement(
                        "$T flat = new $T(map.$L.size() * $L)",
                        DOUBLES,
                        DOUBLES,
                        chart.field(),
                        chart.components().size())
                .beginControlFlow("for (int i = 0; i < map.$L.size(); i++)", chart.field())
                .addStatement("$T each = map.$L.get(i)", chart.record(), chart.field());
        int index = 0;
        for (String component : chart.components()) {
            method.addStatement(
                    "flat.set(i * $L + $L, each.$L())", chart.components().size(), index++, component);
        }
        return method.endControlFlow().addStatement("return flat").build();
    }

    private static MethodSpec create(Shape shape) {
        return export("create" + shape.type().simpleName(), TypeName.VOID)
                .addParameter(INTS, "row")
                .addStatement("$L.write(new $T(), $L, 0)", name(shape, "KIND"), shape.type(), name(shape, "ROW"))
                .addStatement("store($L, 0, row)", name(shape, "ROW"))
                .build();
    }

    private static MethodSpec step(Page.Part part) {
        Shape actor = part.actor();
        MethodSpec.Builder method = export("step" + actor.type().simpleName(), TypeName.VOID)
                .addParameter(INTS, "row")
                .addParameter(INTS, "inputs")
                .addParameter(TypeName.INT, "ticks")
                .addParameter(INTS, "history")
                .addStatement("load(row, 0, $L)", name(actor, "ROW"))
                .addStatement("$L.read($L, 0, $L)", name(actor, "KIND"), name(actor, "ROW"), name(actor, "VALUE"))
                .addStatement("boolean recording = history.getLength() > 0")
                .beginControlFlow("for (int tick = 0; tick < ticks; tick++)");
        if (part.input().isPresent()) {
            Shape input = part.input().get();
            method.addStatement("load(inputs, tick * $L, $L)", input.rowLength(), name(input, "ROW"))
                    .addStatement("$L.read($L, 0, $L)", name(input, "KIND"), name(input, "ROW"), name(input, "VALUE"))
                    .addStatement("$L.step($L, map, settings)", name(actor, "VALUE"), name(input, "VALUE"));
        } else {
            method.addStatement("$L.step(NOBODY, map, settings)", name(actor, "VALUE"));
        }
        return method.addStatement("$L.write($L, $L, 0)", name(actor, "KIND"), name(actor, "VALUE"), name(actor, "ROW"))
                .addStatement("$L.read($L, 0, $L)", name(actor, "KIND"), name(actor, "ROW"), name(actor, "VALUE"))
                .beginControlFlow("if (recording)")
                .addStatement("store($L, tick * $L, history)", name(actor, "ROW"), actor.rowLength())
                .endControlFlow()
                .endControlFlow()
                .addStatement("store($L, 0, row)", name(actor, "ROW"))
                .build();
    }

    /** Many of a kind that touch each other: they are kept as objects between their steps and their contacts. */
    private static void addTick(TypeSpec.Builder exports, Page.Part part) {
        Shape actor = part.actor();
        ArrayTypeName many = ArrayTypeName.of(actor.type());
        String objects = actor.type().simpleName().toLowerCase(Locale.ROOT) + "Objects";
        int length = actor.rowLength();
        exports.addField(FieldSpec.builder(many, objects, Modifier.PRIVATE, Modifier.STATIC)
                .initializer("new $T[0]", actor.type())
                .build());
        MethodSpec.Builder method = export("tick" + actor.type().simpleName(), TypeName.VOID)
                .addParameter(INTS, "rows")
                .addParameter(INTS, "inputs")
                .addParameter(TypeName.INT, "count")
                .addParameter(INTS, "met")
                .beginControlFlow("if ($L.length < count)", objects)
                .addStatement("$L = new $T[2 * count]", objects, actor.type())
                .beginControlFlow("for (int i = 0; i < $L.length; i++)", objects)
                .addStatement("$L[i] = new $T()", objects, actor.type())
                .endControlFlow()
                .endControlFlow()
                .beginControlFlow("for (int i = 0; i < count; i++)")
                .addStatement("load(rows, i * $L, $L)", length, name(actor, "ROW"))
                .addStatement("$L.read($L, 0, $L[i])", name(actor, "KIND"), name(actor, "ROW"), objects);
        if (part.input().isPresent()) {
            Shape input = part.input().get();
            method.addStatement("load(inputs, i * $L, $L)", input.rowLength(), name(input, "ROW"))
                    .addStatement("$L.read($L, 0, $L)", name(input, "KIND"), name(input, "ROW"), name(input, "VALUE"))
                    .addStatement("$L[i].step($L, map, settings)", objects, name(input, "VALUE"));
        } else {
            method.addStatement("$L[i].step(NOBODY, map, settings)", objects);
        }
        exports.addMethod(
                method.addStatement("$L.write($L[i], $L, 0)", name(actor, "KIND"), objects, name(actor, "ROW"))
                        .addStatement("store($L, i * $L, rows)", name(actor, "ROW"), length)
                        .addStatement("met.set(i, 0)")
                        .endControlFlow()
                        .beginControlFlow("for (int i = 0; i < count; i++)")
                        .beginControlFlow("for (int j = i + 1; j < count; j++)")
                        .addStatement("double dx = $L", apart(actor, "x"))
                        .addStatement("double dy = $L", apart(actor, "y"))
                        .addStatement("double reach = $L[i].reach()", objects)
                        .beginControlFlow("if (dx * dx + dy * dy <= reach * reach)")
                        .addStatement("$L[i].contact($L[j], map, settings)", objects, objects)
                        .addStatement("met.set(i, 1)")
                        .addStatement("met.set(j, 1)")
                        .endControlFlow()
                        .endControlFlow()
                        .endControlFlow()
                        .beginControlFlow("for (int i = 0; i < count; i++)")
                        .beginControlFlow("if (met.get(i) != 0)")
                        .addStatement("$L.write($L[i], $L, 0)", name(actor, "KIND"), objects, name(actor, "ROW"))
                        .addStatement("store($L, i * $L, rows)", name(actor, "ROW"), length)
                        .endControlFlow()
                        .endControlFlow()
                        .build());
    }

    /** How far two are apart along an axis, by their rows. */
    private static String apart(Shape actor, String axis) {
        int offset = 0;
        for (Slot slot : actor.slots()) {
            if (slot.name().equals(axis)) {
                int length = actor.rowLength();
                return "rows.get(i * %d + %d) * %s - rows.get(j * %d + %d) * %s"
                        .formatted(length, offset, slot.quantum(), length, offset, slot.quantum());
            }
            offset += slot.ints();
        }
        return "0";
    }

    private static MethodSpec digest(Shape actor) {
        return export("digest" + actor.type().simpleName(), TypeName.VOID)
                .addParameter(TypeName.INT, "id")
                .addParameter(TypeName.INT, "kind")
                .addParameter(INTS, "row")
                .addParameter(INTS, "lanes")
                .addStatement("load(row, 0, $L)", name(actor, "ROW"))
                .addStatement("$T digest = new $T()", Digest.class, Digest.class)
                .addStatement("digest.add(id, kind, $L, 0, $L)", name(actor, "ROW"), actor.rowLength())
                .addStatement("lanes.set(0, lanes.get(0) + digest.low())")
                .addStatement("lanes.set(1, lanes.get(1) + digest.high())")
                .build();
    }

    private static MethodSpec copy(String name, String statement, TypeName from, TypeName to) {
        boolean load = name.equals("load");
        MethodSpec.Builder method = MethodSpec.methodBuilder(name)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                .addParameter(from, "from")
                .addParameter(TypeName.INT, "at")
                .addParameter(to, "to");
        return method.beginControlFlow("for (int i = 0; i < $L.length; i++)", load ? "to" : "from")
                .addStatement(statement)
                .endControlFlow()
                .build();
    }
}
