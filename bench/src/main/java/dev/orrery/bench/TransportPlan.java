package dev.orrery.bench;

import java.util.List;

/**
 * How much {@code bench transport} measures.
 *
 * @param connections sizes of the load, one measurement each
 * @param preframed whether the floor that writes WebSocket's header once is measured too
 * @param rounds windows of each server at each size
 * @param warmSeconds load before a new server's first window
 * @param settleSeconds load before each other window
 * @param windowSeconds length of a window
 * @param idleConnections sessions whose memory is measured
 * @param broadcastFrames frames whose allocations are measured
 */
record TransportPlan(
        List<Integer> connections,
        boolean preframed,
        int rounds,
        double warmSeconds,
        double settleSeconds,
        double windowSeconds,
        int idleConnections,
        long broadcastFrames) {
    static final TransportPlan DEFAULT =
            new TransportPlan(List.of(1_000, 3_000, 5_000), false, 5, 10, 1.5, 8, 5_000, 1_000_000);

    TransportPlan {
        connections = List.copyOf(connections);
    }

    List<ServerProcess.Kind> racers() {
        return preframed
                ? List.of(ServerProcess.Kind.PLAIN, ServerProcess.Kind.PREFRAMED, ServerProcess.Kind.ORRERY)
                : List.of(ServerProcess.Kind.PLAIN, ServerProcess.Kind.ORRERY);
    }

    TransportPlan withLoad(List<Integer> newConnections, boolean newPreframed, int newRounds) {
        return new TransportPlan(
                newConnections,
                newPreframed,
                newRounds,
                warmSeconds,
                settleSeconds,
                windowSeconds,
                idleConnections,
                broadcastFrames);
    }

    TransportPlan withWarmth(double newWarmSeconds, double newSettleSeconds) {
        return new TransportPlan(
                connections,
                preframed,
                rounds,
                newWarmSeconds,
                newSettleSeconds,
                windowSeconds,
                idleConnections,
                broadcastFrames);
    }
}
