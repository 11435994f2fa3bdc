package dev.orrery.server;

import dev.orrery.transport.TransportConfig.Tls;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a node is managed: its own port, apart from the players'.
 *
 * @param host address to listen on
 * @param port to listen on; 0 takes a free one
 * @param tls the certificate; null listens in the clear
 * @param behindProxy whether a proxy that encrypts stands before it
 * @param hosts names, beside the addresses of this machine's loopback and {@code host}, by which it may be called
 * @param token that opens it; empty for the one in the data folder, which is made if missing
 */
public record AdminConfig(
        String host, int port, @Nullable Tls tls, boolean behindProxy, Set<String> hosts, String token) {

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");
    static final int MIN_TOKEN_LENGTH = 20;

    /** Behind what it is checked with: statics are made in the order in which they stand. */
    public static final AdminConfig DEFAULT = new AdminConfig("127.0.0.1", 8081, null, false, Set.of(), "");

    public AdminConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the management port must lie between 0 and 65535");
        }
        if (!LOOPBACK.contains(host) && tls == null && !behindProxy) {
            throw new IllegalArgumentException(
                    "the management port would listen on " + host + " in the clear, and its token"
                            + " could be read on the way: give it a certificate (tls), or say that a proxy that encrypts stands"
                            + " before it (behind-proxy), or let it listen on 127.0.0.1");
        }
        if (!token.isEmpty() && token.length() < MIN_TOKEN_LENGTH) {
            throw new IllegalArgumentException(
                    "the management token must have at least " + MIN_TOKEN_LENGTH + " characters");
        }
        hosts = Set.copyOf(hosts);
    }

    /** Never the token. */
    @Override
    public String toString() {
        return "AdminConfig[host=" + host + ", port=" + port + ", tls=" + tls + ", behindProxy=" + behindProxy
                + ", hosts=" + hosts + "]";
    }
}
