package dev.orrery.world;

import dev.orrery.rules.Settings;

/**
 * Settings within records.
 *
 * <pre>
 *   number tickRate | real movementSpeed | number broadcastFrames | real smoothing | number maxPlayers | number reconnectAttempts
 * </pre>
 */
final class SettingsCodec {
    private SettingsCodec() {}

    static void write(Settings settings, ByteWriter out) {
        out.number(settings.tickRate());
        out.real(settings.movementSpeed());
        out.number(settings.broadcastFrames());
        out.real(settings.smoothing());
        out.number(settings.maxPlayers());
        out.number(settings.reconnectAttempts());
    }

    static Settings read(ByteReader in) throws RecordException {
        try {
            return new Settings(in.number(), in.real(), in.number(), in.real(), in.number(), in.number());
        } catch (IllegalArgumentException e) {
            throw RecordException.Reason.BAD_VALUE.exception();
        }
    }
}
