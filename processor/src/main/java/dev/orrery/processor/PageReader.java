package dev.orrery.processor;

import com.palantir.javapoet.ClassName;
import dev.orrery.rules.Actor;
import dev.orrery.rules.Browser;
import dev.orrery.rules.GameMap;
import dev.orrery.rules.Input;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.MirroredTypesException;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/** Reads a package annotated {@link Browser} into a {@link Page}, or complains. Owned by the compiler's thread. */
final class PageReader {
    private final Complaints complaints;
    private final ShapeReader shapes;

    PageReader(Complaints complaints, ShapeReader shapes) {
        this.complaints = complaints;
        this.shapes = shapes;
    }

    Optional<Page> read(PackageElement home) {
        final int before = complaints.count();
        Browser browser = home.getAnnotation(Browser.class);
        List<Page.Part> actors = new ArrayList<>();
        List<TypeElement> maps = new ArrayList<>();
        for (TypeElement actor : actorsOf(browser)) {
            if (actor.getAnnotation(Actor.class) == null) {
                complaints.at(home, actor.getSimpleName() + " is no kind of actor; annotate it @Actor");
                continue;
            }
            Optional<Shape> shape = shapes.read(
                    actor, Shape.Role.ACTOR, actor.getAnnotation(Actor.class).name());
            Optional<DeclaredType> solo = soloOf(actor);
            solo.ifPresent(type -> maps.add(argument(type, 1)));
            Optional<TypeElement> steering = solo.map(type -> argument(type, 0))
                    .filter(type -> !type.getQualifiedName().contentEquals("java.lang.Object"));
            Optional<Shape> input = steering.flatMap(type -> input(home, actor, type));
            if (steering.isEmpty() || input.isPresent()) {
                shape.ifPresent(a -> actors.add(new Page.Part(a, solo.isPresent(), meetsItself(actor), input)));
            }
        }
        if (maps.isEmpty()) {
            complaints.at(home, "no actor takes a step: at least one must implement Solo<input, map>");
        } else {
            checkMaps(home, maps);
        }
        return complaints.count() > before
                ? Optional.empty()
                : Optional.of(page(home, browser.module(), maps.getFirst(), actors));
    }

    private Optional<Shape> input(PackageElement home, TypeElement actor, TypeElement input) {
        if (input.getAnnotation(Input.class) == null) {
            complaints.at(home, "input " + input.getSimpleName() + " of " + actor.getSimpleName() + " lacks @Input");
            return Optional.empty();
        }
        return shapes.read(
                input, Shape.Role.INPUT, input.getAnnotation(Input.class).name());
    }

    private void checkMaps(PackageElement home, List<TypeElement> maps) {
        if (maps.stream().distinct().count() != 1) {
            complaints.at(home, "the actors must share one map, but there are " + maps);
        } else if (maps.getFirst().getAnnotation(GameMap.class) == null) {
            complaints.at(home, "map " + maps.getFirst().getSimpleName() + " lacks @GameMap");
        }
    }

    private static Page page(PackageElement home, String module, TypeElement map, List<Page.Part> actors) {
        boolean takesSettings =
                ElementFilter.constructorsIn(map.getEnclosedElements()).stream().anyMatch(ShapeReader::takesSettings);
        List<Page.Chart> charts = ElementFilter.fieldsIn(map.getEnclosedElements()).stream()
                .filter(field -> field.getModifiers().contains(Modifier.PUBLIC)
                        && !field.getModifiers().contains(Modifier.STATIC))
                .flatMap(field -> chart(field).stream())
                .toList();
        ClassName exports = ClassName.get(home.getQualifiedName().toString(), "RulesExports");
        return new Page(exports, module, ClassName.get(map), takesSettings, charts, List.copyOf(actors));
    }

    /** The field as a chart, if it is a list of records of numbers. */
    private static Optional<Page.Chart> chart(VariableElement field) {
        if (!(field.asType() instanceof DeclaredType list)
                || !((TypeElement) list.asElement()).getQualifiedName().contentEquals("java.util.List")) {
            return Optional.empty();
        }
        TypeElement element = argument(list, 0);
        List<? extends RecordComponentElement> components =
                ElementFilter.recordComponentsIn(element.getEnclosedElements());
        boolean numbers = element.getKind() == ElementKind.RECORD
                && components.stream().map(c -> c.asType().getKind()).allMatch(PageReader::number);
        return numbers
                ? Optional.of(new Page.Chart(
                        field.getSimpleName().toString(),
                        ClassName.get(element),
                        components.stream()
                                .map(c -> c.getSimpleName().toString())
                                .toList()))
                : Optional.empty();
    }

    private static boolean number(TypeKind kind) {
        return kind == TypeKind.DOUBLE || kind == TypeKind.INT;
    }

    private static Optional<DeclaredType> soloOf(TypeElement actor) {
        return interfaceOf(actor, "dev.orrery.rules.Solo");
    }

    private static boolean meetsItself(TypeElement actor) {
        return soloOf(actor).isPresent()
                && interfaceOf(actor, "dev.orrery.rules.Contact")
                        .filter(type -> argument(type, 0).equals(actor))
                        .isPresent();
    }

    private static Optional<DeclaredType> interfaceOf(TypeElement actor, String name) {
        return actor.getInterfaces().stream()
                .map(DeclaredType.class::cast)
                .filter(type -> type.asElement().toString().equals(name)
                        && type.getTypeArguments().size() == 2)
                .findFirst();
    }

    private static TypeElement argument(DeclaredType type, int index) {
        return (TypeElement) ((DeclaredType) type.getTypeArguments().get(index)).asElement();
    }

    /** The compiler hands out classes of an annotation only as the types inside this exception. */
    private static List<TypeElement> actorsOf(Browser browser) {
        try {
            throw new IllegalStateException("classes at compile time: " + browser.value().length);
        } catch (MirroredTypesException e) {
            List<? extends TypeMirror> types = e.getTypeMirrors();
            return types.stream()
                    .map(type -> (TypeElement) ((DeclaredType) type).asElement())
                    .toList();
        }
    }
}
