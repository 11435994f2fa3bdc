package dev.orrery.server;

import java.util.Arrays;
import java.util.List;

/** How far away clients are, by their newest pongs. */
final class Latency {
    static final double UNKNOWN = -1;

    private static final double NANOS_PER_MILLISECOND = 1e6;

    private Latency() {}

    /** The median; {@link #UNKNOWN} if no pong has come yet. */
    static double medianMillis(List<Session.Connection> connections) {
        long[] known = connections.stream()
                .mapToLong(Session.Connection::roundTripNanos)
                .filter(nanos -> nanos >= 0)
                .toArray();
        Arrays.sort(known);
        return known.length == 0 ? UNKNOWN : known[known.length / 2] / NANOS_PER_MILLISECOND;
    }
}
