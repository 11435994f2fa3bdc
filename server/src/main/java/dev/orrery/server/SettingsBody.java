package dev.orrery.server;

import dev.orrery.rules.Settings;
import dev.orrery.wire.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads changes of settings: {@code {…some of the six…}}. */
final class SettingsBody {
    static final List<String> MEMBERS =
            List.of("tickRate", "movementSpeed", "broadcastFrames", "smoothing", "maxPlayers", "reconnectAttempts");

    private SettingsBody() {}

    /**
     * What is to be changed; every member within its bounds.
     *
     * @throws RejectedException naming the member, and its bounds if it is outside of them
     */
    static SettingsPatch read(Body body) throws RejectedException {
        SettingsPatch patch = new SettingsPatch(
                whole(body, "tickRate"),
                number(body, "movementSpeed"),
                whole(body, "broadcastFrames"),
                number(body, "smoothing"),
                whole(body, "maxPlayers"),
                whole(body, "reconnectAttempts"));
        if (patch.equals(SettingsPatch.NONE)) {
            throw RejectedException.badRequest(
                    "Name at least one setting to change: " + String.join(", ", MEMBERS) + ".");
        }
        try {
            patch.apply(Settings.DEFAULT); // each has its own bounds, so they may be tried on any others
        } catch (IllegalArgumentException e) {
            throw RejectedException.badRequest(e.getMessage() + ".");
        }
        return patch;
    }

    private static @Nullable Integer whole(Body body, String name) throws RejectedException {
        Double number = number(body, name);
        if (number == null) {
            return null;
        }
        if (number != Math.rint(number)) {
            throw RejectedException.badRequest(name + " must be a whole number.");
        }
        return (int) (double) number; // beyond an int it becomes the greatest or least, which no setting may be
    }

    private static @Nullable Double number(Body body, String name) throws RejectedException {
        if (!body.has(name)) {
            return null;
        }
        if (!(body.get(name) instanceof Json.Num(double value))) {
            throw RejectedException.badRequest(name + " must be a number.");
        }
        return value;
    }
}
