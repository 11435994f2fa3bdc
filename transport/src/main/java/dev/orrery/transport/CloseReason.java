package dev.orrery.transport;

/** Why a socket has left its namespace. */
public enum CloseReason {
    /** The client sent DISCONNECT. */
    CLIENT_LEFT,
    /** The server sent DISCONNECT. */
    SERVER_LEFT,
    /** The connection was closed or broke. */
    TRANSPORT_CLOSED,
    /** No pong came in time. */
    PING_TIMEOUT,
    /** The session entered no namespace in time. */
    CONNECT_TIMEOUT,
    /** The client sent something that no correct client sends. */
    PROTOCOL_ERROR
}
