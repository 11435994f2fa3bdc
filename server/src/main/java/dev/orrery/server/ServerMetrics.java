package dev.orrery.server;

/**
 * The six readings of load, of an instance or of a node.
 *
 * @param connections clients that are connected
 * @param messageRate messages from clients a second
 * @param stateSize bytes of the world's state, see {@link dev.orrery.world.Readings#stateBytes}
 * @param cpu of an instance: share of one core that its ticks take; of a node: share of all cores that the process takes
 * @param memory bytes; of an instance: an estimate from its state and its players; of a node: heap in use
 * @param networkLatency milliseconds, the median of the clients' newest pongs; negative if none is known
 */
public record ServerMetrics(
        int connections, double messageRate, long stateSize, double cpu, long memory, double networkLatency) {

    /**
     * The load formula: the tightest of its bounds, 1 being full.
     *
     * <pre>currentLoad = max(connections/maxPlayers, messageRate/maxMessageRate, stateSize/maxStateSize, cpu/cpuThreshold)</pre>
     *
     * @param maxPlayers seats
     */
    public double load(int maxPlayers, LoadLimits limits) {
        double byPlayers = connections / (double) maxPlayers;
        double byMessages = messageRate / limits.maxMessageRate();
        double byState = stateSize / (double) limits.maxStateSize();
        double byCpu = cpu / limits.cpuThreshold();
        return Math.max(Math.max(byPlayers, byMessages), Math.max(byState, byCpu));
    }

    /**
     * What counts as full.
     *
     * @param maxMessageRate messages a second
     * @param maxStateSize bytes
     * @param cpuThreshold share of a core
     */
    public record LoadLimits(double maxMessageRate, long maxStateSize, double cpuThreshold) {
        /** 100 players at 20 messages a second; a megabyte of state; most of a core. */
        public static final LoadLimits DEFAULT = new LoadLimits(2_000, 1_048_576, 0.8);

        public LoadLimits {
            if (!(maxMessageRate > 0 && maxStateSize > 0 && cpuThreshold > 0)) {
                throw new IllegalArgumentException("what counts as full must be more than nothing");
            }
        }
    }
}
