package dev.orrery.testkit;

import dev.orrery.rules.Actor;
import dev.orrery.rules.Hidden;
import dev.orrery.rules.Int;
import dev.orrery.rules.Num;
import dev.orrery.rules.Ref;
import dev.orrery.rules.Settings;
import dev.orrery.rules.Solo;

/** Flies straight for a while. */
@Actor
public final class Bolt implements Solo<Object, Object> {
    @Num(min = -100, max = 1_100, quantum = 0x1p-8)
    public double x, y;
    @Num(min = -64, max = 64, quantum = 0x1p-8)
    public double vx, vy;

    @Int(max = 63)
    public int ticksLeft = 25;

    @Hidden
    @Ref
    public int from;

    @Override
    public void step(Object nobody, Object map, Settings settings) {
        x += vx;
        y += vy;
        ticksLeft--;
    }
}
