package dev.orrery.server;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that step worlds. All instances share all of them; each instance is a task that plans itself anew, so one
 * thread at a time owns its world. May be used by any thread.
 */
final class Workers implements AutoCloseable {
    private static final long CLOSE_TIMEOUT_MILLIS = 2_000;

    private final ScheduledThreadPoolExecutor executor;

    Workers(int threads) {
        executor = new ScheduledThreadPoolExecutor(
                threads, Thread.ofPlatform().name("world-", 0).daemon().factory());
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    long nanoTime() {
        return System.nanoTime();
    }

    /** Runs a task at a time of {@link #nanoTime}, or at once if that is over. Nothing happens after {@link #close}. */
    void at(long nanos, Runnable task) {
        executor.schedule(task, nanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
