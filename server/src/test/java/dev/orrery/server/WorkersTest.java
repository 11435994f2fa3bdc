package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.orrery.wire.Counters;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** The threads themselves; what runs when is {@link RotaTest}'s. */
final class WorkersTest {
    private static final long MILLI = 1_000_000;
    private static final long PATIENCE_NANOS = 20_000 * MILLI;

    private final Counters<ServerCounter> counters = new Counters<>(ServerCounter.class);

    /** Does what it is told, and counts. */
    private static final class Doing implements Workers.Job {
        private final LongUnaryOperator run;
        private final CompletableFuture<Hang> hang = new CompletableFuture<>();
        private final AtomicInteger runs = new AtomicInteger();

        private Doing(LongUnaryOperator run) {
            this.run = run;
        }

        @Override
        public long run(long dueNanos) {
            runs.incrementAndGet();
            return run.applyAsLong(dueNanos);
        }

        @Override
        public long periodNanos() {
            return MILLI;
        }

        @Override
        public void hung(Hang happened) {
            hang.complete(happened);
        }
    }

    private Workers start(int count, long hangAfterMillis) {
        return Workers.start(count, hangAfterMillis, counters);
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private static void uninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // as a game may do that hangs
            }
        }
    }

    @Test
    void shouldNeverRunOneTaskOnTwoThreadsAtOnce() throws InterruptedException {
        Random random = new Random(7);
        AtomicInteger violations = new AtomicInteger();
        List<Doing> jobs = new ArrayList<>();
        List<Task> tasks = new ArrayList<>();
        try (Workers workers = start(4, 60_000)) {
            for (int i = 0; i < 24; i++) {
                AtomicBoolean inside = new AtomicBoolean();
                int[] plain = {0}; // not volatile: what one run did must be seen by the next, on whatever thread
                Random own = new Random(i);
                Doing[] self = new Doing[1];
                self[0] = new Doing(due -> {
                    if (inside.getAndSet(true) || plain[0]++ != self[0].runs.get() - 1) {
                        violations.incrementAndGet();
                    }
                    long until = System.nanoTime() + own.nextLong(2 * MILLI);
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                    inside.set(false);
                    return own.nextInt(3) == 0 ? Workers.Job.REST : due + own.nextLong(4 * MILLI);
                });
                jobs.add(self[0]);
                tasks.add(new Task(self[0]));
            }
            long end = System.nanoTime() + 2_000 * MILLI;
            while (System.nanoTime() < end) {
                workers.wake(tasks.get(random.nextInt(tasks.size())), System.nanoTime() + random.nextLong(MILLI));
            }
            for (int i = 0; i < jobs.size(); i++) {
                int seen = jobs.get(i).runs.get();
                Doing job = jobs.get(i);
                Task task = tasks.get(i);
                await(() -> {
                    workers.wake(task, System.nanoTime());
                    return job.runs.get() > seen;
                });
            }
        }
        assertThat(violations).hasValue(0);
        assertThat(counters.count(ServerCounter.WORLDS_MOVED)).isPositive();
    }

    @Test
    void shouldBeginNothingAfterClose() throws InterruptedException {
        Workers workers = start(2, 60_000);
        AtomicBoolean ended = new AtomicBoolean();
        CountDownLatch begun = new CountDownLatch(1);
        Doing long1 = new Doing(due -> {
            begun.countDown();
            try {
                TimeUnit.MILLISECONDS.sleep(200);
            } catch (InterruptedException e) {
                return Workers.Job.REST;
            }
            ended.set(true);
            return System.nanoTime();
        });
        Doing later = new Doing(due -> due + MILLI);
        workers.wake(new Task(long1), System.nanoTime());
        workers.wake(new Task(later), System.nanoTime());
        assertThat(begun.await(PATIENCE_NANOS, TimeUnit.NANOSECONDS)).isTrue();
        workers.close();
        assertThat(ended).as("what runs is waited for").isTrue();
        int runs = later.runs.get();
        Task never = new Task(later);
        workers.wake(never, System.nanoTime());
        TimeUnit.MILLISECONDS.sleep(50);
        assertThat(later.runs).hasValue(runs);
        assertThat(long1.runs).hasValue(1);
    }

    @Test
    void shouldWakeAtOnceWhatRests() throws InterruptedException {
        try (Workers workers = start(2, 60_000)) {
            Doing resting = new Doing(due -> Workers.Job.REST);
            Task task = new Task(resting);
            for (int i = 1; i <= 200; i++) {
                int runs = i;
                workers.wake(task, System.nanoTime());
                await(() -> resting.runs.get() == runs);
            }
        }
    }

    @Test
    void shouldAbandonAThreadThatHangsAndGoOnWithAnother() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        Doing hanging = new Doing(due -> {
            ran.complete(Thread.currentThread());
            uninterruptibly(release);
            return System.nanoTime();
        });
        Doing ticking = new Doing(due -> due + 5 * MILLI);
        try (Workers workers = start(1, 300)) {
            Task hangs = new Task(hanging);
            long begun = System.nanoTime();
            workers.wake(hangs, begun);
            await(() -> hanging.runs.get() == 1);
            workers.wake(new Task(ticking), System.nanoTime());
            Hang hang = hanging.hang.get(PATIENCE_NANOS, TimeUnit.NANOSECONDS);
            Thread thread = ran.join();
            assertThat(System.nanoTime() - begun).isGreaterThanOrEqualTo(300 * MILLI);
            assertThat(hang.millis()).isBetween(300L, 3_000L);
            assertThat(hang.thread()).isEqualTo("world-0-abandoned");
            assertThat(thread.getName()).isEqualTo("world-0-abandoned");
            assertThat(Arrays.toString(hang.where().getStackTrace())).contains("uninterruptibly");
            assertThat(workers.abandoned()).isEqualTo(1);
            assertThat(counters.count(ServerCounter.WORKERS_ABANDONED)).isEqualTo(1);
            await(() -> ticking.runs.get() > 20);
            workers.wake(hangs, System.nanoTime());

            release.countDown();
            thread.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
            assertThat(thread.isAlive())
                    .as("it ends, as it has nothing to do any more")
                    .isFalse();
            assertThat(workers.abandoned()).isZero();
            workers.wake(hangs, System.nanoTime());
            int ticks = ticking.runs.get();
            await(() -> ticking.runs.get() > ticks + 10);
            assertThat(hanging.runs).hasValue(1);
        }
    }

    @Test
    void shouldGoOnWithoutATaskThatThrows() throws InterruptedException {
        try (Workers workers = start(1, 60_000)) {
            Doing failing = new Doing(due -> {
                Thread.currentThread().interrupt();
                throw new AssertionError("as the test wants");
            });
            AtomicBoolean interrupted = new AtomicBoolean();
            Doing ticking = new Doing(due -> {
                interrupted.compareAndSet(false, Thread.currentThread().isInterrupted());
                return due + MILLI;
            });
            workers.wake(new Task(failing), System.nanoTime());
            workers.wake(new Task(ticking), System.nanoTime());
            await(() -> ticking.runs.get() > 50);
            assertThat(failing.runs).hasValue(1);
            assertThat(interrupted).as("or it would never sleep again").isFalse();
        }
    }

    @Test
    void shouldAllocateNothingForARun() throws InterruptedException {
        Delays delays = new Delays();
        List<Doing> jobs = new ArrayList<>();
        try (Workers workers = start(2, 60_000)) {
            for (int i = 0; i < 20; i++) {
                Doing job = new Doing(due -> {
                    delays.record(System.nanoTime() - due);
                    return due + 2 * MILLI;
                });
                jobs.add(job);
                workers.wake(new Task(job), workers.firstDueNanos(2 * MILLI));
            }
            await(() -> jobs.getFirst().runs.get() > 1_000);
            long runs = runs(jobs);
            long before = allocatedBytes();
            await(() -> runs(jobs) > runs + 5_000);
            double perRun = (allocatedBytes() - before) / (double) (runs(jobs) - runs);
            System.out.println("bytes a run: " + perRun + ", start delay p50 and p99 in ms: "
                    + delays.snapshot().percentileSeconds(0.5) * 1e3 + ", "
                    + delays.snapshot().percentileSeconds(0.99) * 1e3);
            assertThat(perRun).isLessThan(16); // a waiter of a contended lock now and then, and what the JIT leaves
        }
    }

    private static long runs(List<Doing> jobs) {
        return jobs.stream().mapToLong(job -> job.runs.get()).sum();
    }

    private static long allocatedBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (var info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().startsWith("world-")) {
                sum += Math.max(0, threads.getThreadAllocatedBytes(info.getThreadId()));
            }
        }
        return sum;
    }
}
