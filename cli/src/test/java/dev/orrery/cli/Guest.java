package dev.orrery.cli;

import dev.orrery.rules.Actor;
import dev.orrery.rules.Num;
import dev.orrery.rules.Settings;
import dev.orrery.rules.Solo;

/** The actor of this module's tests: goes where its input points. */
@Actor
public final class Guest implements Solo<Wish, Object> {
    @Num(max = 1000, quantum = 0x1p-8)
    public double x;

    @Override
    public void step(Wish wanted, Object map, Settings settings) {
        x += wanted.dx * settings.pixelsPerTick();
    }
}
