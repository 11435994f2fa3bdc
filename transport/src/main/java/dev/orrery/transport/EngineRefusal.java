package dev.orrery.transport;

/** Why a request to an Engine.IO path is refused; codes and first sentences are those of the reference server. */
enum EngineRefusal {
    UNKNOWN_TRANSPORT(400, 0, "Transport unknown: the query must say transport=polling or transport=websocket."),
    UNKNOWN_SESSION(400, 1, "Session ID unknown."),
    BAD_METHOD(400, 2, "Bad handshake method: a session begins with GET."),
    BAD_REQUEST(
            400,
            3,
            "Bad request: the transport is websocket, but the request asks for no upgrade, or the other way round."),
    UNSUPPORTED_PROTOCOL(
            400, 5, "Unsupported protocol version: the query must say EIO=4 (socket.io-client 3 or newer)."),
    BAD_UPGRADE(400, 3, "Bad request: an upgrade needs Connection: Upgrade and a Sec-WebSocket-Key of 16 bytes."),
    UNSUPPORTED_WEBSOCKET(426, 3, "Bad request: the version of WebSocket must be 13."),
    OVERLAPPING(400, 3, "Bad request: another GET of this session is waiting."),
    UPGRADED(400, 3, "Bad request: this session has gone over to websocket."),
    MALFORMED(400, 3, "Bad request: the body holds a packet that no correct client sends."),
    TOO_MANY(429, 4, "Forbidden: too many sessions from this address, or too fast. Try again in a few seconds.");

    private final int status;
    private final int code;
    private final String message;

    EngineRefusal(int status, int code, String message) {
        this.status = status;
        this.code = code;
        this.message = message;
    }

    HttpHandler.Reply reply() {
        return HttpHandler.Reply.json(status, "{\"code\":" + code + ",\"message\":\"" + message + "\"}");
    }
}
