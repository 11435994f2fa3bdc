package dev.orrery.processor;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.orrery.rules.Field;
import dev.orrery.rules.FieldTable;
import dev.orrery.rules.Kind;
import dev.orrery.rules.Quanta;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.annotation.processing.Generated;
import javax.lang.model.element.Modifier;

/** Writes {@code ShipKind implements Kind<Ship>}: the field table and plain code that moves fields to ints and back. */
final class KindWriter {
    static final AnnotationSpec GENERATED = AnnotationSpec.builder(Generated.class)
            .addMember("value", "$S", RulesProcessor.class.getName())
            .build();

    private static final TypeName INTS = ArrayTypeName.of(TypeName.INT);

    private final Shape shape;

    KindWriter(Shape shape) {
        this.shape = shape;
    }

    JavaFile file() {
        TypeSpec.Builder kind = TypeSpec.classBuilder(shape.kind())
                .addJavadoc("Moves a {@link $T} to a row of $L ints and back.\n", shape.type(), shape.rowLength())
                .addAnnotation(GENERATED)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addSuperinterface(ParameterizedTypeName.get(ClassName.get(Kind.class), shape.type()))
                .addOriginatingElement(shape.element())
                .addType(table());
        shape.slots().stream()
                .flatMap(slot -> slot.enumClass().stream())
                .distinct()
                .forEach(type -> kind.addField(constants(type)));
        kind.addMethod(
                MethodSpec.constructorBuilder().addModifiers(Modifier.PUBLIC).build());
        kind.addMethod(method("table", ClassName.get(FieldTable.class))
                .addStatement("return Table.TABLE")
                .build());
        kind.addMethod(method("create", shape.type())
                .addStatement("return new $T()", shape.type())
                .build());
        kind.addMethod(method("write", TypeName.VOID)
                .addParameter(shape.type(), "value")
                .addParameter(INTS, "row")
                .addParameter(TypeName.INT, "offset")
                .addCode(body(true))
                .build());
        kind.addMethod(method("read", TypeName.VOID)
                .addParameter(INTS, "row")
                .addParameter(TypeName.INT, "offset")
                .addParameter(shape.type(), "value")
                .addCode(body(false))
                .build());
        return JavaFile.builder(shape.type().packageName(), kind.build())
                .skipJavaLangImports(true)
                .indent("    ")
                .build();
    }

    private static MethodSpec.Builder method(String name, TypeName returns) {
        return MethodSpec.methodBuilder(name)
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(returns);
    }

    /** In a class of its own: a browser that only steps never asks for the table, and so is not sent it. */
    private TypeSpec table() {
        CodeBlock fields = shape.slots().stream().map(KindWriter::field).collect(CodeBlock.joining(",\n"));
        CodeBlock list = shape.slots().isEmpty()
                ? fields
                : CodeBlock.builder().add("$>$>\n").add(fields).add("$<$<").build();
        return TypeSpec.classBuilder("Table")
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .addField(FieldSpec.builder(FieldTable.class, "TABLE", Modifier.STATIC, Modifier.FINAL)
                        .initializer("new $T($S, $T.of($L))", FieldTable.class, shape.name(), List.class, list)
                        .build())
                .build();
    }

    private static CodeBlock field(Slot slot) {
        CodeBlock.Builder field = CodeBlock.builder();
        String name = slot.name();
        switch (slot.type()) {
            case NUM ->
                field.add("$T.num($S, $L, $L, $L)", Field.class, name, slot.min(), slot.max(), hex(slot.quantum()));
            case INT -> field.add("$T.integer($S, $L, $L)", Field.class, name, (int) slot.min(), (int) slot.max());
            case BOOL -> field.add("$T.bool($S)", Field.class, name);
            case ENUM ->
                field.add(
                        "$T.choice($S, $L)",
                        Field.class,
                        name,
                        slot.constants().stream().map(c -> '"' + c + '"').collect(Collectors.joining(", ")));
            case REF -> field.add("$T.ref($S)", Field.class, name);
        }
        slot.length().ifPresent(length -> field.add(".times($L)", length));
        if (slot.audience() != Field.Audience.EVERYONE) {
            field.add(".visibleTo($T.$L)", Field.Audience.class, slot.audience());
        }
        return field.build();
    }

    private static FieldSpec constants(ClassName type) {
        return FieldSpec.builder(
                        ArrayTypeName.of(type), constantsName(type), Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .initializer("$T.values()", type)
                .build();
    }

    private static String constantsName(ClassName type) {
        return String.join("_", type.simpleNames()).toUpperCase(Locale.ROOT) + "_CONSTANTS";
    }

    private CodeBlock body(boolean write) {
        CodeBlock.Builder body = CodeBlock.builder();
        int offset = 0;
        for (Slot slot : shape.slots()) {
            String at = offset == 0 ? "offset" : "offset + " + offset;
            if (slot.length().isPresent()) {
                body.beginControlFlow(
                        "for (int i = 0; i < $L; i++)", slot.length().get());
                body.add(statement(slot, "value." + slot.name() + "[i]", "row[" + at + " + i]", write));
                body.endControlFlow();
            } else {
                body.add(statement(slot, "value." + slot.name(), "row[" + at + "]", write));
            }
            offset += slot.ints();
        }
        return body.build();
    }

    private static CodeBlock statement(Slot slot, String field, String cell, boolean write) {
        return write
                ? CodeBlock.of("$L = $L;\n", cell, toInt(slot, field))
                : CodeBlock.of("$L = $L;\n", field, fromInt(slot, cell));
    }

    private static CodeBlock toInt(Slot slot, String field) {
        return switch (slot.type()) {
            case NUM ->
                CodeBlock.of(
                        "$T.of($L, $L, $L, $L, $S)",
                        Quanta.class,
                        field,
                        hex(slot.quantum()),
                        (int) (slot.min() / slot.quantum()),
                        (int) (slot.max() / slot.quantum()),
                        slot.name());
            case INT ->
                unbounded(slot)
                        ? CodeBlock.of("$L", field)
                        : CodeBlock.of("$T.of($L, $L, $L)", Quanta.class, field, (int) slot.min(), (int) slot.max());
            case BOOL -> CodeBlock.of("$L ? 1 : 0", field);
            case ENUM -> CodeBlock.of("$L.ordinal()", field);
            case REF -> CodeBlock.of("$L", field);
        };
    }

    private static CodeBlock fromInt(Slot slot, String cell) {
        return switch (slot.type()) {
            case NUM -> CodeBlock.of("$L * $L", cell, hex(slot.quantum()));
            case INT, REF -> CodeBlock.of("$L", cell);
            case BOOL -> CodeBlock.of("$L != 0", cell);
            case ENUM -> CodeBlock.of("$L[$L]", constantsName(slot.enumClass().orElseThrow()), cell);
        };
    }

    private static boolean unbounded(Slot slot) {
        return slot.min() == Integer.MIN_VALUE && slot.max() == Integer.MAX_VALUE;
    }

    private static String hex(double quantum) {
        return Double.toHexString(quantum);
    }
}
