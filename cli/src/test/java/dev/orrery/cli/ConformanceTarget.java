package dev.orrery.cli;

import java.io.IOException;

/**
 * The running server that a conformance test talks to.
 *
 * @param host IPv4 address, so that a client can choose from which address of the loopback it comes
 * @param pingIntervalMillis as the server was started with
 * @param pingTimeoutMillis as the server was started with
 */
record ConformanceTarget(String host, int port, long pingIntervalMillis, long pingTimeoutMillis) {
    static final String ENGINE = "/engine.io/";
    static final String SOCKET = "/socket.io/";

    /**
     * How long a test waits for what must come at once. Shorter than the slow pings, so that nothing passes because a
     * session timed out.
     */
    static final long PATIENCE_MILLIS = 10_000;

    private static final int SETTLE_ROUNDS = 3;

    /** Both: when a session without pongs is gone. */
    long lifeMillis() {
        return pingIntervalMillis + pingTimeoutMillis;
    }

    /**
     * Asks for refusals on other connections, so that bytes written before have very likely been processed when this
     * returns. No test may be wrong when they have not.
     */
    void settle() throws IOException {
        for (int i = 0; i < SETTLE_ROUNDS; i++) {
            try (RawHttp http = new RawHttp(this)) {
                http.exchange("GET", ENGINE, "");
            }
        }
    }

    @Override
    public String toString() {
        return "ping " + pingIntervalMillis + "/" + pingTimeoutMillis + " ms";
    }
}
