package dev.orrery.world;

import dev.orrery.rules.Actor;
import dev.orrery.rules.Num;
import dev.orrery.rules.Settings;
import dev.orrery.rules.Solo;

/** The actor of this module's tests: walks where its input points. */
@Actor
public final class Walker implements Solo<Walk, Object> {
    @Num(max = 1000, quantum = 0x1p-8)
    public double x;

    /** Set by the test game's own logic. */
    public boolean crowded;

    @Override
    public void step(Walk wanted, Object map, Settings settings) {
        x += wanted.dx * settings.pixelsPerTick();
    }
}
