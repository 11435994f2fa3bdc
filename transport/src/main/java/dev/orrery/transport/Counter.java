package dev.orrery.transport;

/** What the transport counts. */
public enum Counter {
    SESSIONS_OPENED("Engine.IO sessions opened"),
    SESSIONS_CLOSED("Engine.IO sessions closed"),
    HANDSHAKES_REFUSED("requests to /socket.io/ that could not become a session"),
    SOCKETS_CONNECTED("CONNECTs accepted by a namespace"),
    SOCKETS_REFUSED("CONNECTs refused by a namespace"),
    UNKNOWN_NAMESPACE("CONNECTs to a namespace that does not exist"),
    EVENTS_RECEIVED("events received"),
    PROTOCOL_ERRORS("connections closed for a packet that no correct client sends"),
    PING_TIMEOUTS("sessions closed because no pong came in time"),
    CONNECT_TIMEOUTS("sessions closed because they entered no namespace in time"),
    LISTENER_FAILURES("exceptions thrown by a listener; its connection was closed"),
    FRAMES_REPLACED("published values that gave way to newer ones before a connection thread got to them"),
    HTTP_REQUESTS("HTTP requests answered");

    private final String meaning;

    Counter(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
