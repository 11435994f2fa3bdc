package dev.orrery.transport;

/** What the transport counts. */
public enum Counter {
    CONNECTIONS_REFUSED("connections closed at once: too many of the port or of their address"),
    REQUEST_TIMEOUTS("connections closed because no whole request came in time"),
    REQUESTS_MALFORMED("requests that were not HTTP/1.1 within the limits"),
    PIPELINES_REFUSED("connections closed for requests piled up behind one that waits, or behind answers not fetched"),
    BODIES_TOO_LARGE("requests whose body was over the limit"),
    ORIGINS_REFUSED("requests of pages whose origin is not allowed"),
    HTTP_REQUESTS("HTTP requests answered"),
    HANDSHAKES_REFUSED("requests to an Engine.IO path that were refused"),
    SESSIONS_REFUSED("sessions refused: too many of their address, or too fast"),
    SESSIONS_OPENED("Engine.IO sessions opened"),
    SESSIONS_CLOSED("Engine.IO sessions closed"),
    UPGRADES("sessions that went from polling to WebSocket"),
    SOCKETS_CONNECTED("CONNECTs accepted by a namespace"),
    SOCKETS_REFUSED("CONNECTs refused by a namespace"),
    UNKNOWN_NAMESPACE("CONNECTs to a namespace that does not exist"),
    EVENTS_RECEIVED("events received"),
    PROTOCOL_ERRORS("sessions closed for a packet that no correct client sends"),
    FRAMES_MALFORMED("connections closed for a WebSocket frame that no correct client sends"),
    MESSAGES_TOO_LARGE("sessions closed for a message over the limit"),
    FRAGMENTS_EXCEEDED("connections closed for a message in too many fragments"),
    CONTROL_FRAMES_EXCEEDED("connections closed for WebSocket pings and pongs above their rate"),
    MESSAGE_RATES_EXCEEDED("sessions closed for messages or bytes above their rate"),
    PING_TIMEOUTS("sessions closed because no pong came in time"),
    CONNECT_TIMEOUTS("sessions closed because they entered no namespace in time"),
    LISTENER_FAILURES("exceptions thrown by a listener; its connection was closed"),
    FLUSHES_FAILED("sessions closed because writing to them failed in the server itself"),
    VOLATILE_DROPPED("volatile packets dropped because a client was not ready"),
    QUEUES_OVERFLOWED("sessions closed because what waited for them grew over the limit"),
    FRAMES_REPLACED("published values that gave way to newer ones before a connection thread got to them"),
    CERTIFICATES_LOADED("changed certificates taken"),
    CERTIFICATES_REFUSED("changed certificates that could not be used; the old one stays");

    private final String meaning;

    Counter(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
