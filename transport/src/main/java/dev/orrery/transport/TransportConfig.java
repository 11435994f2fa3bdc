package dev.orrery.transport;

/**
 * How a node listens, and every limit of its connections.
 *
 * @param host address to listen on
 * @param port to listen on; 0 takes a free one
 * @param threads event loops
 * @param pingIntervalMillis pause between a pong and the next ping
 * @param pingTimeoutMillis how long a pong may take before the session is gone
 * @param connectTimeoutMillis how long a new session may take to enter a namespace
 * @param maxPayloadBytes largest message taken from a client, after inflation and joining of fragments
 * @param maxBodyBytes largest body of an HTTP request
 * @param maxHeaderBytes all headers of an HTTP request
 * @param maxNamespaces namespaces that one session may be in
 * @param maxPendingBytes bytes waiting to be written above which a connection counts as not writable
 */
public record TransportConfig(
        String host,
        int port,
        int threads,
        long pingIntervalMillis,
        long pingTimeoutMillis,
        long connectTimeoutMillis,
        int maxPayloadBytes,
        int maxBodyBytes,
        int maxHeaderBytes,
        int maxNamespaces,
        int maxPendingBytes) {

    public static final TransportConfig DEFAULT =
            new TransportConfig("127.0.0.1", 8080, 2, 10_000, 8_000, 5_000, 65_536, 8_192, 16_384, 8, 65_536);

    public TransportConfig {
        require(port >= 0 && port <= 65_535, "port must lie between 0 and 65535");
        require(threads >= 1, "there must be at least one event loop");
        require(pingIntervalMillis > 0 && pingTimeoutMillis > 0, "ping interval and timeout must be positive");
        require(connectTimeoutMillis > 0, "the connect timeout must be positive");
        require(maxBodyBytes <= maxPayloadBytes, "an HTTP body is a message too: it may not be larger than one");
        require(maxPayloadBytes >= 128, "a payload must hold at least a CONNECT packet with its ticket");
        require(maxNamespaces >= 1, "a session must be able to enter one namespace");
        require(maxPendingBytes >= 1_024, "a connection must be able to hold one frame");
    }

    public TransportConfig withAddress(String newHost, int newPort) {
        return new TransportConfig(
                newHost,
                newPort,
                threads,
                pingIntervalMillis,
                pingTimeoutMillis,
                connectTimeoutMillis,
                maxPayloadBytes,
                maxBodyBytes,
                maxHeaderBytes,
                maxNamespaces,
                maxPendingBytes);
    }

    public TransportConfig withTimeouts(long newPingInterval, long newPingTimeout, long newConnectTimeout) {
        return new TransportConfig(
                host,
                port,
                threads,
                newPingInterval,
                newPingTimeout,
                newConnectTimeout,
                maxPayloadBytes,
                maxBodyBytes,
                maxHeaderBytes,
                maxNamespaces,
                maxPendingBytes);
    }

    private static void require(boolean holds, String reason) {
        if (!holds) {
            throw new IllegalArgumentException(reason);
        }
    }
}
