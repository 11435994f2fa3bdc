package dev.orrery.server;

/**
 * Where worlds begin within the length of a tick: each a golden ratio of it after the one before, so that however many there are, and
 * whichever of them close, their ticks are spread almost evenly. Guarded by itself.
 */
final class Stagger {
    private static final double GOLDEN_RATIO = 0.6180339887498949;

    private final long originNanos;
    private long count;

    Stagger(long originNanos) {
        this.originNanos = originNanos;
    }

    /** When the next world's first tick is due: from now on, and sooner than a tick from now. */
    synchronized long firstDueNanos(long nowNanos, long tickNanos) {
        double turns = count++ * GOLDEN_RATIO;
        long phaseNanos = (long) ((turns - Math.floor(turns)) * tickNanos);
        return nowNanos + Math.floorMod(originNanos + phaseNanos - nowNanos, tickNanos);
    }
}
