package dev.orrery.cli;

import java.io.IOException;

/** The protocol echo server of {@code conformance}. This one is only its shape: another branch brings the server. */
final class ConformanceServer implements AutoCloseable {
    private ConformanceServer() {}

    static ConformanceServer start(int port, long pingIntervalMillis, long pingTimeoutMillis, boolean secure)
            throws IOException {
        throw new UnsupportedOperationException("the conformance server has not landed yet");
    }

    int port() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
