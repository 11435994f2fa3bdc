package dev.orrery.server;

import dev.orrery.wire.Counters;
import org.jspecify.annotations.Nullable;

/**
 * Which worker does which task when. Each task stays with one worker, whose caches know it, and each worker has its own queue. What
 * waits behind a task that takes long is taken by a worker that has nothing to do, and stays there: that is all the balancing there is.
 * Pure: time is passed in. Guarded by the {@link Workers} that it belongs to.
 */
final class Rota {
    /** Overdue for so long at a busy worker, a task goes to one that has nothing to do. Less would move tasks for no gain. */
    static final long STEAL_AFTER_NANOS = 200_000;
    /** And for so long, to one that has enough of its own: it must not starve behind a task that hangs. */
    static final long RESCUE_AFTER_NANOS = 5_000_000;
    /** Looking after the workers comes so late only if the whole process stood still: then no task is at fault. */
    static final long STANDSTILL_NANOS = 500_000_000;
    /** A task that has run for so long will not end soon: its worker is no place for another. */
    private static final long LONG_RUN_NANOS = 50_000_000;

    private final long hangNanos;
    private final Worker[] workers;
    private final Counters<ServerCounter> counters;

    /** When the process was last found to have stood still. */
    private long resumedAtNanos;

    /** A thread's place. Guarded like the rota. */
    static final class Worker {
        final int number;
        private final TaskQueue queue;
        private @Nullable Task running;
        private long begunNanos;
        private boolean abandoned;

        private Worker(int number, TaskQueue queue) {
            this.number = number;
            this.queue = queue;
        }

        /** The first task that waits; null if none does. */
        @Nullable
        Task head() {
            return queue.peek();
        }

        @Nullable
        Task running() {
            return running;
        }

        boolean isIdle() {
            return running == null;
        }

        /** Whether its thread has been given up, and another has taken its place. */
        boolean isAbandoned() {
            return abandoned;
        }

        private double load(long nowNanos) {
            Task task = running;
            if (task == null) {
                return queue.load();
            }
            return queue.load() + (nowNanos - begunNanos > LONG_RUN_NANOS ? 1 : task.load());
        }
    }

    Rota(int count, long hangNanos, long nowNanos, Counters<ServerCounter> counters) {
        this.hangNanos = hangNanos;
        this.resumedAtNanos = nowNanos;
        this.counters = counters;
        this.workers = new Worker[count];
        for (int i = 0; i < count; i++) {
            workers[i] = new Worker(i, new TaskQueue());
        }
    }

    int size() {
        return workers.length;
    }

    Worker worker(int number) {
        return workers[number];
    }

    // ---- tasks ----

    /** A task that rests begins to wait, at the worker with the least to do; returns that. */
    Worker place(Task task, long dueNanos, long nowNanos) {
        Worker least = workers[0];
        double leastLoad = least.load(nowNanos);
        for (int i = 1; i < workers.length; i++) {
            double load = workers[i].load(nowNanos);
            if (load < leastLoad) {
                least = workers[i];
                leastLoad = load;
            }
        }
        enqueue(least, task, dueNanos, dueNanos);
        return least;
    }

    /** What a worker without a task does now; null if there is nothing yet. */
    @Nullable
    Task begin(Worker worker, long nowNanos) {
        Task own = worker.head();
        boolean ownReady = own != null && own.readyNanos - nowNanos <= 0;
        Worker other = mostOverdue(ownReady ? RESCUE_AFTER_NANOS : STEAL_AFTER_NANOS, nowNanos);
        Task overdue = other == null ? null : other.head();
        Task task;
        if (other != null && overdue != null && (own == null || !ownReady || isBefore(overdue, own))) {
            task = other.queue.poll();
            counters.increment(ServerCounter.WORLDS_MOVED);
        } else {
            task = ownReady ? worker.queue.poll() : null;
        }
        if (task != null) {
            task.state = Task.State.RUNNING;
            worker.running = task;
            worker.begunNanos = nowNanos;
        }
        return task;
    }

    /**
     * A worker's task has come to an end.
     *
     * @param nextDueNanos when it is due again, or {@link Workers.Job#REST}
     */
    void end(Worker worker, long nextDueNanos, long nowNanos) {
        Task task = worker.running;
        worker.running = null;
        if (task == null) {
            return;
        }
        task.state = Task.State.RESTING;
        boolean rests = nextDueNanos == Workers.Job.REST;
        long takenNanos = nowNanos - worker.begunNanos;
        long readyNanos = nextDueNanos;
        if (!rests) {
            long periodNanos = task.job.periodNanos();
            task.measure(takenNanos, periodNanos);
            // Who is late because others were slow comes first, and catches up; who is slow itself comes after them
            // all.
            if (takenNanos > periodNanos && nowNanos - nextDueNanos > 0) {
                readyNanos = nowNanos;
            }
        }
        if (task.woken && (rests || task.wokenNanos - nextDueNanos < 0)) {
            enqueue(worker, task, task.wokenNanos, task.wokenNanos);
        } else if (!rests) {
            enqueue(worker, task, nextDueNanos, readyNanos);
        }
        task.woken = false;
    }

    private static void enqueue(Worker worker, Task task, long dueNanos, long readyNanos) {
        task.state = Task.State.WAITING;
        task.dueNanos = dueNanos;
        task.readyNanos = readyNanos;
        worker.queue.add(task);
    }

    // ---- looking after the workers ----

    /** When somebody must look at the workers next, unless one finds more to do before. */
    long lookAtNanos(long nowNanos) {
        long earliest = nowNanos + hangNanos;
        for (Worker worker : workers) {
            if (!worker.isIdle()) {
                earliest = earlier(earliest, hangsAtNanos(worker));
            }
            if (workers.length > 1) {
                earliest = earlier(earliest, stealableAtNanos(worker, nowNanos, earliest));
            }
        }
        return earliest;
    }

    /**
     * When something that waits at a worker may have to be taken from it. Whoever is idle will do the first by itself, but may be busy
     * with that when the second is due. What is overdue at a busy worker goes to whoever ends its own next, without being told.
     */
    private static long stealableAtNanos(Worker worker, long nowNanos, long never) {
        Task behind = worker.isIdle() ? worker.queue.second() : worker.head();
        if (behind == null) {
            return never;
        }
        long atNanos = behind.readyNanos + STEAL_AFTER_NANOS;
        if (atNanos - nowNanos > 0) {
            return atNanos;
        }
        return worker.isIdle() ? nowNanos + STEAL_AFTER_NANOS : never;
    }

    /** Somebody looks, and was to at that time: if it is far later by now, no task is to be blamed for what it did not do meanwhile. */
    void look(long plannedNanos, long nowNanos) {
        if (nowNanos - plannedNanos > STANDSTILL_NANOS) {
            resumedAtNanos = nowNanos;
        }
    }

    /** Gives one overdue task to a worker that has nothing to do, and returns that; null if nothing is to be moved. */
    @Nullable
    Worker rebalance(long nowNanos) {
        Worker from = mostOverdue(STEAL_AFTER_NANOS, nowNanos);
        if (from == null) {
            return null;
        }
        for (Worker to : workers) {
            Task next = to.head();
            if (to.isIdle() && (next == null || next.readyNanos - nowNanos > 0)) {
                Task task = from.queue.poll();
                if (task != null) {
                    to.queue.add(task);
                    counters.increment(ServerCounter.WORLDS_MOVED);
                }
                return to;
            }
        }
        return null;
    }

    /** A worker whose task has run for too long; null if there is none. */
    @Nullable
    Worker hung(long nowNanos) {
        for (Worker worker : workers) {
            if (!worker.isIdle() && hangsAtNanos(worker) - nowNanos <= 0) {
                return worker;
            }
        }
        return null;
    }

    /** For how long a busy worker's task has run. */
    long runNanos(Worker worker, long nowNanos) {
        return nowNanos - worker.begunNanos;
    }

    /** Gives a hung worker and its task up; whatever waits there waits at the one that is returned, and at once if it is overdue. */
    Worker replace(Worker hung) {
        Task task = hung.running;
        if (task != null) {
            task.state = Task.State.GIVEN_UP;
        }
        hung.abandoned = true;
        Worker replacement = new Worker(hung.number, hung.queue);
        workers[hung.number] = replacement;
        return replacement;
    }

    private long hangsAtNanos(Worker worker) {
        long since = worker.begunNanos - resumedAtNanos > 0 ? worker.begunNanos : resumedAtNanos;
        return since + hangNanos;
    }

    /** The busy worker whose first waiting task has been overdue for longest, and at least for so long; null if there is none. */
    private @Nullable Worker mostOverdue(long byNanos, long nowNanos) {
        Worker most = null;
        Task first = null;
        for (Worker worker : workers) {
            Task head = worker.head();
            if (!worker.isIdle()
                    && head != null
                    && nowNanos - head.readyNanos >= byNanos
                    && (first == null || isBefore(head, first))) {
                most = worker;
                first = head;
            }
        }
        return most;
    }

    private static boolean isBefore(Task one, Task other) {
        return one.readyNanos - other.readyNanos < 0;
    }

    private static long earlier(long one, long other) {
        return one - other < 0 ? one : other;
    }
}
