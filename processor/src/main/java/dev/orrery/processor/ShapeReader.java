package dev.orrery.processor;

import com.palantir.javapoet.ClassName;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;

/** Reads an annotated class into a {@link Shape}, or complains. Owned by the compiler's thread. */
final class ShapeReader {
    private final Complaints complaints;
    private final SlotReader slots;

    ShapeReader(Complaints complaints) {
        this.complaints = complaints;
        this.slots = new SlotReader(complaints);
    }

    /** The shape; empty if the class could not be synced, and then the author was told why. */
    Optional<Shape> read(TypeElement type, Shape.Role role, String givenName) {
        final int before = complaints.count();
        checkClass(type);
        List<VariableElement> fields = ElementFilter.fieldsIn(type.getEnclosedElements());
        fields.forEach(this::checkStatic);
        List<Slot> read = fields.stream()
                .filter(field -> !field.getModifiers().contains(Modifier.STATIC))
                .flatMap(field -> slots.read(field).stream())
                .toList();
        if (complaints.count() > before) {
            return Optional.empty();
        }
        String name = givenName.isEmpty() ? lowerCamel(type.getSimpleName().toString()) : givenName;
        return Optional.of(new Shape(type, ClassName.get(type), role, name, read));
    }

    private void checkClass(TypeElement type) {
        if (type.getKind() != ElementKind.CLASS) {
            complaints.at(
                    type,
                    type.getSimpleName()
                            + " is no plain class; write a final class with public fields, because rows are"
                            + " read into existing objects");
            return;
        }
        if (type.getNestingKind() != NestingKind.TOP_LEVEL) {
            complaints.at(type, "nested class " + type.getSimpleName() + "; move it to a file of its own");
        }
        if (!type.getModifiers().contains(Modifier.FINAL)) {
            complaints.at(
                    type,
                    "class " + type.getSimpleName() + " is not final; make it final, because fields of a subclass would"
                            + " not be synced");
        }
        if (!type.getTypeParameters().isEmpty()) {
            complaints.at(type, "class " + type.getSimpleName() + " has type parameters; write one class per kind");
        }
        if (!type.getSuperclass().toString().equals("java.lang.Object")) {
            complaints.at(
                    type,
                    "class " + type.getSimpleName() + " extends " + type.getSuperclass() + "; put the fields into the"
                            + " class itself and share code by static methods");
        }
        List<ExecutableElement> constructors = ElementFilter.constructorsIn(type.getEnclosedElements());
        if (constructors.stream().noneMatch(ShapeReader::usable)) {
            complaints.at(
                    type,
                    "class " + type.getSimpleName()
                            + " has no constructor without parameters; add one, because replicas"
                            + " create it before they read its row");
        }
    }

    private static boolean usable(ExecutableElement constructor) {
        return constructor.getParameters().isEmpty()
                && !constructor.getModifiers().contains(Modifier.PRIVATE);
    }

    private void checkStatic(Element field) {
        if (field.getModifiers().contains(Modifier.STATIC)
                && !(field.getModifiers().contains(Modifier.FINAL) && SlotReader.immutable(field.asType()))) {
            complaints.at(
                    field,
                    "static field " + field.getSimpleName() + " could change and be shared between worlds; make it an"
                            + " instance field, or a static final number, String, enum or record");
        }
    }

    /** The class must be immutable: all of a map is known before the first tick. */
    void checkMap(TypeElement type) {
        for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
            checkStatic(field);
            if (!field.getModifiers().contains(Modifier.FINAL)) {
                complaints.at(
                        field,
                        "map field " + field.getSimpleName() + " is not final; make it final, because a map never"
                                + " changes, or move it to an actor");
            }
        }
        if (!type.getModifiers().contains(Modifier.FINAL)) {
            complaints.at(type, "map class " + type.getSimpleName() + " is not final; make it final");
        }
        boolean built = ElementFilter.constructorsIn(type.getEnclosedElements()).stream()
                .anyMatch(c -> c.getModifiers().contains(Modifier.PUBLIC)
                        && (c.getParameters().isEmpty() || takesSettings(c)));
        if (!built) {
            complaints.at(
                    type,
                    "map class " + type.getSimpleName() + " has no public constructor that takes Settings or nothing;"
                            + " add one, because server and browser must build the same map");
        }
    }

    static boolean takesSettings(ExecutableElement constructor) {
        return constructor.getParameters().size() == 1
                && constructor.getParameters().getFirst().asType().toString().equals("dev.orrery.rules.Settings");
    }

    private static String lowerCamel(String name) {
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
