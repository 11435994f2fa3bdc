package dev.orrery.testkit;

import org.jspecify.annotations.Nullable;

/** A simulation has found that something does not hold. The message says what, when, and how to see it again. */
public final class SimulationFailure extends AssertionError {
    private final int seed;
    private final long tick;

    SimulationFailure(int seed, long tick, String what, @Nullable Throwable cause) {
        super("tick " + tick + ": " + what + "\n  to see it again: .seed(" + seed + ")", cause);
        this.seed = seed;
        this.tick = tick;
    }

    public int seed() {
        return seed;
    }

    /** At whose end, or in which, it was found. */
    public long tick() {
        return tick;
    }
}
