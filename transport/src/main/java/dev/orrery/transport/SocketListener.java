package dev.orrery.transport;

import dev.orrery.wire.WireException;

/**
 * Serves all events of one socket, for those who do not want a handler for each. All methods run on the connection's thread and
 * must not block; one that throws closes the connection and nothing else.
 */
public interface SocketListener {
    /**
     * An event of the client.
     *
     * @param ack answers it; does nothing if the client asked for no answer
     */
    void event(String name, Arguments arguments, Ack ack);

    /**
     * A message of bytes of a client that speaks Orrery's parser, see {@link Socket#isFramed}.
     *
     * @throws WireException if no correct client sends it: the connection is closed
     */
    default void binary(byte[] message) throws WireException {
        throw new WireException(WireException.Reason.UNEXPECTED_BINARY);
    }

    /** The socket has left the namespace, or could not enter it after all. Called once; nothing is called after it. */
    void closed(CloseReason reason);
}
