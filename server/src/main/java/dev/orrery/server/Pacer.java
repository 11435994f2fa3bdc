package dev.orrery.server;

/**
 * When the ticks of one instance are due. A tick that begins late is caught up with, the ones behind it following at once,
 * up to {@link #MAX_BEHIND_TICKS}; beyond that the schedule moves. No tick is ever left out. Pure: time is passed in.
 *
 * <p>Whatever happens, ticks keep their place within the length of a tick: the schedule moves by whole ticks, and after a pause only the
 * first tick is out of place. What comes to all instances at once, a process that stood still or a crowd that wakes them, would else let
 * them all tick at the same moment from then on, see {@link Stagger}.
 *
 * <p>Owned by the world's thread.
 */
final class Pacer {
    static final int MAX_BEHIND_TICKS = 5;

    private long tickNanos;
    private long dueNanos;
    /** By how much sooner or later than a tick from now the next one is in its place again. */
    private long backNanos;

    private boolean paused;

    /** What the start of a tick told about the schedule. */
    enum Pace {
        ON_TIME,
        /** More than a tick late; the next ones follow at once. */
        LATE,
        /** Too late to catch up: this tick was due less than a tick ago, by a schedule that has moved. */
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
        long lateNanos = nowNanos - dueNanos;
        if (paused) {
            paused = false;
            dueNanos = nowNanos;
            // Half a tick to one and a half: a short one is felt less than one left out.
            backNanos = tickNanos / 2 - Math.floorMod(lateNanos + tickNanos / 2, tickNanos);
            return Pace.ON_TIME;
        }
        if (lateNanos > MAX_BEHIND_TICKS * tickNanos) {
            dueNanos += lateNanos / tickNanos * tickNanos;
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
        dueNanos += newTickNanos + backNanos;
        backNanos = 0;
    }

    /** Nothing is due until the next tick begins, whenever that is. */
    void pause() {
        paused = true;
    }
}
