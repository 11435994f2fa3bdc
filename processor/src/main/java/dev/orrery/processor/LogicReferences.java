package dev.orrery.processor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Collects the classes that one class names, but for its {@code main}, which starts the process and steps no world. */
final class LogicReferences {
    private static final int PUBLIC_STATIC = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;

    private final SortedSet<String> names = new TreeSet<>();

    private LogicReferences() {}

    /** Internal names of all classes that a class names, with element types instead of arrays. */
    static SortedSet<String> of(ClassNode type) {
        LogicReferences references = new LogicReferences();
        references.name(type.superName);
        type.interfaces.forEach(references::name);
        type.fields.forEach(field -> references.type(Type.getType(field.desc)));
        methods(type).forEach(references::method);
        return references.names;
    }

    /** The methods of a class without {@code main} and the lambdas that only {@code main} makes. */
    static List<MethodNode> methods(ClassNode type) {
        List<MethodNode> exempt = new ArrayList<>(
                type.methods.stream().filter(LogicReferences::isMain).toList());
        for (int i = 0; i < exempt.size(); i++) {
            Set<String> lambdas = lambdas(type, exempt.get(i));
            type.methods.stream()
                    .filter(method -> lambdas.contains(method.name + method.desc))
                    .forEach(exempt::add);
        }
        return type.methods.stream().filter(method -> !exempt.contains(method)).toList();
    }

    /** Whether a method's name and descriptor are those by which the JVM starts a process. */
    static boolean isMain(String name, String descriptor) {
        return name.equals("main") && descriptor.equals("([Ljava/lang/String;)V");
    }

    private static boolean isMain(MethodNode method) {
        return isMain(method.name, method.desc) && (method.access & PUBLIC_STATIC) == PUBLIC_STATIC;
    }

    /** Bodies of lambdas that a method makes: javac gives each a method of its own, which nothing else names. */
    private static Set<String> lambdas(ClassNode type, MethodNode method) {
        Set<String> bodies = new HashSet<>();
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof InvokeDynamicInsnNode dynamic) {
                for (Object argument : dynamic.bsmArgs) {
                    if (argument instanceof Handle handle
                            && handle.getOwner().equals(type.name)
                            && handle.getName().startsWith("lambda$")) {
                        bodies.add(handle.getName() + handle.getDesc());
                    }
                }
            }
        }
        return bodies;
    }

    private void method(MethodNode method) {
        type(Type.getMethodType(method.desc));
        method.exceptions.forEach(this::name);
        method.tryCatchBlocks.forEach(block -> {
            if (block.type != null) {
                name(block.type);
            }
        });
        for (AbstractInsnNode instruction : method.instructions) {
            instruction(instruction);
        }
    }

    private void instruction(AbstractInsnNode instruction) {
        switch (instruction) {
            case TypeInsnNode named -> name(named.desc);
            case MultiANewArrayInsnNode array -> type(Type.getType(array.desc));
            case FieldInsnNode field -> {
                name(field.owner);
                type(Type.getType(field.desc));
            }
            case MethodInsnNode call -> {
                name(call.owner);
                type(Type.getMethodType(call.desc));
            }
            case LdcInsnNode constant -> argument(constant.cst);
            case InvokeDynamicInsnNode dynamic -> {
                type(Type.getMethodType(dynamic.desc));
                for (Object argument : dynamic.bsmArgs) {
                    argument(argument);
                }
            }
            default -> {}
        }
    }

    private void argument(Object argument) {
        if (argument instanceof Type type) {
            type(type);
        } else if (argument instanceof Handle handle) {
            name(handle.getOwner());
            type(
                    handle.getDesc().startsWith("(")
                            ? Type.getMethodType(handle.getDesc())
                            : Type.getType(handle.getDesc()));
        }
    }

    private void name(String internalName) {
        type(Type.getObjectType(internalName));
    }

    private void type(Type type) {
        switch (type.getSort()) {
            case Type.ARRAY -> type(type.getElementType());
            case Type.OBJECT -> names.add(type.getInternalName());
            case Type.METHOD -> {
                for (Type argument : type.getArgumentTypes()) {
                    type(argument);
                }
                type(type.getReturnType());
            }
            default -> {}
        }
    }
}
