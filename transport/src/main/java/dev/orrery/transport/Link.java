package dev.orrery.transport;

/** How a session's packets get to the client. Owned by the session's thread. */
sealed interface Link permits PollingLink, WebSocketLink {
    /** Whether packets would leave at once. */
    boolean isReady();

    /** Takes what can leave now, in order, and leaves the rest. */
    void drain(Outbox outbox);

    /** Ends the connection; the client is told why if it still listens. Nothing is called after it. */
    void close(CloseReason reason);
}
