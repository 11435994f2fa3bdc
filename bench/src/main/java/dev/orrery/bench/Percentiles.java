package dev.orrery.bench;

import dev.orrery.wire.Json;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;

/** Of a series of durations. */
final class Percentiles {
    private static final double NANOS_PER_MILLISECOND = 1e6;

    private final long[] sorted;

    /** @param nanos at least one */
    Percentiles(long[] nanos) {
        sorted = nanos.clone();
        Arrays.sort(sorted);
    }

    /** Milliseconds that a share of the series does not exceed. */
    double millis(double share) {
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.clamp(index, 0, sorted.length - 1)] / NANOS_PER_MILLISECOND;
    }

    int count() {
        return sorted.length;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "p50 %.3f  p99 %.3f  p99.9 %.3f  max %.3f ms of %,d",
                millis(0.5),
                millis(0.99),
                millis(0.999),
                millis(1),
                sorted.length);
    }

    Json json() {
        return new Json.Obj(Map.of(
                "p50Millis", new Json.Num(millis(0.5)),
                "p99Millis", new Json.Num(millis(0.99)),
                "p999Millis", new Json.Num(millis(0.999)),
                "maxMillis", new Json.Num(millis(1)),
                "count", new Json.Num(sorted.length)));
    }
}
