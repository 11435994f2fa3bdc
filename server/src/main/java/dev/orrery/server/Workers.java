package dev.orrery.server;

import dev.orrery.wire.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that step worlds, and one that looks after them. Each task belongs to one worker until that is busy when the task is due
 * and another is not; one whose task hangs is abandoned, and another thread takes its place and what waits there.
 *
 * <pre>
 *   world-0 … world-N         take tasks from the {@link Rota}, or sleep until the first of theirs is due
 *   world-lookout             gives what is overdue at a busy worker to an idle one, notices who hangs
 *   world-N-abandoned         ends when its task does, and does nothing else any more
 * </pre>
 *
 * There is one lock, held some hundred nanoseconds for each task: with a lock for each worker, taking tasks from another would need two.
 * Threads sleep outside of it, by {@link LockSupport}, as waiting on a condition would allocate each time. May be used by any thread.
 */
public final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final long CLOSE_TIMEOUT_NANOS = 2_000_000_000;

    /** Guards itself and everything below. */
    private final Rota rota;

    private final Counters<ServerCounter> counters;
    private final Stagger stagger;
    private final Thread[] threads;
    private final Thread lookout;
    private long lookAtNanos;
    private int abandoned;
    private boolean closed;

    /** What is done again and again, by one thread at a time. */
    public interface Job {
        /** Not due again until it is woken. */
        long REST = Long.MAX_VALUE;

        /**
         * Does it once. What it throws is logged, and it rests.
         *
         * @param dueNanos when it was due
         * @return when it is due again, in time of {@link Workers#nanoTime}, or {@link #REST}
         */
        long run(long dueNanos);

        /**
         * How long it is meant to be from one time that it is due to the next, as of the newest run: who takes longer is slow itself, who
         * is late nevertheless is so because of others. Asked by the thread that ran it.
         */
        long periodNanos();

        /** It has run for too long, still does, and never will again. On a thread of its own. */
        void hung(Hang hang);
    }

    private Workers(int count, long hangAfterMillis, Counters<ServerCounter> counters) {
        long now = System.nanoTime();
        long hangNanos = TimeUnit.MILLISECONDS.toNanos(hangAfterMillis);
        this.rota = new Rota(count, hangNanos, now, counters);
        this.counters = counters;
        this.stagger = new Stagger(now);
        this.threads = new Thread[count];
        this.lookout = Thread.ofPlatform().name("world-lookout").daemon().unstarted(this::lookAfter);
        this.lookAtNanos = now + hangNanos;
    }

    /**
     * Starts threads.
     *
     * @param count of those that run tasks
     * @param hangAfterMillis after which a task that has not ended counts as hung
     */
    public static Workers start(int count, long hangAfterMillis, Counters<ServerCounter> counters) {
        Workers workers = new Workers(count, hangAfterMillis, counters);
        workers.startThreads();
        return workers;
    }

    private void startThreads() {
        synchronized (rota) {
            for (int i = 0; i < threads.length; i++) {
                threads[i] = thread(rota.worker(i));
                threads[i].start();
            }
        }
        lookout.start();
    }

    private Thread thread(Rota.Worker worker) {
        return Thread.ofPlatform().name("world-" + worker.number).daemon().unstarted(() -> work(worker));
    }

    // ---- by any thread ----

    public long nanoTime() {
        return System.nanoTime();
    }

    /** When a new world's first tick is to be due: within the length of a tick, so that all worlds' ticks are spread evenly. */
    public long firstDueNanos(long tickNanos) {
        return stagger.firstDueNanos(nanoTime(), tickNanos);
    }

    /**
     * Makes a task that rests due at a time; one that runs will be due then too. One that is due already stays so, and nothing happens
     * to one that was given up, or after {@link #close}.
     */
    public void wake(Task task, long dueNanos) {
        synchronized (rota) {
            switch (task.state) {
                case RESTING -> {
                    if (!closed) {
                        place(task, dueNanos);
                    }
                }
                case RUNNING -> {
                    if (!task.woken || dueNanos - task.wokenNanos < 0) {
                        task.wokenNanos = dueNanos;
                    }
                    task.woken = true;
                }
                case WAITING, GIVEN_UP -> {}
            }
        }
    }

    private void place(Task task, long dueNanos) {
        long now = nanoTime();
        Rota.Worker worker = rota.place(task, dueNanos, now);
        if (worker.isIdle() && worker.head() == task) {
            LockSupport.unpark(threads[worker.number]);
        }
        lookAfterFrom(now);
    }

    /** Threads that hang at this moment. */
    public int abandoned() {
        synchronized (rota) {
            return abandoned;
        }
    }

    /** Nothing begins any more; waits for what runs, but not for what hangs. */
    @Override
    public void close() {
        List<Thread> all = new ArrayList<>();
        synchronized (rota) {
            closed = true;
            all.add(lookout);
            all.addAll(List.of(threads));
        }
        all.forEach(LockSupport::unpark);
        all.remove(Thread.currentThread());
        long deadline = nanoTime() + CLOSE_TIMEOUT_NANOS;
        try {
            for (Thread thread : all) {
                TimeUnit.NANOSECONDS.timedJoin(thread, deadline - nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        all.forEach(Thread::interrupt);
    }

    // ---- workers ----

    private void work(Rota.Worker me) {
        long nextDueNanos = Job.REST;
        while (true) {
            Task task;
            long sleepNanos = 0;
            synchronized (rota) {
                if (me.isAbandoned()) {
                    abandoned--;
                    return;
                }
                long now = nanoTime();
                rota.end(me, nextDueNanos, now);
                if (closed) {
                    return;
                }
                task = rota.begin(me, now);
                if (task == null) {
                    sleepNanos = sleepNanos(me, now);
                }
            }
            if (task == null) {
                LockSupport.parkNanos(rota, sleepNanos); // at once if somebody has given it something meanwhile
            } else {
                nextDueNanos = run(task);
            }
        }
    }

    private static long run(Task task) {
        try {
            return task.job.run(task.dueNanos);
        } catch (RuntimeException | Error e) {
            LOG.error("a task of the workers threw: it is not done any more", e);
            return Job.REST;
        } finally {
            Thread.interrupted(); // whatever a game did to its thread: otherwise it would never sleep again
        }
    }

    private long sleepNanos(Rota.Worker me, long nowNanos) {
        lookAfterFrom(nowNanos);
        Task first = me.head();
        return first == null ? Long.MAX_VALUE : first.readyNanos - nowNanos;
    }

    // ---- the lookout ----

    /** The lookout looks in time for what may happen from now on. It mostly would anyway: this seldom wakes it. */
    private void lookAfterFrom(long nowNanos) {
        long needed = rota.lookAtNanos(nowNanos);
        if (needed - lookAtNanos < 0) {
            lookAtNanos = needed;
            LockSupport.unpark(lookout);
        }
    }

    private void lookAfter() {
        while (true) {
            long sleepNanos;
            synchronized (rota) {
                if (closed) {
                    return;
                }
                long now = nanoTime();
                rota.look(lookAtNanos, now);
                for (Rota.@Nullable Worker hung = rota.hung(now); hung != null; hung = rota.hung(now)) {
                    replace(hung, now);
                }
                for (Rota.@Nullable Worker helper = rota.rebalance(now); helper != null; helper = rota.rebalance(now)) {
                    LockSupport.unpark(threads[helper.number]);
                }
                lookAtNanos = rota.lookAtNanos(now);
                sleepNanos = lookAtNanos - now;
            }
            LockSupport.parkNanos(rota, sleepNanos);
        }
    }

    private void replace(Rota.Worker hung, long nowNanos) {
        Thread thread = threads[hung.number];
        Task task = hung.running();
        long millis = TimeUnit.NANOSECONDS.toMillis(rota.runNanos(hung, nowNanos));
        threads[hung.number] = thread(rota.replace(hung));
        threads[hung.number].start();
        thread.setName(thread.getName() + "-abandoned");
        abandoned++;
        counters.increment(ServerCounter.WORKERS_ABANDONED);
        if (task != null) {
            // Whatever closing an instance takes, the lookout has no time for it.
            Thread.ofPlatform().name("hang-report-" + hung.number).daemon().start(() -> report(task, thread, millis));
        }
    }

    private static void report(Task task, Thread thread, long millis) {
        Throwable where = new IllegalStateException("here hangs " + thread.getName());
        where.setStackTrace(thread.getStackTrace());
        try {
            task.job.hung(new Hang(millis, thread.getName(), where));
        } catch (RuntimeException | Error e) {
            LOG.error("what hangs could not be closed", e);
        }
    }
}
