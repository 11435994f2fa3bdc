package dev.orrery.testkit;

import java.util.concurrent.TimeUnit;

/** What all connections of a proxy have in common, changeable at any time. May be used by any thread. */
final class Weather {
    private volatile Delay delay;
    private volatile long heldUntilNanos = System.nanoTime();

    Weather(Delay delay) {
        this.delay = delay;
    }

    Delay delay() {
        return delay;
    }

    /** Holds from the next chunk on; what is under way keeps its time. */
    void delay(Delay next) {
        delay = next;
    }

    /** Nothing arrives for so long, ms; a second stall may prolong the first, never shorten it. */
    synchronized void stall(long millis) {
        long untilNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        if (untilNanos - heldUntilNanos > 0) {
            heldUntilNanos = untilNanos;
        }
    }

    /** Waits until a chunk that is due may arrive: also to the end of a stall that begins meanwhile. */
    void await(long dueNanos) throws InterruptedException {
        for (long leftNanos = leftNanos(dueNanos); leftNanos > 0; leftNanos = leftNanos(dueNanos)) {
            TimeUnit.NANOSECONDS.sleep(leftNanos);
        }
    }

    private long leftNanos(long dueNanos) {
        long nowNanos = System.nanoTime();
        return Math.max(dueNanos - nowNanos, heldUntilNanos - nowNanos);
    }
}
