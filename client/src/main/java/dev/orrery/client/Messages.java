package dev.orrery.client;

import dev.orrery.rules.Settings;
import dev.orrery.wire.CellGrid;
import dev.orrery.wire.Json;
import dev.orrery.wire.JsonWriter;

/** Parts of what a server says, and what is said to it, as JSON: docs/PROTOCOL.md lists them. */
public final class Messages {
    private Messages() {}

    /**
     * As {@code welcome} and {@code settings} have them.
     *
     * @throws IllegalArgumentException if they are none
     */
    public static Settings settings(Json json) {
        return new Settings(
                (int) json.get("tickRate").number(0),
                json.get("movementSpeed").number(0),
                (int) json.get("broadcastFrames").number(0),
                json.get("smoothing").number(0),
                (int) json.get("maxPlayers").number(0),
                (int) json.get("reconnectAttempts").number(0));
    }

    /** As {@code welcome} has it. */
    public static CellGrid grid(Json json) {
        return new CellGrid(
                (int) json.get("columns").number(1),
                (int) json.get("rows").number(1),
                json.get("size").number(1));
    }

    /** What asks for a seat. */
    static String join(String game, String player) {
        return new JsonWriter()
                .beginObject()
                .name("game")
                .value(game)
                .name("name")
                .value(player)
                .endObject()
                .toString();
    }

    /** What a divergence is reported with. */
    static String divergence(Divergence found) {
        JsonWriter out = new JsonWriter().beginObject();
        out.name("tick").value(found.tick());
        out.name("actor").value(found.actor());
        out.name("kind").value(found.kind());
        out.name("field").value(found.field());
        out.name("predicted").value(found.predicted());
        out.name("actual").value(found.actual());
        return out.endObject().toString();
    }
}
