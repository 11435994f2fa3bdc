package dev.orrery.server;

import dev.orrery.transport.TransportConfig;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a node is started with. Immutable, and read once.
 *
 * @param transport how it listens for players
 * @param dataFolder where keys (and later journals) are kept; made if missing
 * @param region where the node stands, as players see it
 * @param workers threads that step worlds
 * @param settings what is otherwise than the game says, for all instances until it is changed live
 * @param joins who may join
 * @param instances how they come and go
 * @param admin how it is managed; null has no management port
 */
public record ServerConfig(
        TransportConfig transport,
        Path dataFolder,
        String region,
        int workers,
        SettingsPatch settings,
        JoinConfig joins,
        InstanceConfig instances,
        @Nullable AdminConfig admin) {

    public static ServerConfig of(String host, int port, Path dataFolder) {
        return new ServerConfig(
                TransportConfig.DEFAULT.with(transport -> {
                    transport.host = host;
                    transport.port = port;
                }),
                dataFolder,
                "local",
                Runtime.getRuntime().availableProcessors(),
                SettingsPatch.NONE,
                JoinConfig.DEFAULT,
                InstanceConfig.DEFAULT,
                null);
    }

    public ServerConfig {
        if (workers < 1) {
            throw new IllegalArgumentException("there must be at least one worker");
        }
    }

    /** The same, listening otherwise: {@code config.withTransport(t -> t.origins = …)}. */
    public ServerConfig withTransport(Consumer<TransportConfig.Draft> change) {
        return new ServerConfig(transport.with(change), dataFolder, region, workers, settings, joins, instances, admin);
    }

    /** The same with other instances. */
    public ServerConfig withInstances(InstanceConfig newInstances) {
        return new ServerConfig(transport, dataFolder, region, workers, settings, joins, newInstances, admin);
    }

    /** The same with other settings. */
    public ServerConfig withSettings(SettingsPatch newSettings) {
        return new ServerConfig(transport, dataFolder, region, workers, newSettings, joins, instances, admin);
    }

    /** The same with others who may join. */
    public ServerConfig withJoins(JoinConfig newJoins) {
        return new ServerConfig(transport, dataFolder, region, workers, settings, newJoins, instances, admin);
    }

    /** The same, managed otherwise. */
    public ServerConfig withAdmin(@Nullable AdminConfig newAdmin) {
        return new ServerConfig(transport, dataFolder, region, workers, settings, joins, instances, newAdmin);
    }
}
