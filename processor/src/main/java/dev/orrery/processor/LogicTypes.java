package dev.orrery.processor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.signature.SignatureReader;
import org.objectweb.asm.signature.SignatureVisitor;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

/**
 * What the classes of a directory promise about change. A type is <i>constant</i> if nothing that it holds can ever change,
 * however deep: only such types may outlive a tick outside of actors. Types alone cannot show that of a {@code List} in a
 * record, which is taken for constant. Immutable.
 */
final class LogicTypes {
    private static final String ORRERY_ANNOTATION = "Ldev/orrery/rules/";
    private static final String MAP_ANNOTATION = "Ldev/orrery/rules/GameMap;";
    private static final String LIST = "java/util/List";

    private static final Set<String> CONSTANT = Set.of(
            "dev/orrery/rules/FieldTable",
            "dev/orrery/rules/Settings",
            "java/lang/Boolean",
            "java/lang/Byte",
            "java/lang/Character",
            "java/lang/Class",
            "java/lang/Double",
            "java/lang/Float",
            "java/lang/Integer",
            "java/lang/Long",
            "java/lang/Short",
            "java/lang/String",
            "java/math/BigDecimal",
            "java/math/BigInteger",
            "java/util/Locale",
            "java/util/OptionalDouble",
            "java/util/OptionalInt",
            "java/util/OptionalLong",
            "java/util/regex/Pattern");

    /** Parents that keep nothing themselves. */
    private static final Set<String> STATELESS = Set.of("java/lang/Object", "java/lang/Record", "java/lang/Enum");

    private final Map<String, ClassNode> classes;

    /** For the classes of a directory by internal name. */
    LogicTypes(SortedMap<String, ClassNode> classes) {
        this.classes = classes;
    }

    Optional<ClassNode> find(@Nullable String name) {
        return name == null ? Optional.empty() : Optional.ofNullable(classes.get(name));
    }

    /** Whether its objects are synced, and so are snapshot, hash and diff: the processor checks their fields. */
    static boolean isSynced(ClassNode type) {
        return annotations(type).anyMatch(annotation -> annotation.startsWith(ORRERY_ANNOTATION));
    }

    static boolean isEnum(ClassNode type) {
        return (type.access & Opcodes.ACC_ENUM) != 0;
    }

    static boolean isRecord(ClassNode type) {
        return "java/lang/Record".equals(type.superName);
    }

    static boolean isList(FieldNode field) {
        return field.desc.equals("L" + LIST + ";");
    }

    boolean isConstant(Type type) {
        return isConstant(type, new HashSet<>());
    }

    /** Whether a field of that class can never change, nor what it holds. */
    boolean isConstant(ClassNode home, FieldNode field) {
        return isConstant(home, field, new HashSet<>());
    }

    /**
     * Whether a record or a captured variable may hold that type. They may hold for a moment what they cannot keep: a record
     * that holds an actor is no constant, so no field outlives a tick with it.
     */
    boolean mayBeHeld(Type type) {
        if (isConstant(type)) {
            return true;
        }
        String name = type.getSort() == Type.OBJECT ? type.getInternalName() : "";
        return name.equals("java/lang/Object")
                || name.equals(LIST)
                || name.equals("java/util/Comparator")
                || name.startsWith("java/util/function/")
                || name.startsWith("java/util/Optional")
                || name.startsWith("dev/orrery/world/")
                || name.startsWith("dev/orrery/wire/Json")
                || find(name).filter(LogicTypes::mayBeHeld).isPresent();
    }

    private static boolean mayBeHeld(ClassNode type) {
        return isSynced(type) || (type.access & Opcodes.ACC_INTERFACE) != 0 || isRecord(type);
    }

    private boolean isConstant(Type type, Set<String> open) {
        return switch (type.getSort()) {
            case Type.ARRAY -> false;
            case Type.OBJECT ->
                CONSTANT.contains(type.getInternalName())
                        || find(type.getInternalName())
                                .filter(own -> isConstant(own, open))
                                .isPresent();
            default -> true;
        };
    }

    private boolean isConstant(ClassNode type, Set<String> open) {
        if (!open.add(type.name)) {
            return true; // It is being looked at; what makes it change is found there.
        }
        if (isSynced(type)) {
            return annotations(type).anyMatch(MAP_ANNOTATION::equals);
        }
        if ((type.access & Opcodes.ACC_INTERFACE) != 0) {
            // An open interface may be a lambda, and a lambda may capture anything.
            return type.permittedSubclasses != null
                    && type.permittedSubclasses.stream().allMatch(each -> isConstant(Type.getObjectType(each), open));
        }
        return (STATELESS.contains(type.superName) || isConstant(Type.getObjectType(type.superName), open))
                && type.fields.stream().allMatch(field -> isStatic(field) || isConstant(type, field, open))
                && classes.values().stream()
                        .filter(child -> type.name.equals(child.superName))
                        .allMatch(child -> isConstant(child, open));
    }

    private boolean isConstant(ClassNode home, FieldNode field, Set<String> open) {
        if ((field.access & Opcodes.ACC_FINAL) == 0) {
            return false;
        }
        if (isList(field)) {
            return isRecord(home) && !isStatic(field)
                    || FieldWrites.of(home, field).areListsOf() && hasConstantElements(field);
        }
        return isConstant(Type.getType(field.desc), open)
                || isStatic(field) && FieldWrites.of(home, field).areStatelessFunctions();
    }

    static boolean isStatic(FieldNode field) {
        return (field.access & Opcodes.ACC_STATIC) != 0;
    }

    /** Looks at the declared type, as in {@code List<Spawn>}, because the bytecode of the field says only {@code List}. */
    private boolean hasConstantElements(FieldNode field) {
        if (field.signature == null) {
            return false;
        }
        List<String> named = new ArrayList<>();
        new SignatureReader(field.signature).acceptType(new SignatureVisitor(Opcodes.ASM9) {
            @Override
            public void visitClassType(String name) {
                named.add(name);
            }

            @Override
            public void visitInnerClassType(String name) {
                named.add(named.removeLast() + "$" + name);
            }

            @Override
            public SignatureVisitor visitArrayType() {
                named.add("[");
                return this;
            }

            @Override
            public void visitTypeVariable(String name) {
                named.add("[");
            }
        });
        return named.size() == 2 && !named.getLast().equals("[") && isConstant(Type.getObjectType(named.getLast()));
    }

    private static Stream<String> annotations(ClassNode type) {
        return Stream.of(type.visibleAnnotations, type.invisibleAnnotations)
                .filter(list -> list != null)
                .flatMap(List<AnnotationNode>::stream)
                .map(annotation -> annotation.desc);
    }
}
