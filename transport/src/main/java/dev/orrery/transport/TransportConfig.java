package dev.orrery.transport;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a node listens.
 *
 * @param host address to listen on
 * @param port to listen on; 0 takes a free one
 * @param threads event loops
 * @param pingIntervalMillis pause between a pong and the next ping
 * @param pingTimeoutMillis how long a pong may take before the session is gone
 * @param connectTimeoutMillis how long a new session may take to enter a namespace
 * @param limits what clients may do
 * @param origins web origins ({@code https://play.example}) whose pages may connect besides the server's own; {@code *} is any
 * @param trustedProxies addresses or networks ({@code 10.0.0.0/8}) whose X-Forwarded-For and PROXY v2 headers are believed
 * @param tls the certificate; null listens in the clear
 * @param epoll whether epoll is used where the system has it; NIO otherwise
 * @param reusePort whether another process may listen on the same port (SO_REUSEPORT): how one takes over from another without a gap
 * @param compression whether permessage-deflate is granted: off, as it costs CPU for every message of more than a few hundred bytes
 */
public record TransportConfig(
        String host,
        int port,
        int threads,
        long pingIntervalMillis,
        long pingTimeoutMillis,
        long connectTimeoutMillis,
        Limits limits,
        Set<String> origins,
        List<Network> trustedProxies,
        @Nullable Tls tls,
        boolean epoll,
        boolean reusePort,
        boolean compression) {

    /**
     * Files in PEM. They are read again when they change.
     *
     * @param certificate the chain, the server's own certificate first
     * @param key the private key, PKCS #8, without a password
     */
    public record Tls(Path certificate, Path key) {}

    public static final TransportConfig DEFAULT = new TransportConfig(
            "127.0.0.1", 8080, 2, 10_000, 8_000, 5_000, Limits.DEFAULT, Set.of(), List.of(), null, true, false, false);

    public TransportConfig {
        require(port >= 0 && port <= 65_535, "port must lie between 0 and 65535");
        require(threads >= 1, "there must be at least one event loop");
        require(pingIntervalMillis > 0 && pingTimeoutMillis > 0, "ping interval and timeout must be positive");
        require(connectTimeoutMillis > 0, "the connect timeout must be positive");
        origins = Set.copyOf(origins);
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** This configuration with some of it changed: {@code config.with(c -> c.port = 0)}. */
    public TransportConfig with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.build();
    }

    private static void require(boolean holds, String reason) {
        if (!holds) {
            throw new IllegalArgumentException(reason);
        }
    }

    /** The configuration while it is being changed; the fields mean what the record's components of the same name do. */
    public static final class Draft {
        public String host;
        public int port;
        public int threads;
        public long pingIntervalMillis;
        public long pingTimeoutMillis;
        public long connectTimeoutMillis;
        public Limits limits;
        public Set<String> origins;
        public List<Network> trustedProxies;
        public @Nullable Tls tls;
        public boolean epoll;
        public boolean reusePort;
        public boolean compression;

        private Draft(TransportConfig from) {
            host = from.host;
            port = from.port;
            threads = from.threads;
            pingIntervalMillis = from.pingIntervalMillis;
            pingTimeoutMillis = from.pingTimeoutMillis;
            connectTimeoutMillis = from.connectTimeoutMillis;
            limits = from.limits;
            origins = from.origins;
            trustedProxies = from.trustedProxies;
            tls = from.tls;
            epoll = from.epoll;
            reusePort = from.reusePort;
            compression = from.compression;
        }

        private TransportConfig build() {
            return new TransportConfig(
                    host,
                    port,
                    threads,
                    pingIntervalMillis,
                    pingTimeoutMillis,
                    connectTimeoutMillis,
                    limits,
                    origins,
                    trustedProxies,
                    tls,
                    epoll,
                    reusePort,
                    compression);
        }
    }
}
