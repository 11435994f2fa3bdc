package dev.orrery.bench;

import java.util.List;

/**
 * How much {@code bench transport} measures.
 *
 * @param connections sizes of the load, one measurement each
 * @param preframed whether the floor that writes WebSocket's header once is measured too
 * @param rounds windows of each server at each size
 * @param warmRounds how often a new server is loaded before its first window
 * @param warmSeconds and for how long
 * @param settleSeconds load before each other window
 * @param windowSeconds length of a window
 * @param idleConnections sessions whose memory is measured
 * @param broadcastFrames frames whose allocations are measured
 */
record TransportPlan(
        List<Integer> connections,
        boolean preframed,
        int rounds,
        int warmRounds,
        double warmSeconds,
        double settleSeconds,
        double windowSeconds,
        int idleConnections,
        long broadcastFrames) {
    static final TransportPlan DEFAULT =
            new TransportPlan(List.of(1_000, 3_000, 5_000), false, 5, 1, 10, 1.5, 8, 5_000, 1_000_000);

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
                warmRounds,
                warmSeconds,
                settleSeconds,
                windowSeconds,
                idleConnections,
                broadcastFrames);
    }

    TransportPlan withWarmth(int newWarmRounds, double newWarmSeconds, double newSettleSeconds) {
        return new TransportPlan(
                connections,
                preframed,
                rounds,
                newWarmRounds,
                newWarmSeconds,
                newSettleSeconds,
                windowSeconds,
                idleConnections,
                broadcastFrames);
    }
}
