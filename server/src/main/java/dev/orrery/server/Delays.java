package dev.orrery.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * How late things began, counted in a few buckets: those of a histogram of Prometheus. May be used by any thread; nothing is locked,
 * and nothing is allocated to record.
 */
public final class Delays {
    /** Upper ends of the buckets; one millisecond is among them, as that is the budget. The last bucket has no end. */
    private static final long[] BOUND_MICROS = {
        20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000
    };

    private static final double NANOS_PER_SECOND = 1e9;

    private final AtomicLongArray counts = new AtomicLongArray(BOUND_MICROS.length + 1);
    private final LongAdder sumNanos = new LongAdder();

    /**
     * What was counted until now. The arrays are its own.
     *
     * @param boundSeconds upper ends of the buckets, the last infinite
     * @param counts of each bucket alone
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
    public record Snapshot(double[] boundSeconds, long[] counts, double sumSeconds) {
        /** How many there were. */
        public long count() {
            long count = 0;
            for (long one : counts) {
                count += one;
            }
            return count;
        }

        /**
         * Within this time so large a share of them began; told as if each bucket were filled evenly.
         *
         * @param share from 0 to 1
         * @return -1 if there were none; the last end if it lies beyond that
         */
        public double percentileSeconds(double share) {
            double wanted = share * count();
            double before = 0;
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] > 0 && before + counts[i] >= wanted) {
                    double from = i == 0 ? 0 : boundSeconds[i - 1];
                    double to = i == BOUND_MICROS.length ? from : boundSeconds[i];
                    return from + (to - from) * Math.max(0, wanted - before) / counts[i];
                }
                before += counts[i];
            }
            return -1;
        }
    }

    /** Something began so long after it was due. */
    public void record(long nanos) {
        int bucket = 0;
        while (bucket < BOUND_MICROS.length && nanos > BOUND_MICROS[bucket] * 1_000) {
            bucket++;
        }
        counts.incrementAndGet(bucket);
        sumNanos.add(Math.max(0, nanos));
    }

    public Snapshot snapshot() {
        double[] bounds = new double[BOUND_MICROS.length + 1];
        long[] copy = new long[bounds.length];
        for (int i = 0; i < bounds.length; i++) {
            bounds[i] = i == BOUND_MICROS.length
                    ? Double.POSITIVE_INFINITY
                    : BOUND_MICROS[i] / (double) TimeUnit.SECONDS.toMicros(1);
            copy[i] = counts.get(i);
        }
        return new Snapshot(bounds, copy, sumNanos.sum() / NANOS_PER_SECOND);
    }
}
