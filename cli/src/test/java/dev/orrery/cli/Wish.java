package dev.orrery.cli;

import dev.orrery.rules.Input;
import dev.orrery.rules.Num;

/** The input of this module's tests. */
@Input
public final class Wish {
    @Num(min = -1, max = 1, quantum = 0x1p-6)
    public double dx;
}
