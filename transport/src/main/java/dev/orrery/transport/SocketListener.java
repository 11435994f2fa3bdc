package dev.orrery.transport;

/**
 * Serves all events of one socket, for those who do not want a handler for each. Both methods run on the connection's thread and
 * must not block; one that throws closes the connection and nothing else.
 */
public interface SocketListener {
    /**
     * An event of the client.
     *
     * @param ack answers it; does nothing if the client asked for no answer
     */
    void event(String name, Arguments arguments, Ack ack);

    /** The socket has left the namespace, or could not enter it after all. Called once; nothing is called after it. */
    void closed(CloseReason reason);
}
