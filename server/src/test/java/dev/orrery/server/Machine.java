package dev.orrery.server;

import dev.orrery.wire.Counters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/** A machine with as many cores as workers, in virtual time: it does at once what the threads of {@link Workers} do. */
final class Machine {
    static final long NEVER_ENDS = Long.MAX_VALUE / 4;

    final Counters<ServerCounter> counters = new Counters<>(ServerCounter.class);
    final Rota rota;
    /** Those who ran, in order. */
    final List<World> runs = new ArrayList<>();

    /** Workers that were replaced, with the time. */
    final Map<Long, Rota.Worker> hung = new HashMap<>();

    private final Map<Task, World> worlds = new HashMap<>();
    private final long[] busyUntil;
    private final Task[] current;
    private long now;

    /** A world whose ticks take as long as their number says. */
    static final class World {
        final String name;
        final Task task;
        final List<Long> delays = new ArrayList<>();
        final List<Integer> ranOn = new ArrayList<>();
        private final long periodNanos;
        private final LongUnaryOperator takesNanos;
        private final Pacer pacer;

        World(String name, long firstDueNanos, long periodNanos, LongUnaryOperator takesNanos) {
            this.name = name;
            this.task = new Task(new Timed(periodNanos));
            this.periodNanos = periodNanos;
            this.takesNanos = takesNanos;
            this.pacer = new Pacer(firstDueNanos, periodNanos);
        }

        long maxDelayNanos() {
            return delays.stream().mapToLong(Long::longValue).max().orElse(0);
        }
    }

    private record Timed(long periodNanos) implements Workers.Job {
        @Override
        public long run(long dueNanos) {
            throw new IllegalStateException("the machine runs worlds by itself");
        }

        @Override
        public void hung(Hang hang) {}
    }

    Machine(int cores, long hangNanos) {
        rota = new Rota(cores, hangNanos, 0, counters);
        busyUntil = new long[cores];
        current = new Task[cores];
    }

    World add(String name, long firstDueNanos, long periodNanos, LongUnaryOperator takesNanos) {
        World world = new World(name, firstDueNanos, periodNanos, takesNanos);
        worlds.put(world.task, world);
        rota.place(world.task, firstDueNanos, now);
        return world;
    }

    /** Lets time pass. */
    void runUntil(long endNanos) {
        long lookAt = now;
        while (true) {
            if (now >= lookAt) {
                lookAfter(lookAt);
            }
            for (int i = 0; i < current.length; i++) {
                work(i);
            }
            lookAt = Math.min(lookAt > now ? lookAt : Long.MAX_VALUE, rota.lookAtNanos(now));
            long next = next(lookAt);
            if (next > endNanos) {
                now = endNanos;
                return;
            }
            now = Math.max(now, next);
        }
    }

    private long next(long lookAt) {
        long next = lookAt;
        for (int i = 0; i < current.length; i++) {
            Task head = rota.worker(i).head();
            if (current[i] != null) {
                next = Math.min(next, busyUntil[i]);
            } else if (head != null) {
                next = Math.min(next, head.readyNanos);
            }
        }
        return next;
    }

    private void lookAfter(long plannedNanos) {
        rota.look(plannedNanos, now);
        for (var worker = rota.hung(now); worker != null; worker = rota.hung(now)) {
            hung.put(now, worker);
            rota.replace(worker);
            current[worker.number] = null;
        }
        while (rota.rebalance(now) != null) {}
    }

    private void work(int core) {
        Rota.Worker worker = rota.worker(core);
        boolean ended = current[core] != null && busyUntil[core] <= now;
        if (ended) {
            World world = world(current[core]);
            world.pacer.end(world.periodNanos);
            rota.end(worker, world.pacer.dueNanos(), now);
            current[core] = null;
        }
        Task head = worker.head();
        boolean awake = ended || head != null && head.readyNanos <= now; // who sleeps takes nothing from others
        if (current[core] == null && awake) {
            Task task = rota.begin(worker, now);
            current[core] = task;
            if (task != null) {
                World begun = world(task);
                runs.add(begun);
                begun.ranOn.add(core);
                begun.delays.add(now - task.dueNanos);
                begun.pacer.begin(now);
                busyUntil[core] = now + begun.takesNanos.applyAsLong(begun.delays.size());
            }
        }
    }

    private World world(Task task) {
        World world = worlds.get(task);
        if (world == null) {
            throw new IllegalStateException("a task of another machine, of " + Arrays.toString(current));
        }
        return world;
    }
}
