package dev.orrery.cli;

import dev.orrery.server.AdminConfig;
import dev.orrery.server.OrreryServer;
import dev.orrery.server.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a node that is up is found, for the person who started it. May be used by any thread. */
record Greeting(OrreryServer server, ServerConfig config) {
    /** Where its management port is; empty without one. */
    String adminUrl() {
        return server.adminUrl();
    }

    /** What opens the management port, as a link that logs in by itself: only for a demo, as whoever reads it can operate the node. */
    String adminLink() {
        try {
            return adminUrl() + "#" + Files.readString(tokenFile()).strip();
        } catch (IOException e) {
            return adminUrl();
        }
    }

    /** Where the token that opens the management port is; never the token. */
    String tokenPlace() {
        AdminConfig admin = config.admin();
        return admin == null || admin.token().isEmpty() ? "in " + tokenFile() : "the one of the configuration";
    }

    private Path tokenFile() {
        return config.dataFolder().resolve("admin-token");
    }
}
