package dev.orrery.world;

import dev.orrery.rules.Settings;
import java.util.List;

/**
 * What can be seen of a world from outside, as of a tick. Immutable.
 *
 * @param players who are in it
 * @param away of those, who have lost their connection
 * @param stateBytes the fields of all actors, four bytes each, and the names of players
 * @param settings in force
 * @param announced settings that will hold from later ticks on, in their order
 */
public record Readings(
        long tick,
        int players,
        int away,
        int actors,
        int stateBytes,
        Settings settings,
        List<Entry.Retuned> announced) {

    /** The settings that will hold when everything announced has come about. */
    public Settings newestSettings() {
        return announced.isEmpty() ? settings : announced.getLast().settings();
    }
}
