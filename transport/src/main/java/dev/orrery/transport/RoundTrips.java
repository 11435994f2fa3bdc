package dev.orrery.transport;

/**
 * How long the pings of one session take. Owned by the connection's thread, but for what says otherwise. A pong that nobody
 * asked for says nothing.
 */
final class RoundTrips {
    private boolean pingIsOut;
    private long pingedAtNanos;
    private long answeredPingAtNanos;
    private volatile long newestNanos = EngineSession.UNKNOWN;

    /** @param nowNanos beginning of the session */
    RoundTrips(long nowNanos) {
        answeredPingAtNanos = nowNanos;
    }

    void pinged(long nowNanos) {
        pingIsOut = true;
        pingedAtNanos = nowNanos;
    }

    void ponged(long nowNanos) {
        if (pingIsOut) {
            pingIsOut = false;
            answeredPingAtNanos = pingedAtNanos;
            newestNanos = nowNanos - pingedAtNanos;
        }
    }

    /** When the newest ping that was answered was sent; the beginning of the session if there was none. */
    long answeredPingAtNanos() {
        return answeredPingAtNanos;
    }

    /** How long the newest pong took; {@link EngineSession#UNKNOWN} before the first. May be asked by any thread. */
    long newestNanos() {
        return newestNanos;
    }
}
