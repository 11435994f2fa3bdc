package dev.orrery.transport;

import java.util.concurrent.TimeUnit;

/** A token bucket, full at first. Owned by one thread. */
final class Bucket {
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private double tokens;
    private long filledAtNanos;

    Bucket(Rate rate, long nowNanos) {
        this.tokens = rate.burst();
        this.filledAtNanos = nowNanos;
    }

    /** Takes as many tokens; false, and takes none, if there are fewer. */
    boolean take(double count, Rate rate, long nowNanos) {
        fill(rate, nowNanos);
        if (tokens < count) {
            return false;
        }
        tokens -= count;
        return true;
    }

    /** Whether {@link #take} would take as many. */
    boolean holds(double count, Rate rate, long nowNanos) {
        fill(rate, nowNanos);
        return tokens >= count;
    }

    boolean isFull(Rate rate, long nowNanos) {
        fill(rate, nowNanos);
        return tokens >= rate.burst();
    }

    private void fill(Rate rate, long nowNanos) {
        tokens = Math.min(rate.burst(), tokens + (nowNanos - filledAtNanos) / NANOS_PER_SECOND * rate.perSecond());
        filledAtNanos = nowNanos;
    }
}
