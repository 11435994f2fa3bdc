package dev.orrery.transport;

import dev.orrery.wire.WireException;

/**
 * Serves one Engine.IO session. All methods run on the session's thread and must not block; one that throws closes the session
 * and nothing else.
 */
public interface EngineListener {
    /**
     * A message of text.
     *
     * @throws WireException if no correct client sends it; the session is closed
     */
    void text(String message) throws WireException;

    /**
     * A message of bytes, which are the listener's from now on.
     *
     * @throws WireException if no correct client sends it; the session is closed
     */
    void binary(byte[] message) throws WireException;

    /** The session has ended. Called once; nothing is called after it. */
    void closed(CloseReason reason);
}
