package dev.orrery.processor;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.LineNumberNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.TryCatchBlockNode;
import org.objectweb.asm.tree.TypeInsnNode;

/** Reads one method of game logic, instruction by instruction. Owned by its {@link LogicClass}. */
final class LogicMethod {
    private final LogicClass home;
    private final MethodNode method;
    /** What is caught where. */
    private final Map<LabelNode, String> handlers = new HashMap<>();

    private int line;

    LogicMethod(LogicClass home, MethodNode method) {
        this.home = home;
        this.method = method;
    }

    void check() {
        line = firstLine();
        home.checkType(Type.getMethodType(method.desc), method.name, line);
        if ((method.access & (Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_NATIVE)) != 0) {
            refuse("game logic runs alone and in plain Java; drop synchronized and native");
        }
        if (method.name.equals("finalize") && method.desc.equals("()V")) {
            refuse("when memory is collected differs between machines; clean up where the actor leaves");
        }
        for (TryCatchBlockNode block : method.tryCatchBlocks) {
            if (block.type != null && catchesTheMachine(block.type)) {
                handlers.put(block.handler, block.type);
            }
        }
        for (AbstractInsnNode instruction : method.instructions) {
            instruction(instruction);
        }
    }

    private void instruction(AbstractInsnNode instruction) {
        switch (instruction) {
            case LineNumberNode number -> line = number.line;
            case LabelNode label when handlers.containsKey(label) -> handler(label, handlers.get(label));
            case TypeInsnNode named -> checkClass(named.desc);
            case MultiANewArrayInsnNode array -> home.checkType(Type.getType(array.desc), method.name, line);
            case LdcInsnNode constant -> argument(constant.cst);
            case FieldInsnNode field -> field(field);
            case MethodInsnNode call -> {
                call(call.owner, call.name, call.desc);
                home.refuseText(method, call).ifPresent(this::refuse);
            }
            case InvokeDynamicInsnNode dynamic -> dynamic(dynamic);
            default -> {
                if (instruction.getOpcode() == Opcodes.MONITORENTER) {
                    refuse("game logic runs alone; drop synchronized");
                }
            }
        }
    }

    private void field(FieldInsnNode field) {
        if (field.name.equals("$assertionsDisabled")) {
            if (field.getOpcode() == Opcodes.GETSTATIC) {
                refuse("no assert in game logic, a switch of the JVM; throw IllegalStateException");
            }
            return;
        }
        checkClass(field.owner);
        boolean ofEnum =
                home.types().find(field.owner).filter(LogicTypes::isEnum).isPresent();
        boolean writes = field.getOpcode() == Opcodes.PUTSTATIC || field.getOpcode() == Opcodes.PUTFIELD && ofEnum;
        boolean initializes = field.owner.equals(home.name()) && method.name.startsWith("<");
        if (writes && !initializes) {
            refuse("static state is shared between worlds; use a field of an actor");
        }
    }

    private void call(String owner, String name, String descriptor) {
        if (owner.startsWith("[") || method.name.equals("<clinit>") && name.equals("desiredAssertionStatus")) {
            return; // An array has only clone; and an assert is refused where it stands.
        }
        if (LogicReferences.isMain(name, descriptor)) {
            refuse("main starts the process, and nothing in it is checked; game logic may not call it");
        }
        Optional<String> outOfBounds = home.refuseClass(owner);
        boolean hashOfHashes = method.name.equals("hashCode") && LogicCalls.isHash(name);
        if (outOfBounds.isPresent()) {
            refuse(outOfBounds.get());
        } else if (!hashOfHashes) {
            LogicCalls.refuse(owner, name, descriptor).ifPresent(this::refuse);
        }
    }

    private void dynamic(InvokeDynamicInsnNode dynamic) {
        switch (dynamic.bsm.getOwner()) {
            case "java/lang/invoke/LambdaMetafactory" -> {
                for (Object argument : dynamic.bsmArgs) {
                    argument(argument);
                }
            }
            // What javac writes for +, for records and for switches.
            case "java/lang/invoke/StringConcatFactory",
                    "java/lang/runtime/ObjectMethods",
                    "java/lang/runtime/SwitchBootstraps" -> {}
            default -> refuse("no reflection in game logic; call methods as they are");
        }
    }

    private void argument(Object argument) {
        if (argument instanceof Type type && type.getSort() != Type.METHOD) {
            home.checkType(type, method.name, line);
        } else if (argument instanceof Handle handle) {
            call(handle.getOwner(), handle.getName(), handle.getDesc());
        }
    }

    private static boolean catchesTheMachine(String type) {
        return type.equals("java/lang/Throwable") || type.startsWith("java/lang/") && type.endsWith("Error");
    }

    private void handler(LabelNode label, String caught) {
        AbstractInsnNode first = label;
        int handlerLine = line;
        while (first != null && (first.getOpcode() < 0 || first.getOpcode() == Opcodes.ASTORE)) {
            handlerLine = first instanceof LineNumberNode number ? number.line : handlerLine;
            first = first.getNext();
        }
        if (!isMatch(first)) {
            home.refuse(
                    method.name,
                    handlerLine,
                    "catching " + caught.substring(caught.lastIndexOf('/') + 1)
                            + " catches what depends on the machine,"
                            + " such as a full stack; catch the exception that is meant");
        }
    }

    /** Patterns of records catch what their accessors throw and wrap it: javac writes that, and it goes on being thrown. */
    private static boolean isMatch(@Nullable AbstractInsnNode first) {
        return first instanceof TypeInsnNode made
                && made.getOpcode() == Opcodes.NEW
                && made.desc.equals("java/lang/MatchException");
    }

    private int firstLine() {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof LineNumberNode number) {
                return number.line;
            }
        }
        return 0;
    }

    private void checkClass(String internalName) {
        home.checkClass(internalName, method.name, line);
    }

    private void refuse(String sentence) {
        home.refuse(method.name, line, sentence);
    }
}
