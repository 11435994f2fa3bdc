package dev.orrery.world;

import dev.orrery.rules.Actor;
import dev.orrery.rules.Num;

/** A place in the plane for this module's tests; nothing steers it. */
@Actor
public final class Stone {
    @Num(max = 1000, quantum = 0x1p-8)
    public double x, y;
}
