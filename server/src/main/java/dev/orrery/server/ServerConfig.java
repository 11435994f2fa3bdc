package dev.orrery.server;

import dev.orrery.transport.TransportConfig;
import java.nio.file.Path;

/**
 * What a node is started with.
 *
 * @param dataFolder where keys (and later journals) are kept; made if missing
 * @param region where the node stands, as players see it
 * @param workers threads that step worlds
 */
public record ServerConfig(TransportConfig transport, Path dataFolder, String region, int workers) {
    public static ServerConfig of(String host, int port, Path dataFolder) {
        return new ServerConfig(
                TransportConfig.DEFAULT.with(transport -> {
                    transport.host = host;
                    transport.port = port;
                }),
                dataFolder,
                "local",
                Runtime.getRuntime().availableProcessors());
    }

    public ServerConfig {
        if (workers < 1) {
            throw new IllegalArgumentException("there must be at least one worker");
        }
    }
}
