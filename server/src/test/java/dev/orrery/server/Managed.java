package dev.orrery.server;

import dev.orrery.transport.TransportConfig;
import dev.orrery.world.Game;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A node, usually of {@link MeetGame}, with a management port, both on free ports of loopback. */
final class Managed implements AutoCloseable {
    static final String TOKEN = "a-token-for-tests-only";

    private final OrreryServer server;

    Managed(Path data) throws IOException {
        this(data, admin(null, false), config -> config);
    }

    Managed(Path data, AdminConfig admin, UnaryOperator<ServerConfig> change) throws IOException {
        this(data, admin, change, new MeetGame());
    }

    Managed(Path data, AdminConfig admin, UnaryOperator<ServerConfig> change, Game game) throws IOException {
        server = OrreryServer.start(
                change.apply(ServerConfig.of("127.0.0.1", 0, data).withAdmin(admin)), game);
    }

    static AdminConfig admin(TransportConfig.@Nullable Tls tls, boolean behindProxy) {
        return new AdminConfig("127.0.0.1", 0, tls, behindProxy, Set.of("ops.example"), TOKEN);
    }

    OrreryServer server() {
        return server;
    }

    /** Without a login. */
    AdminClient anyone() {
        return AdminClient.of(server);
    }

    /** With the token. */
    AdminClient operator() {
        return anyone().bearer(TOKEN);
    }

    /** The id of the first instance. */
    String instance() throws IOException {
        return operator().get("/api/v1/instances").json().get(0).get("id").text("");
    }

    @Override
    public void close() {
        server.close();
    }
}
