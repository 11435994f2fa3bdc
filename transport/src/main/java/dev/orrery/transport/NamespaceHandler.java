package dev.orrery.transport;

import dev.orrery.wire.Json;

/**
 * Decides who enters a namespace.
 *
 * @param <F> what is published to the namespace's sockets
 */
@FunctionalInterface
public interface NamespaceHandler<F> {
    /**
     * Called for each CONNECT, on the connection's thread; must not block. Until it returns the socket is in no
     * namespace: nothing reaches it and nothing it sends is executed.
     *
     * @param auth the CONNECT payload, an object or {@link Json#NULL}
     * @return who serves this socket from now on
     * @throws RefusedException if the client may not enter; it is told the code and the sentence
     */
    SocketListener<F> connect(Socket socket, Json auth) throws RefusedException;
}
