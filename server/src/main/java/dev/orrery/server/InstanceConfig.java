package dev.orrery.server;

/**
 * How the instances of a node come and go.
 *
 * @param max how many there may be at once
 * @param graceMillis how long the actor of a player whose connection is lost waits for them
 * @param hibernateAfterMillis an instance that nobody has been in for so long stops ticking until somebody comes
 * @param closeAfterMillis one that nobody has been in for so long is closed, if another takes players
 * @param drainMillis how long players have to leave a draining instance, unless said otherwise
 * @param hangAfterMillis a tick that has not ended after so long never will: its instance is closed, and its thread left to it
 * @param loadLimits what counts as full
 */
public record InstanceConfig(
        int max,
        int graceMillis,
        int hibernateAfterMillis,
        int closeAfterMillis,
        int drainMillis,
        int hangAfterMillis,
        ServerMetrics.LoadLimits loadLimits) {

    public static final InstanceConfig DEFAULT =
            new InstanceConfig(100, 30_000, 10_000, 60_000, 30_000, 10_000, ServerMetrics.LoadLimits.DEFAULT);

    public InstanceConfig {
        require(max >= 1 && max <= 100_000, "max must lie between 1 and 100000");
        require(graceMillis >= 0 && graceMillis <= 3_600_000, "grace must lie between 0 and an hour");
        require(hibernateAfterMillis >= 0, "hibernate-after cannot be negative");
        require(closeAfterMillis >= hibernateAfterMillis, "close-after cannot come before hibernate-after");
        require(drainMillis >= 0 && drainMillis <= 86_400_000, "drain must lie between 0 and a day");
        require(
                hangAfterMillis >= 100 && hangAfterMillis <= 3_600_000,
                "hang-after must lie between 100 ms and an hour");
    }

    private static void require(boolean holds, String reason) {
        if (!holds) {
            throw new IllegalArgumentException(reason);
        }
    }
}
