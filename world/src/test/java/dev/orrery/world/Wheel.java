package dev.orrery.world;

import dev.orrery.rules.Input;
import dev.orrery.rules.Int;
import dev.orrery.rules.Num;

/** The input of {@link Rover}. */
@Input
public final class Wheel {
    @Num(min = -1, max = 1, quantum = 0x1p-6)
    public double dx, dy;

    /** Press counter. */
    @Int(max = 255)
    public int horn;
}
