package dev.orrery.server;

import dev.orrery.transport.Rate;
import dev.orrery.transport.TransportConfig;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What a node is started with.
 *
 * @param dataFolder where keys (and later journals) are kept; made if missing
 * @param region where the node stands, as players see it
 * @param workers threads that step worlds
 * @param joins how often one address may ask for a seat, many because of NAT
 */
public record ServerConfig(TransportConfig transport, Path dataFolder, String region, int workers, Rate joins) {
    private static final Rate JOINS = new Rate(20, 400);

    public static ServerConfig of(String host, int port, Path dataFolder) {
        return new ServerConfig(
                TransportConfig.DEFAULT.with(transport -> {
                    transport.host = host;
                    transport.port = port;
                }),
                dataFolder,
                "local",
                Runtime.getRuntime().availableProcessors(),
                JOINS);
    }

    public ServerConfig {
        if (workers < 1) {
            throw new IllegalArgumentException("there must be at least one worker");
        }
    }

    /** The same, listening otherwise: {@code config.withTransport(t -> t.origins = …)}. */
    public ServerConfig withTransport(Consumer<TransportConfig.Draft> change) {
        return new ServerConfig(transport.with(change), dataFolder, region, workers, joins);
    }
}
