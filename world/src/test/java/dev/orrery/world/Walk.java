package dev.orrery.world;

import dev.orrery.rules.Input;
import dev.orrery.rules.Num;

/** The input of this module's tests. */
@Input
public final class Walk {
    @Num(min = -1, max = 1, quantum = 0x1p-4)
    public double dx;
}
