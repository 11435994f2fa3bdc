package dev.orrery.processor;

import static org.objectweb.asm.Opcodes.*;

/** Which instructions without operands compute with {@code long} and {@code float} (JVM specification, §6.5). */
final class NumberOpcodes {
    private NumberOpcodes() {}

    static boolean ofLong(int opcode) {
        return switch (opcode) {
            case LCONST_0,
                    LCONST_1,
                    LALOAD,
                    LASTORE,
                    LADD,
                    LSUB,
                    LMUL,
                    LDIV,
                    LREM,
                    LNEG,
                    LSHL,
                    LSHR,
                    LUSHR,
                    LAND,
                    LOR,
                    LXOR,
                    LCMP,
                    LRETURN,
                    I2L,
                    D2L,
                    L2I,
                    L2D -> true;
            default -> false;
        };
    }

    static boolean ofFloat(int opcode) {
        return switch (opcode) {
            case FCONST_0,
                    FCONST_1,
                    FCONST_2,
                    FALOAD,
                    FASTORE,
                    FADD,
                    FSUB,
                    FMUL,
                    FDIV,
                    FREM,
                    FNEG,
                    FCMPL,
                    FCMPG,
                    FRETURN,
                    I2F,
                    D2F,
                    F2I,
                    F2D,
                    F2L,
                    L2F -> true;
            default -> false;
        };
    }
}
