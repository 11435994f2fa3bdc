package dev.orrery.bench;

import dev.orrery.server.InstanceConfig;
import dev.orrery.server.JoinConfig;
import dev.orrery.server.OrreryServer;
import dev.orrery.server.ServerConfig;
import dev.orrery.transport.Rate;
import dev.orrery.world.WorldCounter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;

/** Worlds of a hundred {@link Mover}s in a whole game server, one connection thread and one worker: everything on. */
final class GameRooms implements RoomServer {
    private static final int MAX_CONNECTIONS = 20_000;
    private static final int GRACE_MILLIS = 100;
    /** Keys; in the folder of the repository, from which benchmarks are started. */
    private static final Path DATA = Path.of("bench", "target", "room");

    private final OrreryServer server;

    GameRooms() throws IOException {
        ServerConfig config = ServerConfig.of("127.0.0.1", 0, DATA)
                .withTransport(transport -> {
                    transport.threads = 1;
                    transport.limits = transport.limits.with(limits -> {
                        limits.maxConnections = MAX_CONNECTIONS;
                        limits.maxConnectionsPerAddress = MAX_CONNECTIONS;
                        limits.maxSessionsPerAddress = MAX_CONNECTIONS;
                        limits.connects = new Rate(MAX_CONNECTIONS, MAX_CONNECTIONS);
                        limits.handshakes = new Rate(MAX_CONNECTIONS, MAX_CONNECTIONS);
                    });
                })
                .withJoins(new JoinConfig(new Rate(MAX_CONNECTIONS, MAX_CONNECTIONS), true, null))
                .withInstances(new InstanceConfig(
                        1_000,
                        GRACE_MILLIS,
                        InstanceConfig.DEFAULT.hibernateAfterMillis(),
                        InstanceConfig.DEFAULT.closeAfterMillis(),
                        InstanceConfig.DEFAULT.drainMillis(),
                        InstanceConfig.DEFAULT.hangAfterMillis(),
                        InstanceConfig.DEFAULT.loadLimits()));
        server = OrreryServer.start(
                new ServerConfig(
                        config.transport(),
                        config.dataFolder(),
                        config.region(),
                        1,
                        config.settings(),
                        config.joins(),
                        config.instances(),
                        null),
                new MoverGame());
    }

    @Override
    public int port() {
        return server.port();
    }

    /** Instances open when players come, and tick by their settings. */
    @Override
    public void open(int count, long periodMicros) {}

    @Override
    public void close() {}

    /** Whoever has lost their connection leaves when the grace is over. */
    @Override
    public int players() {
        return (int) (server.count(WorldCounter.JOINS) - server.count(WorldCounter.LEAVES));
    }

    @Override
    public long inputs() {
        return server.count(WorldCounter.INPUTS_ACCEPTED) + server.count(WorldCounter.INPUTS_LATE);
    }

    @Override
    public Collection<Thread> connectionThreads() {
        return Set.of();
    }
}
