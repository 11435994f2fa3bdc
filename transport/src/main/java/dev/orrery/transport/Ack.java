package dev.orrery.transport;

import org.jspecify.annotations.Nullable;

/** Answers one event. May be called by any thread. */
@FunctionalInterface
public interface Ack {
    /** Of an event that asks for no answer. */
    Ack NONE = values -> {};

    /** Sends the answer. Only the first call counts. */
    void reply(@Nullable Object... values);
}
