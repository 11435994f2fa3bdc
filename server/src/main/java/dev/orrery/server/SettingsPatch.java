package dev.orrery.server;

import dev.orrery.rules.Settings;
import org.jspecify.annotations.Nullable;

/** Some settings to be changed; what is null stays as it is. */
public record SettingsPatch(
        @Nullable Integer tickRate,
        @Nullable Double movementSpeed,
        @Nullable Integer broadcastFrames,
        @Nullable Double smoothing,
        @Nullable Integer maxPlayers,
        @Nullable Integer reconnectAttempts) {

    /** Changes nothing. */
    public static final SettingsPatch NONE = new SettingsPatch(null, null, null, null, null, null);

    /**
     * The settings with the changes.
     *
     * @throws IllegalArgumentException in a sentence, if one is out of its bounds
     */
    public Settings apply(Settings to) {
        return new Settings(
                tickRate == null ? to.tickRate() : tickRate,
                movementSpeed == null ? to.movementSpeed() : movementSpeed,
                broadcastFrames == null ? to.broadcastFrames() : broadcastFrames,
                smoothing == null ? to.smoothing() : smoothing,
                maxPlayers == null ? to.maxPlayers() : maxPlayers,
                reconnectAttempts == null ? to.reconnectAttempts() : reconnectAttempts);
    }
}
