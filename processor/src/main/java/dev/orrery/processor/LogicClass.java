package dev.orrery.processor;

import java.util.List;
import java.util.Optional;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Reads one class of game logic and lists what it may not contain. One use. */
final class LogicClass {
    private final ClassNode type;
    private final LogicTypes types;
    private final Refusals refusals;

    private LogicClass(ClassNode type, LogicTypes types) {
        this.type = type;
        this.types = types;
        refusals = new Refusals(type.name);
        refusals.from(type.sourceFile == null ? "" : type.sourceFile);
    }

    /** Everything forbidden in a class: its parents, its fields, then method by method. */
    static List<Violation> read(ClassNode type, LogicTypes types) {
        LogicClass logic = new LogicClass(type, types);
        if ((type.access & Opcodes.ACC_SYNTHETIC) == 0) { // Else it is javac's own table for switches over enums.
            logic.check();
        }
        return logic.refusals.all();
    }

    private void check() {
        checkClass(type.superName, "class", 0);
        type.interfaces.forEach(each -> checkClass(each, "class", 0));
        new LogicFields(type, types, refusals).check();
        for (MethodNode method : LogicReferences.methods(type)) {
            new LogicMethod(this, method).check();
        }
    }

    String name() {
        return type.name;
    }

    LogicTypes types() {
        return types;
    }

    void refuse(String member, int line, String sentence) {
        refusals.add(member, line, sentence);
    }

    void checkClass(String internalName, String member, int line) {
        checkType(Type.getObjectType(internalName), member, line);
    }

    /** Refuses classes out of bounds anywhere in a type. */
    void checkType(Type named, String member, int line) {
        switch (named.getSort()) {
            case Type.ARRAY -> checkType(named.getElementType(), member, line);
            case Type.OBJECT ->
                refuseClass(named.getInternalName()).ifPresent(sentence -> refuse(member, line, sentence));
            case Type.METHOD -> {
                for (Type argument : named.getArgumentTypes()) {
                    checkType(argument, member, line);
                }
                checkType(named.getReturnType(), member, line);
            }
            default -> {}
        }
    }

    /** Why a call may not make a text; empty if it makes none, or a sound one. */
    Optional<String> refuseText(MethodNode method, MethodInsnNode call) {
        return new LogicTexts(types).refuse(type, method, call);
    }

    /** Why a class may not be named; empty if it may, as those of the game's own directory. */
    Optional<String> refuseClass(String internalName) {
        return types.find(internalName).isPresent() ? Optional.empty() : LogicBounds.refuseClass(internalName);
    }
}
