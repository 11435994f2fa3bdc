package dev.orrery.server;

/**
 * When the ticks of one instance are due. A tick that begins late is caught up with, the ones behind it following at once,
 * up to {@link #MAX_BEHIND_TICKS}; beyond that the schedule moves. No tick is ever left out. Pure: time is passed in.
 * Owned by the world's thread.
 */
final class Pacer {
    static final int MAX_BEHIND_TICKS = 5;

    private final long tickNanos;
    private long dueNanos;

    /** What the start of a tick told about the schedule. */
    enum Pace {
        ON_TIME,
        /** More than a tick late; the next ones follow at once. */
        LATE,
        /** Too late to catch up: the schedule now runs from this tick's start. */
        MOVED
    }

    Pacer(long firstDueNanos, long tickNanos) {
        this.dueNanos = firstDueNanos;
        this.tickNanos = tickNanos;
    }

    /** When the next tick is due. */
    long dueNanos() {
        return dueNanos;
    }

    /** A tick begins: the next one becomes due. */
    Pace begin(long nowNanos) {
        long lateNanos = nowNanos - dueNanos;
        if (lateNanos > MAX_BEHIND_TICKS * tickNanos) {
            dueNanos = nowNanos + tickNanos;
            return Pace.MOVED;
        }
        dueNanos += tickNanos;
        return lateNanos > tickNanos ? Pace.LATE : Pace.ON_TIME;
    }
}
