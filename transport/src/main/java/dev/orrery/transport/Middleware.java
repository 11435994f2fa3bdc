package dev.orrery.transport;

import dev.orrery.wire.Json;

/**
 * Decides, before anything else is possible in a namespace, whether a client enters it. Called on the connection's thread: must not
 * block, but may decide later, from any thread. Until the last middleware has accepted, nothing reaches the socket and nothing it
 * sends is executed.
 */
@FunctionalInterface
public interface Middleware {
    /**
     * @param auth the CONNECT payload, an object or {@link Json#NULL}
     * @param next takes the decision
     */
    void check(Socket socket, Json auth, Next next);

    /** Takes a decision; only the first counts. May be called by any thread. */
    interface Next {
        void accept();

        /**
         * @param code machine-readable, lower case with hyphens, in {@code err.data.code}; empty for none
         * @param sentence for the person or developer in front of the client, in {@code err.message}
         */
        void refuse(String code, String sentence);

        default void refuse(String sentence) {
            refuse("", sentence);
        }
    }
}
