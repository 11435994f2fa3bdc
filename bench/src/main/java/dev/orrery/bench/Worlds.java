package dev.orrery.bench;

import dev.orrery.server.Hang;
import dev.orrery.server.ServerCounter;
import dev.orrery.server.Task;
import dev.orrery.server.Workers;
import dev.orrery.wire.Counters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Many worlds on the threads that step a server's: how long after it was due each tick begins. The worlds are whole ones, full of
 * players who steer; beside them may run one that is slow, or one that hangs.
 */
final class Worlds implements AutoCloseable {
    private static final long HANG_AFTER_MILLIS = 1_000;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Workers workers;
    private final List<Ticks> ticks = new ArrayList<>();
    private volatile boolean closed;

    /**
     * Starts them.
     *
     * @param threads that step worlds
     * @param worlds how many
     * @param players in each
     * @param starts of each world that are kept at most
     */
    Worlds(int threads, int worlds, int players, int starts) {
        List<Crowd> crowds = new ArrayList<>();
        for (int i = 0; i < worlds; i++) {
            crowds.add(new Crowd(players, i, false));
        }
        workers = Workers.start(threads, HANG_AFTER_MILLIS, new Counters<>(ServerCounter.class));
        for (Crowd crowd : crowds) {
            Ticks job = new Ticks(crowd, starts);
            ticks.add(job);
            begin(job);
        }
    }

    private void begin(Workers.Job job) {
        workers.wake(new Task(job), workers.firstDueNanos(TICK_NANOS));
    }

    /** One whose every tick keeps its thread so long, from now on. */
    void addSlow(long millis) {
        begin(new Nuisance() {
            @Override
            public long run(long dueNanos) {
                long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
                while (System.nanoTime() - end < 0) {
                    Thread.onSpinWait();
                }
                return closed ? REST : dueNanos + TICK_NANOS;
            }
        });
    }

    /** One whose next tick never ends. It takes no core meanwhile, as one that waits for a lock that nobody opens. */
    void addHanging() {
        begin(new Nuisance() {
            @Override
            public long run(long dueNanos) {
                while (!closed) {
                    LockSupport.parkNanos(TICK_NANOS);
                }
                return REST;
            }
        });
    }

    /** Lets them run, and tells how late the ticks of the worlds began meanwhile. */
    Percentiles delays(int seconds) throws BenchException {
        try {
            ticks.forEach(job -> job.kept = 0);
            TimeUnit.SECONDS.sleep(seconds);
        } catch (InterruptedException e) {
            throw new BenchException("interrupted", e);
        }
        List<long[]> all = new ArrayList<>();
        for (Ticks job : ticks) {
            all.add(Arrays.copyOf(job.delayNanos, job.kept));
        }
        return new Percentiles(all.stream().flatMapToLong(Arrays::stream).toArray());
    }

    /** The same of one thread that does nothing but wait for its time: what this machine's timers and other work cost alone. */
    static Percentiles bareTimer(int seconds) {
        int rounds = (int) (TimeUnit.SECONDS.toMillis(seconds));
        long[] delays = new long[rounds];
        long due = System.nanoTime();
        for (int i = 0; i < rounds; i++) {
            due += TimeUnit.MILLISECONDS.toNanos(1);
            long left = due - System.nanoTime();
            while (left > 0) {
                LockSupport.parkNanos(left);
                left = due - System.nanoTime();
            }
            delays[i] = -left;
            due = left < -TimeUnit.MILLISECONDS.toNanos(1) ? System.nanoTime() : due;
        }
        return new Percentiles(delays);
    }

    @Override
    public void close() {
        closed = true;
        workers.close();
    }

    private abstract static class Nuisance implements Workers.Job {
        @Override
        public long periodNanos() {
            return TICK_NANOS;
        }

        @Override
        public void hung(Hang hang) {}
    }

    /** Of one world. Read by the thread that measures while it runs: what it sees of the newest start does not matter. */
    private final class Ticks implements Workers.Job {
        private final Crowd crowd;
        private final long[] delayNanos;
        private volatile int kept;

        private Ticks(Crowd crowd, int starts) {
            this.crowd = crowd;
            delayNanos = new long[starts];
        }

        @Override
        @SuppressWarnings(
                "NonAtomicVolatileUpdate") // written by one thread at a time; a start at the turn of a measurement may
        // be lost
        public long run(long dueNanos) {
            long begun = System.nanoTime();
            int index = kept;
            if (index < delayNanos.length) {
                delayNanos[index] = begun - dueNanos;
                kept = index + 1;
            }
            crowd.steer();
            crowd.tick().advance();
            crowd.comeHome();
            return closed ? REST : dueNanos + TICK_NANOS;
        }

        @Override
        public long periodNanos() {
            return TICK_NANOS;
        }

        @Override
        public void hung(Hang hang) {
            throw new IllegalStateException("a world of the benchmark hung: " + hang);
        }
    }
}
