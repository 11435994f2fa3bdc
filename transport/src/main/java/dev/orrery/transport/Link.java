package dev.orrery.transport;

/** How a session's packets get to the client. Owned by the session's thread. */
sealed interface Link permits PollingLink, WebSocketLink {
    /** Whether packets would leave at once. */
    boolean isReady();

    /** Bytes that were taken but have not left. */
    long waitingBytes();

    /** Takes what can leave now, in order, and leaves the rest. */
    void drain(Outbox outbox);

    /**
     * Ends the connection; the client is told why if it still listens. Nothing is called after it.
     *
     * @param last what still waits; goes first if the reason is an orderly one
     */
    void close(CloseReason reason, Outbox last);
}
