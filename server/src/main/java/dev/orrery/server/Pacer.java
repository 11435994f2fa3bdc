package dev.orrery.server;

/**
 * When the ticks of one instance are due. A tick that begins late is caught up with, the ones behind it following at once,
 * up to {@link #MAX_BEHIND_TICKS}; beyond that the schedule moves. No tick is ever left out. Pure: time is passed in.
 * Owned by the world's thread.
 */
final class Pacer {
    static final int MAX_BEHIND_TICKS = 5;

    private long tickNanos;
    private long dueNanos;
    private boolean paused;

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

    /** When the next tick is due, or the one that has begun was. */
    long dueNanos() {
        return dueNanos;
    }

    /** A tick begins. */
    Pace begin(long nowNanos) {
        if (paused) {
            paused = false;
            dueNanos = nowNanos;
            return Pace.ON_TIME;
        }
        long lateNanos = nowNanos - dueNanos;
        if (lateNanos > MAX_BEHIND_TICKS * tickNanos) {
            dueNanos = nowNanos;
            return Pace.MOVED;
        }
        return lateNanos > tickNanos ? Pace.LATE : Pace.ON_TIME;
    }

    /**
     * The tick is over: the next one becomes due.
     *
     * @param newTickNanos length of the tick that is over, and of those after it
     */
    void end(long newTickNanos) {
        tickNanos = newTickNanos;
        dueNanos += newTickNanos;
    }

    /** Nothing is due until the next tick begins, whenever that is; the schedule then runs from there. */
    void pause() {
        paused = true;
    }
}
