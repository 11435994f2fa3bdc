package dev.orrery.processor;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Finds texts made of objects that have none of their own: such a text is the class and the identity hash. Where a text is
 * made the bytecode says only {@code Object}, so the instruction before must tell what it is; a local variable does not.
 * Immutable.
 */
final class LogicTexts {
    /** Where an object becomes a text: javac calls the first for {@code +} too. */
    private static final Set<String> MAKERS = Set.of(
            "java/lang/String.valueOf(Ljava/lang/Object;)",
            "java/lang/StringBuilder.append(Ljava/lang/Object;)",
            "java/util/Objects.toString(Ljava/lang/Object;)");

    private static final Set<String> WITHOUT = Set.of("dev/orrery/world/Player", "dev/orrery/world/World");

    private final LogicTypes types;

    LogicTexts(LogicTypes types) {
        this.types = types;
    }

    /**
     * Why a call may not be; empty if it may.
     *
     * @param home in which class the method stands
     */
    Optional<String> refuse(ClassNode home, MethodNode method, MethodInsnNode call) {
        String maker = call.owner + "." + call.name + call.desc.substring(0, call.desc.indexOf(')') + 1);
        if (!MAKERS.contains(maker)) {
            return Optional.empty();
        }
        return typeBefore(home, method, call)
                .filter(this::hasNoText)
                .map(type -> "the text of "
                        + type.substring(type.lastIndexOf('/') + 1).replace('$', '.')
                        + " holds its identity hash, which differs between runs; write out its fields, or give it a"
                        + " toString");
    }

    /** The class of what the instruction before an instruction leaves on the stack, as far as that alone can tell. */
    private static Optional<String> typeBefore(ClassNode home, MethodNode method, AbstractInsnNode instruction) {
        AbstractInsnNode before = instruction.getPrevious();
        while (before != null && before.getOpcode() < 0) {
            before = before.getPrevious();
        }
        return switch (before) {
            case MethodInsnNode call when call.name.equals("<init>") -> Optional.of(call.owner);
            case MethodInsnNode call -> named(Type.getReturnType(call.desc));
            case FieldInsnNode field -> named(Type.getType(field.desc));
            case TypeInsnNode cast -> named(Type.getObjectType(cast.desc));
            case VarInsnNode variable -> parameter(home, method, variable.var);
            case null, default -> Optional.empty();
        };
    }

    /** A parameter's class, {@code this} included; none for variables after them. */
    private static Optional<String> parameter(ClassNode home, MethodNode method, int variable) {
        int at = 0;
        if ((method.access & Opcodes.ACC_STATIC) == 0) {
            if (variable == 0) {
                return Optional.of(home.name);
            }
            at = 1;
        }
        for (Type parameter : Type.getArgumentTypes(method.desc)) {
            if (at == variable) {
                return named(parameter);
            }
            at += parameter.getSize();
        }
        return Optional.empty();
    }

    private static Optional<String> named(Type type) {
        return type.getSort() == Type.OBJECT ? Optional.of(type.getInternalName()) : Optional.empty();
    }

    private boolean hasNoText(@Nullable String name) {
        return name != null
                && (WITHOUT.contains(name)
                        || types.find(name).filter(this::hasNoText).isPresent());
    }

    private boolean hasNoText(ClassNode type) {
        boolean hasText = (type.access & Opcodes.ACC_INTERFACE) != 0
                || LogicTypes.isRecord(type)
                || LogicTypes.isEnum(type)
                || type.methods.stream().anyMatch(own -> own.name.equals("toString") && own.desc.startsWith("()"));
        return !hasText && (type.superName.equals("java/lang/Object") || hasNoText(type.superName));
    }
}
