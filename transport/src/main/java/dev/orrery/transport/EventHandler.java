package dev.orrery.transport;

/** Serves one kind of event. Called on the connection's thread: must not block. */
@FunctionalInterface
public interface EventHandler {
    /** @param ack answers the event; does nothing if the client asked for no answer */
    void handle(Arguments arguments, Ack ack);
}
