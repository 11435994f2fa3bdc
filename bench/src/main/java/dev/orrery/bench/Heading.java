package dev.orrery.bench;

import dev.orrery.rules.Input;
import dev.orrery.rules.Num;

/** Where a {@link Mover} goes. */
@Input
public final class Heading {
    @Num(min = -1, max = 1, quantum = 0x1p-6)
    public double dx, dy;
}
