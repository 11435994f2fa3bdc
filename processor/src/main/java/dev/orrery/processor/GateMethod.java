package dev.orrery.processor;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Reads one method of a rules class, instruction by instruction. Owned by its {@link GateClass}. */
final class GateMethod extends MethodVisitor {
    private static final String OBJECT_METHODS = "java/lang/runtime/ObjectMethods";
    private static final String CONCAT = "java/lang/invoke/StringConcatFactory";
    private static final String SWITCH = "java/lang/runtime/SwitchBootstraps";

    private final GateClass home;
    private final String name;
    private final Set<Label> handlers = new HashSet<>();
    private final Map<String, Integer> reads = new HashMap<>();
    private final Set<String> calls = new HashSet<>();
    private int line;
    private boolean atHandler;
    /** Whether the instruction before pushed an int constant that is not 0, and nothing jumps in between. */
    private boolean afterNonZero;

    GateMethod(GateClass home, String name) {
        super(Opcodes.ASM9);
        this.home = home;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Fields of its own class that it reads, each with the line of the first read. */
    Map<String, Integer> reads() {
        return reads;
    }

    /** Methods of its own class that it calls, name and descriptor. */
    Set<String> calls() {
        return calls;
    }

    @Override
    public void visitLineNumber(int line, Label start) {
        this.line = line;
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
        handlers.add(handler);
    }

    @Override
    public void visitLabel(Label label) {
        atHandler |= handlers.remove(label);
    }

    @Override
    public void visitFrame(int type, int locals, Object[] local, int stackSize, Object[] stack) {
        afterNonZero = false;
    }

    @Override
    public void visitInsn(int opcode) {
        boolean divisorKnown = afterNonZero;
        instruction(opcode != Opcodes.ICONST_0 && opcode >= Opcodes.ICONST_M1 && opcode <= Opcodes.ICONST_5);
        switch (opcode) {
            case Opcodes.IDIV -> require(divisorKnown, "int / by what may be 0; use DMath.div, or a constant");
            case Opcodes.IREM -> require(divisorKnown, "int % by what may be 0; use DMath.mod, or a constant");
            case Opcodes.DREM -> refuse("% of doubles is slow and inexact to port; use x - y * Math.floor(x / y)");
            case Opcodes.D2I -> refuse("(int) of a double wraps around in JavaScript; use DMath.toInt");
            case Opcodes.MONITORENTER -> refuse("rules run alone; drop synchronized");
            default -> {
                require(
                        !NumberOpcodes.ofLong(opcode),
                        "long is no number in JavaScript; use int, or double up to 2^53");
                require(!NumberOpcodes.ofFloat(opcode), "float rounds differently in JavaScript; use double");
            }
        }
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        instruction(opcode != Opcodes.NEWARRAY && operand != 0);
        require(
                opcode != Opcodes.NEWARRAY || operand != Opcodes.T_LONG,
                "an array of long; use int, or double up to 2^53");
        require(opcode != Opcodes.NEWARRAY || operand != Opcodes.T_FLOAT, "an array of float; use double");
    }

    @Override
    public void visitLdcInsn(Object value) {
        instruction(value instanceof Integer number && number != 0);
        require(!(value instanceof Long), "a long constant; use int, or double up to 2^53");
        require(!(value instanceof Float), "a float constant; use double");
        require(!(value instanceof Type), "no reflection in rules; the browser has none");
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        instruction(false);
        require(opcode != Opcodes.LSTORE && opcode != Opcodes.LLOAD, "a long variable; use int, or double up to 2^53");
        require(opcode != Opcodes.FSTORE && opcode != Opcodes.FLOAD, "a float variable; use double");
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        instruction(false);
        home.checkClass(type, name, line);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
        instruction(false);
        home.checkClass(owner, name, line);
        require(
                opcode != Opcodes.PUTSTATIC || (name.equals("<clinit>") && owner.equals(home.name())),
                "static state is shared between worlds; use a field of an actor or of the map");
        if (opcode == Opcodes.GETFIELD && owner.equals(home.name())) {
            reads.putIfAbsent(field, line);
        }
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String method, String descriptor, boolean isInterface) {
        instruction(false);
        if (owner.startsWith("[")) {
            return; // Only clone, of the array that values() of an enum hands out.
        }
        if (owner.equals(home.name())) {
            calls.add(method + descriptor);
        }
        var refused = home.allowed().refuseCall(owner, method);
        if (refused.isPresent()) {
            refuse(refused.get());
        } else {
            home.checkType(Type.getMethodType(descriptor), name, line);
        }
    }

    @Override
    public void visitInvokeDynamicInsn(String method, String descriptor, Handle bootstrap, Object... arguments) {
        instruction(false);
        switch (bootstrap.getOwner()) {
            case OBJECT_METHODS, SWITCH -> {} // A record's own methods: calling its hashCode is refused at the call.
            case CONCAT ->
                require(
                        !descriptor.contains("D"),
                        "a double as text differs in JavaScript; leave it out of the message");
            default -> refuse("a lambda or method reference; write a loop or a method");
        }
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        instruction(false);
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
        instruction(false);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
        instruction(false);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
        instruction(false);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        instruction(false);
        home.checkType(Type.getType(descriptor), name, line);
    }

    private void instruction(boolean nonZero) {
        afterNonZero = nonZero;
        if (atHandler) {
            atHandler = false;
            refuse("catching exceptions; the JVM and JavaScript throw at different places: test beforehand");
        }
    }

    private void require(boolean holds, String sentence) {
        if (!holds) {
            refuse(sentence);
        }
    }

    private void refuse(String sentence) {
        home.complain(name, line, sentence);
    }
}
