package dev.orrery.processor;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldNode;

/**
 * Refuses state that no snapshot holds: fields of game logic, other than of synced classes, may only hold what never changes.
 * One use.
 */
final class LogicFields {
    private static final String KIND = "Kind";
    private static final int PRIVATE_FINAL = Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;

    private static final String CONSTANTS = "numbers, texts, enums, records, List.of, the map";

    private final ClassNode type;
    private final LogicTypes types;
    private final Refusals refusals;

    LogicFields(ClassNode type, LogicTypes types, Refusals refusals) {
        this.type = type;
        this.types = types;
        this.refusals = refusals;
    }

    void check() {
        for (FieldNode field : type.fields) {
            if (LogicTypes.isStatic(field)) {
                checkStatic(field);
            } else if (!LogicTypes.isSynced(type)) {
                checkInstance(field);
            }
        }
    }

    private void checkStatic(FieldNode field) {
        boolean ofJavac = (field.access & Opcodes.ACC_SYNTHETIC) != 0; // $VALUES of enums, and the switch of asserts.
        if (ofJavac || isConstantOfKind(field) || types.isConstant(type, field)) {
            return;
        }
        if ((field.access & Opcodes.ACC_FINAL) == 0) {
            refuse(field, "static state is shared between worlds; use a field of an actor, or a constant");
        } else if (field.desc.startsWith("[")) {
            refuse(field, "elements of a static array can be written, and worlds share them; use List.of");
        } else if (LogicTypes.isList(field)) {
            refuse(field, "a static List is shared between worlds; set it to List.of or List.copyOf of " + CONSTANTS);
        } else {
            refuse(field, nameOf(field) + " can change, and worlds share it; use a field of an actor, or " + CONSTANTS);
        }
    }

    /** A generated Kind keeps the constants of its enums, and its arrays never leave it. */
    private boolean isConstantOfKind(FieldNode field) {
        return (field.access & PRIVATE_FINAL) == PRIVATE_FINAL
                && type.name.endsWith(KIND)
                && types.find(type.name.substring(0, type.name.length() - KIND.length()))
                        .filter(LogicTypes::isSynced)
                        .isPresent();
    }

    private void checkInstance(FieldNode field) {
        Type held = Type.getType(field.desc);
        if ((field.access & Opcodes.ACC_FINAL) == 0) {
            refuse(
                    field,
                    "what changes here is in no snapshot; use a field of an actor, a parameter or a local variable");
        } else if ((field.access & Opcodes.ACC_SYNTHETIC) != 0) {
            if (!types.mayBeHeld(held)) {
                refuse(field, "the class captures " + nameOf(field) + ", which can change; hand it to its methods");
            }
        } else if (LogicTypes.isRecord(type)) {
            if (!types.mayBeHeld(held)) {
                refuse(field, nameOf(field) + " in a record can change; use actors, a List, or " + CONSTANTS);
            }
        } else if (!types.isConstant(type, field)) {
            refuse(
                    field,
                    nameOf(field) + " can change, and no snapshot holds it; use a field of an actor, or " + CONSTANTS);
        }
    }

    private void refuse(FieldNode field, String sentence) {
        refusals.add(field.name, FieldWrites.of(type, field).line(), sentence);
    }

    private static String nameOf(FieldNode field) {
        String name = Type.getType(field.desc).getClassName();
        return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
    }
}
