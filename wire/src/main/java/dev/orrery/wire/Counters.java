package dev.orrery.wire;

import java.util.concurrent.atomic.LongAdder;

/** One adder for each constant of a module's enum of counters. May be used by any thread. */
public final class Counters<C extends Enum<C>> {
    private final LongAdder[] adders;

    public Counters(Class<C> counters) {
        adders = new LongAdder[counters.getEnumConstants().length];
        for (int i = 0; i < adders.length; i++) {
            adders[i] = new LongAdder();
        }
    }

    public void increment(C counter) {
        adders[counter.ordinal()].increment();
    }

    public long count(C counter) {
        return adders[counter.ordinal()].sum();
    }
}
