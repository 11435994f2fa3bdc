package dev.orrery.testkit;

import dev.orrery.rules.Input;
import dev.orrery.rules.Int;
import dev.orrery.rules.Num;

/** The input of {@link Duelist}. */
@Input
public final class Aim {
    @Num(min = -1, max = 1, quantum = 0x1p-4)
    public double dx, dy;

    /** Press counter. */
    @Int(max = 255)
    public int shots;

    static Aim towards(double dx, double dy) {
        Aim aim = new Aim();
        aim.dx = dx;
        aim.dy = dy;
        return aim;
    }
}
