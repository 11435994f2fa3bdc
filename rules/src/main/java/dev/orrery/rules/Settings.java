package dev.orrery.rules;

/**
 * The server-controlled settings of an instance. A change holds from one tick on; every replica steps that tick with it.
 *
 * @param tickRate length of a tick, milliseconds
 * @param movementSpeed speed of a plain mover, px per client frame at 60 frames a second
 * @param broadcastFrames client frames between two sends of a client
 * @param smoothing time in which a client glides to a new position, seconds
 * @param maxPlayers seats of an instance
 * @param reconnectAttempts how often a client tries again before it gives up
 */
public record Settings(
        int tickRate,
        double movementSpeed,
        int broadcastFrames,
        double smoothing,
        int maxPlayers,
        int reconnectAttempts) {

    /** Client frames a second that {@link #movementSpeed} is stated for. */
    private static final double CLIENT_FRAMES_PER_MILLISECOND = 60.0 / 1000.0;

    public static final Settings DEFAULT = new Settings(100, 3.75, 5, 0.1, 100, 5);

    public Settings {
        require(tickRate >= 10 && tickRate <= 1000, "tickRate must lie between 10 and 1000 ms");
        require(movementSpeed >= 0 && movementSpeed <= 100, "movementSpeed must lie between 0 and 100 px per frame");
        require(broadcastFrames >= 1 && broadcastFrames <= 60, "broadcastFrames must lie between 1 and 60");
        require(smoothing >= 0 && smoothing <= 5, "smoothing must lie between 0 and 5 s");
        require(maxPlayers >= 1 && maxPlayers <= 10_000, "maxPlayers must lie between 1 and 10000");
        require(reconnectAttempts >= 0 && reconnectAttempts <= 1000, "reconnectAttempts must lie between 0 and 1000");
    }

    /** How far a plain mover gets in one tick, px: 22.5 with the default settings. */
    public double pixelsPerTick() {
        return movementSpeed * CLIENT_FRAMES_PER_MILLISECOND * tickRate;
    }

    private static void require(boolean holds, String reason) {
        if (!holds) {
            throw new IllegalArgumentException(reason);
        }
    }
}
