package dev.orrery.world;

import dev.orrery.rules.Actor;
import dev.orrery.rules.Num;
import dev.orrery.rules.Settings;
import dev.orrery.rules.Solo;

/** Flies straight, and is steered by nobody. */
@Actor
public final class Rocket implements Solo<Object, Object> {
    @Num(max = Rover.SIZE, quantum = 0x1p-8)
    public double x, y;
    @Num(min = -512, max = 512, quantum = 0x1p-8)
    public double vx, vy;

    public int ticksLeft = 20;

    @Override
    public void step(Object nothing, Object map, Settings settings) {
        x += vx;
        y += vy;
        ticksLeft--;
    }
}
