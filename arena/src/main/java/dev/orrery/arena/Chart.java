package dev.orrery.arena;

import dev.orrery.arena.rules.Harbour;
import dev.orrery.wire.JsonWriter;

/** The harbour as clients that do not run the rules are told of it. */
final class Chart {
    private Chart() {}

    /** {@code {width, height, rocks: [{x, y, radius}], walls: [{x, y, width, height}], gates: [{x, y, radius}]}} */
    static void describe(Harbour harbour, JsonWriter out) {
        out.beginObject().name("width").value(Harbour.SIZE).name("height").value(Harbour.SIZE);
        out.name("rocks").beginArray();
        for (Harbour.Rock rock : harbour.rocks) {
            out.beginObject().name("x").value(rock.x()).name("y").value(rock.y());
            out.name("radius").value(rock.radius()).endObject();
        }
        out.endArray().name("walls").beginArray();
        for (Harbour.Wall wall : harbour.walls) {
            out.beginObject().name("x").value(wall.left()).name("y").value(wall.top());
            out.name("width").value(wall.right() - wall.left());
            out.name("height").value(wall.bottom() - wall.top()).endObject();
        }
        out.endArray().name("gates").beginArray();
        for (Harbour.Gate gate : harbour.gates) {
            out.beginObject().name("x").value(gate.x()).name("y").value(gate.y());
            out.name("radius").value(gate.radius()).endObject();
        }
        out.endArray().endObject();
    }
}
