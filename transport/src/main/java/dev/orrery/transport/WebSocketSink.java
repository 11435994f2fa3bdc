package dev.orrery.transport;

/** Takes what comes over one WebSocket, whole messages. All methods run on the channel's thread. */
interface WebSocketSink {
    void text(String message);

    void binary(byte[] message);

    /** Something came that ends the connection. The sink closes the link. */
    void refused(CloseReason reason);

    /** The peer has closed, or the connection broke. */
    void closed();

    /** What waited has left. */
    void writable();
}
