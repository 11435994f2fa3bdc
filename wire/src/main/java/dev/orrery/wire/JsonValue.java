package dev.orrery.wire;

/** What can be written as JSON. */
@FunctionalInterface
public interface JsonValue {
    /** Writes exactly one value. */
    void write(JsonWriter out);
}
