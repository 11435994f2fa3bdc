package dev.orrery.server;

/**
 * A job in the hands of {@link Workers}.
 *
 * <pre>
 *   RESTING   nothing is planned                 → WAITING on {@link Workers#wake}
 *   WAITING   for its time, at one worker        → RUNNING, by that worker or by one that had nothing to do
 *   RUNNING   on one thread                      → WAITING or RESTING as the job says, GIVEN_UP if it takes too long
 *   GIVEN_UP  its thread is abandoned            (final)
 * </pre>
 *
 * Guarded by the workers that it was given to.
 */
public final class Task {
    /** Of a core, until its own load is known: a rush of new worlds must not go to one worker. */
    private static final double ASSUMED_LOAD = 0.01;
    /** The share that the newest run has in the load. */
    private static final double NEWEST_SHARE = 0.125;

    final Workers.Job job;
    State state = State.RESTING;

    /** When it is to begin, as the job said. */
    long dueNanos;

    /** By which it is queued: when it is due; or, if it is slower than its schedule, when it ended. */
    long readyNanos;

    /** Somebody woke it while it ran: due then as well. */
    boolean woken;

    long wokenNanos;

    private double load = ASSUMED_LOAD;

    enum State {
        RESTING,
        WAITING,
        RUNNING,
        GIVEN_UP
    }

    public Task(Workers.Job job) {
        this.job = job;
    }

    /** The share of one core that it takes, of late. */
    double load() {
        return load;
    }

    /** A run has taken so long, of the time that it has. */
    void measure(long takenNanos, long periodNanos) {
        load += (Math.min(1, takenNanos / (double) periodNanos) - load) * NEWEST_SHARE;
    }
}
