package dev.orrery.transport;

import dev.orrery.wire.Json;
import java.util.List;

/**
 * Serves one socket. All methods run on the connection's thread and must not block; one that throws closes the
 * connection and nothing else.
 *
 * @param <F> what is published to the namespace's sockets
 */
public interface SocketListener<F> {
    /**
     * An event of the client.
     *
     * @param ack answers it; does nothing if the client asked for no answer
     */
    void event(String name, List<Json> arguments, Ack ack);

    /** The newest value published to the namespace. Values in between may have been left out. */
    void published(F value);

    /** The socket has left the namespace. Called once; nothing is called after it. */
    void closed(CloseReason reason);
}
