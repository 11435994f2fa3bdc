package dev.orrery.transport;

import dev.orrery.wire.JsonWriter;
import java.util.function.Consumer;

/** Answers one event. Owned by the connection's thread. */
@FunctionalInterface
public interface Ack {
    Ack NONE = arguments -> {};

    /** Sends the answer; the arguments are the values that are written. Only the first call counts. */
    void reply(Consumer<JsonWriter> arguments);
}
