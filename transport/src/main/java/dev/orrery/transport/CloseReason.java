package dev.orrery.transport;

/** Why a socket has left its namespace, or a session has ended. */
public enum CloseReason {
    CLIENT_LEFT(1000, "the client left"),
    SERVER_LEFT(1000, "the server took the socket out"),
    REFUSED(1000, "the namespace refused the socket"),
    TRANSPORT_CLOSED(1000, "the connection was closed or broke"),
    PING_TIMEOUT(1000, "no pong came in time"),
    CONNECT_TIMEOUT(1000, "no namespace was entered in time"),
    SERVER_CLOSING(1001, "the server closes"),
    PROTOCOL_ERROR(1002, "a packet that no correct client sends"),
    BAD_TEXT(1007, "text that is not UTF-8"),
    TOO_LARGE(1009, "a message larger than allowed"),
    RATE_EXCEEDED(1008, "more messages, bytes or control frames than allowed"),
    LISTENER_FAILED(1011, "the server failed to handle a message; its log says why"),
    TOO_SLOW(1013, "what waited for the client grew over the limit: it reads too slowly");

    private final int status;
    private final String sentence;

    CloseReason(int status, String sentence) {
        this.status = status;
        this.sentence = sentence;
    }

    /** Whether the server ends it of its own accord: what it said before still goes out. */
    boolean isOrderly() {
        return this == SERVER_LEFT || this == SERVER_CLOSING;
    }

    /** The status of WebSocket's close frame. */
    int status() {
        return status;
    }

    public String sentence() {
        return sentence;
    }
}
