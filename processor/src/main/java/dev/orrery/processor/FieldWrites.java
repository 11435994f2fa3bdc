package dev.orrery.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Where a class writes one of its own fields, and what it writes there: the instruction before a write has just made the
 * value, unless something jumps in between.
 *
 * @param line of the first write; 0 if there is none, or the class does not say
 * @param values the instruction before each write, or the frame where several ways lead to it
 * @param captures whether a method that writes it makes a lambda out of variables
 */
record FieldWrites(int line, List<@Nullable AbstractInsnNode> values, boolean captures) {
    private static final Set<String> LIST_MAKERS = Set.of("of", "copyOf");
    private static final String LAMBDA = "java/lang/invoke/LambdaMetafactory";

    /** All writes in the class that has the field. */
    static FieldWrites of(ClassNode home, FieldNode field) {
        List<@Nullable AbstractInsnNode> values = new ArrayList<>();
        int firstLine = 0;
        boolean captures = false;
        for (MethodNode method : home.methods) {
            int line = 0;
            boolean writes = false;
            for (AbstractInsnNode instruction : method.instructions) {
                if (instruction instanceof LineNumberNode number) {
                    line = number.line;
                } else if (instruction instanceof FieldInsnNode access && writes(access, home, field)) {
                    firstLine = values.isEmpty() ? line : firstLine;
                    values.add(before(instruction));
                    writes = true;
                }
            }
            captures |= writes && makesCapturingLambda(method);
        }
        return new FieldWrites(firstLine, values, captures);
    }

    /** Whether everything written is a fresh list that cannot change. */
    boolean areListsOf() {
        return !values.isEmpty()
                && values.stream()
                        .allMatch(value -> value instanceof MethodInsnNode call
                                && call.owner.equals("java/util/List")
                                && LIST_MAKERS.contains(call.name));
    }

    /** Whether everything written is a lambda that captures nothing, or a comparator made of such. */
    boolean areStatelessFunctions() {
        return !values.isEmpty() && !captures && values.stream().allMatch(FieldWrites::isStatelessFunction);
    }

    private static boolean isStatelessFunction(@Nullable AbstractInsnNode value) {
        return switch (value) {
            case InvokeDynamicInsnNode lambda -> lambda.bsm.getOwner().equals(LAMBDA);
            case MethodInsnNode call -> call.owner.equals("java/util/Comparator");
            case null, default -> false;
        };
    }

    private static boolean makesCapturingLambda(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof InvokeDynamicInsnNode lambda
                    && lambda.bsm.getOwner().equals(LAMBDA)
                    && !lambda.desc.startsWith("()")) {
                return true;
            }
        }
        return false;
    }

    private static boolean writes(FieldInsnNode access, ClassNode home, FieldNode field) {
        return (access.getOpcode() == Opcodes.PUTFIELD || access.getOpcode() == Opcodes.PUTSTATIC)
                && access.owner.equals(home.name)
                && access.name.equals(field.name);
    }

    private static @Nullable AbstractInsnNode before(AbstractInsnNode write) {
        AbstractInsnNode before = write.getPrevious();
        while (before != null && before.getOpcode() < 0 && !(before instanceof FrameNode)) {
            before = before.getPrevious();
        }
        return before;
    }
}
