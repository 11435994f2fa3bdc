package dev.orrery.testkit;

import java.util.SplittableRandom;

/**
 * When the chunks of one direction of one connection arrive. Pure: time comes in as an argument, and the same seed gives
 * the same delays. Owned by one thread.
 */
final class DelaySchedule {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SplittableRandom random;
    private boolean started;
    private long lastDueNanos;

    DelaySchedule(long seed) {
        random = new SplittableRandom(seed);
    }

    /**
     * Draws the next delay.
     *
     * @param nowNanos when the chunk was sent, on any clock that counts up, as {@link System#nanoTime} does
     * @return when it arrives on the same clock; never before the chunk ahead of it, which holds it back as in TCP
     */
    long dueNanos(long nowNanos, Delay delay) {
        final long jitterNanos = random.nextLong(delay.jitterMillis() * NANOS_PER_MILLI + 1);
        final long dueNanos = nowNanos + delay.baseMillis() * NANOS_PER_MILLI + jitterNanos;
        if (!started || dueNanos - lastDueNanos > 0) {
            started = true;
            lastDueNanos = dueNanos;
        }
        return lastDueNanos;
    }
}
