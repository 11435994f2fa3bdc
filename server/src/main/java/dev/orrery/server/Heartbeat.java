package dev.orrery.server;

import dev.orrery.wire.Counters;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The ticks of one instance in time: when each is due, and when there are none.
 *
 * <pre>
 *   BEATING   a tick is due when the {@link Pacer} says    → ASLEEP while nobody is there, STOPPED, FENCED
 *   ASLEEP    nothing is due                               → BEATING on {@link #wake}, at once: who comes in does not wait
 *   STOPPED   the last tick said so                        (final)
 *   FENCED    a tick has hung: nothing of it counts        (final)
 * </pre>
 *
 * May be used by any thread; {@link #run} is owned by the world's.
 */
final class Heartbeat implements Workers.Job {
    private final Body body;
    private final Workers workers;
    private final Delays delays;
    private final Meter meter;
    private final Counters<ServerCounter> counters;
    private final Pacer pacer;
    private final Task task = new Task(this);
    private final AtomicBoolean asleep = new AtomicBoolean();
    private volatile boolean fenced;

    /** Whose ticks they are. All but {@link #hung} on the world's thread. */
    interface Body {
        /**
         * One tick.
         *
         * @param dueNanos when it was due by the schedule, which may just have moved
         * @return false if it was the last
         */
        boolean tick(long dueNanos);

        /** Length of the newest tick, and of those after it until one says otherwise. */
        long tickNanos();

        /** Whether nobody is there, nobody waits, and nobody has been there for long enough. */
        boolean mayRest(long nowNanos);

        /** Whether nothing has come in that wants a tick. */
        boolean isIdle();

        /** A tick has hung: {@link #isFenced} holds already. */
        void hung(Hang hang);
    }

    Heartbeat(Body body, long tickNanos, Meter meter, Host host) {
        this.body = body;
        this.workers = host.workers();
        this.delays = host.tickDelays();
        this.meter = meter;
        this.counters = host.counters();
        this.pacer = new Pacer(workers.firstDueNanos(tickNanos), tickNanos);
    }

    /** When the first tick is due, before {@link #start}. */
    long firstDueNanos() {
        return pacer.dueNanos();
    }

    void start() {
        workers.wake(task, pacer.dueNanos());
    }

    boolean isAsleep() {
        return asleep.get();
    }

    /** Whether a tick has hung. Then nothing that it gives may be published, performed or counted, should it ever end. */
    boolean isFenced() {
        return fenced;
    }

    /** It beats again if it is asleep: something has come in. */
    void wake() {
        if (asleep.compareAndSet(true, false)) {
            workers.wake(task, workers.nanoTime());
        }
    }

    /** One tick, then the plan for the next. */
    @Override
    public long run(long dueNanos) {
        long begun = workers.nanoTime();
        delays.record(begun - dueNanos);
        switch (pacer.begin(begun)) {
            case ON_TIME -> {}
            case LATE -> counters.increment(ServerCounter.TICKS_LATE);
            case MOVED -> counters.increment(ServerCounter.SCHEDULES_MOVED);
        }
        if (!body.tick(pacer.dueNanos()) || fenced) {
            return REST;
        }
        pacer.end(body.tickNanos());
        long ended = workers.nanoTime();
        meter.tick(ended - begun);
        if (body.mayRest(ended)) {
            rest();
            return REST;
        }
        return pacer.dueNanos();
    }

    @Override
    public long periodNanos() {
        return body.tickNanos();
    }

    /** Whatever comes in from now on wakes it; what came in just before does so here. */
    private void rest() {
        counters.increment(ServerCounter.INSTANCES_HIBERNATED);
        pacer.pause();
        asleep.set(true);
        if (!body.isIdle()) {
            wake();
        }
    }

    @Override
    public void hung(Hang hang) {
        fenced = true;
        body.hung(hang);
    }
}
