package dev.orrery.bench;

import dev.orrery.rules.Actor;
import dev.orrery.rules.DMath;
import dev.orrery.rules.Num;
import dev.orrery.rules.Settings;
import dev.orrery.rules.Solo;

/** A {@link Mover} in a far larger world. */
@Actor
public final class Rambler implements Solo<Heading, Object> {
    static final double SIZE = 12_800;

    @Num(max = SIZE, quantum = 0x1p-8)
    public double x, y;

    @Override
    public void step(Heading wanted, Object map, Settings settings) {
        x = DMath.clamp(x + wanted.dx * settings.pixelsPerTick(), 0, SIZE);
        y = DMath.clamp(y + wanted.dy * settings.pixelsPerTick(), 0, SIZE);
    }
}
