package dev.orrery.processor;

import com.palantir.javapoet.ClassName;
import dev.orrery.rules.Field;
import dev.orrery.rules.Hidden;
import dev.orrery.rules.Int;
import dev.orrery.rules.Length;
import dev.orrery.rules.Num;
import dev.orrery.rules.Owner;
import dev.orrery.rules.Ref;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Reads one instance field into a {@link Slot}, or complains. Owned by the compiler's thread. */
final class SlotReader {
    /** Longest array: one actor's row has to fit a full block. */
    private static final int MAX_LENGTH = 1024;

    private final Complaints complaints;

    SlotReader(Complaints complaints) {
        this.complaints = complaints;
    }

    Optional<Slot> read(VariableElement field) {
        final int before = complaints.count();
        boolean array = field.asType().getKind() == TypeKind.ARRAY;
        TypeMirror type = array ? ((ArrayType) field.asType()).getComponentType() : field.asType();
        checkModifiers(field, array);
        checkPairs(field, type);
        Slot slot = ofType(field, type, array ? length(field) : Optional.empty());
        return complaints.count() > before ? Optional.empty() : Optional.of(slot);
    }

    private void checkModifiers(VariableElement field, boolean array) {
        if (field.getModifiers().contains(Modifier.PRIVATE)) {
            complaints.at(
                    field, field.getSimpleName() + " is private; make it public, because the server reads and sets it");
        }
        boolean isFinal = field.getModifiers().contains(Modifier.FINAL);
        if (array && !isFinal) {
            complaints.at(
                    field,
                    field.getSimpleName() + " is an array that could be replaced; write"
                            + " @Length(n) public final ... = new ...[n]");
        }
        if (!array && isFinal) {
            complaints.at(
                    field,
                    field.getSimpleName()
                            + " is final, so no row could be read into it; drop final, or make it static if"
                            + " it is a constant");
        }
        if (!array && has(field, Length.class)) {
            complaints.at(field, field.getSimpleName() + " is no array; drop @Length");
        }
    }

    private void checkPairs(VariableElement field, TypeMirror type) {
        if (has(field, Num.class) && type.getKind() != TypeKind.DOUBLE) {
            complaints.at(field, field.getSimpleName() + " is no double; drop @Num, or make it a double");
        }
        if ((has(field, Int.class) || has(field, Ref.class)) && type.getKind() != TypeKind.INT) {
            complaints.at(field, field.getSimpleName() + " is no int; drop @Int and @Ref, or make it an int");
        }
        if (has(field, Int.class) && has(field, Ref.class)) {
            complaints.at(field, field.getSimpleName() + " has @Int and @Ref; keep one");
        }
        if (has(field, Owner.class) && has(field, Hidden.class)) {
            complaints.at(field, field.getSimpleName() + " has @Owner and @Hidden; keep one");
        }
    }

    private Optional<Integer> length(VariableElement field) {
        Length length = field.getAnnotation(Length.class);
        if (length == null || length.value() < 1 || length.value() > MAX_LENGTH) {
            complaints.at(field, field.getSimpleName() + " is an array; add @Length(n) with n from 1 to " + MAX_LENGTH);
            return Optional.of(1);
        }
        return Optional.of(length.value());
    }

    private Slot ofType(VariableElement field, TypeMirror type, Optional<Integer> length) {
        return switch (type.getKind()) {
            case DOUBLE -> num(field, length);
            case INT -> integer(field, length);
            case BOOLEAN -> slot(field, Field.Type.BOOL, 0, 1, 1, length);
            case DECLARED -> choice(field, (DeclaredType) type, length);
            case FLOAT -> unsupported(field, length, "a float; use a double with @Num");
            case LONG -> unsupported(field, length, "a long; use an int, or two");
            case BYTE, SHORT, CHAR -> unsupported(field, length, "a " + type + "; use an int with @Int(min, max)");
            default ->
                unsupported(
                        field, length, "of type " + type + "; use double, int, boolean, an enum or an array of them");
        };
    }

    private Slot num(VariableElement field, Optional<Integer> length) {
        Num num = field.getAnnotation(Num.class);
        if (num == null) {
            return unsupported(
                    field, length, "a double without a grain; add @Num(min = ..., max = ..., quantum = 0x1p-8)");
        }
        double quantum = num.quantum();
        if (!powerOfTwo(quantum)) {
            complaints.at(
                    field,
                    field.getSimpleName() + " has quantum " + quantum + ", which is no power of two; write 0x1p-8 for"
                            + " 1/256, so that snapping is exact");
        } else if (!(num.min() < num.max())) {
            complaints.at(field, field.getSimpleName() + " has an empty range; min must lie below max");
        } else if (!(num.min() / quantum >= Integer.MIN_VALUE && num.max() / quantum <= Integer.MAX_VALUE)) {
            complaints.at(
                    field,
                    field.getSimpleName() + " has more quanta than an int counts; use a coarser quantum or a narrower"
                            + " range");
        } else if (num.min() % quantum != 0 || num.max() % quantum != 0) {
            complaints.at(
                    field,
                    field.getSimpleName() + " has a bound between two quanta; make both multiples of " + quantum);
        }
        return slot(field, Field.Type.NUM, num.min(), num.max(), quantum, length);
    }

    private Slot integer(VariableElement field, Optional<Integer> length) {
        if (has(field, Ref.class)) {
            return slot(field, Field.Type.REF, Integer.MIN_VALUE, Integer.MAX_VALUE, 1, length);
        }
        Int range = field.getAnnotation(Int.class);
        if (range == null) {
            return slot(field, Field.Type.INT, Integer.MIN_VALUE, Integer.MAX_VALUE, 1, length);
        }
        if (range.min() >= range.max()) {
            complaints.at(field, field.getSimpleName() + " has an empty range; min must lie below max");
        }
        return slot(field, Field.Type.INT, range.min(), range.max(), 1, length);
    }

    private Slot choice(VariableElement field, DeclaredType type, Optional<Integer> length) {
        Element declared = type.asElement();
        if (declared.getKind() != ElementKind.ENUM) {
            return unsupported(
                    field,
                    length,
                    "a " + declared.getSimpleName() + "; use double, int, boolean, an enum or an array of them");
        }
        List<String> constants = declared.getEnclosedElements().stream()
                .filter(e -> e.getKind() == ElementKind.ENUM_CONSTANT)
                .map(e -> e.getSimpleName().toString())
                .toList();
        if (constants.isEmpty()) {
            return unsupported(field, length, "an enum without constants; give it some");
        }
        return new Slot(
                field.getSimpleName().toString(),
                Field.Type.ENUM,
                0,
                constants.size() - 1,
                1,
                length,
                Optional.of((ClassName) ClassName.get(type)),
                constants,
                audience(field));
    }

    private Slot unsupported(VariableElement field, Optional<Integer> length, String what) {
        complaints.at(field, field.getSimpleName() + " is " + what);
        return slot(field, Field.Type.INT, 0, 1, 1, length);
    }

    private static Slot slot(
            VariableElement field, Field.Type type, double min, double max, double quantum, Optional<Integer> length) {
        String name = field.getSimpleName().toString();
        return new Slot(name, type, min, max, quantum, length, Optional.empty(), List.of(), audience(field));
    }

    private static Field.Audience audience(Element field) {
        if (has(field, Owner.class)) {
            return Field.Audience.OWNER;
        }
        return has(field, Hidden.class) ? Field.Audience.HIDDEN : Field.Audience.EVERYONE;
    }

    private static boolean has(Element field, Class<? extends Annotation> annotation) {
        return field.getAnnotation(annotation) != null;
    }

    private static boolean powerOfTwo(double quantum) {
        return quantum >= Double.MIN_NORMAL
                && quantum <= 0x1p31
                && (Double.doubleToRawLongBits(quantum) & 0xF_FFFF_FFFF_FFFFL) == 0;
    }

    /** Whether a static final field of this type is a constant. */
    static boolean immutable(TypeMirror type) {
        if (type.getKind().isPrimitive() || type.toString().equals("java.lang.String")) {
            return true;
        }
        return type.getKind() == TypeKind.DECLARED
                && switch (((DeclaredType) type).asElement().getKind()) {
                    case ENUM, RECORD -> true;
                    default -> false;
                };
    }
}
