package dev.orrery.world;

import dev.orrery.rules.Actor;

/** What the test's world knows beside its fighters. */
@Actor
public final class Round {
    public int hits;

    public int ordered;

    /** Ticks until the game throws in each tick; 0 for never. */
    public int fuse;

    public int ticksLeft = 50;
}
