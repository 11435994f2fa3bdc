package dev.orrery.cli;

import dev.orrery.server.AdminConfig;
import dev.orrery.server.OrreryServer;
import dev.orrery.server.ServerConfig;
import dev.orrery.transport.Network;
import dev.orrery.world.Game;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: serves the game and its page until it is stopped. */
@Command(
        name = "demo",
        description = "Serve the game and its page on one port.",
        mixinStandardHelpOptions = true,
        version = Orrery.VERSION)
final class DemoCommand implements Callable<Integer> {
    /** Operating stays on this machine, wherever players come from: the link that is printed goes in the clear. */
    private static final String LOOPBACK = "127.0.0.1";

    private final Game game;

    @Option(
            names = "--host",
            defaultValue = "127.0.0.1",
            description = "Address to listen on (default: ${DEFAULT-VALUE};" + " 0.0.0.0 lets other machines play).")
    private String host = "127.0.0.1";

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Port to listen on (default: ${DEFAULT-VALUE};" + " 0 takes a free one).")
    private int port;

    @Option(
            names = "--admin-port",
            defaultValue = "8081",
            description =
                    "Port of this machine on which it is operated (default: ${DEFAULT-VALUE}; 0 takes a free one).")
    private int adminPort;

    @Option(
            names = "--data",
            defaultValue = "data",
            description = "Folder for keys and recordings (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Option(
            names = "--origin",
            paramLabel = "URL",
            description = "Origin whose pages may play besides the server's own, such as http://localhost:5173"
                    + " (may be given several times; * is any).")
    private List<String> origins = List.of();

    @Option(
            names = "--trusted-proxy",
            paramLabel = "NETWORK",
            description = "Proxy whose X-Forwarded-For, X-Forwarded-Proto and PROXY v2 headers are believed:"
                    + " an address, or a network like 10.0.0.0/8 (may be given several times).")
    private List<String> trustedProxies = List.of();

    DemoCommand(Game game) {
        this.game = game;
    }

    @Override
    public Integer call() throws InterruptedException {
        Signals signals = Signals.listen();
        try {
            List<Network> proxies = trustedProxies.stream().map(Network::parse).toList();
            AdminConfig admin = new AdminConfig(LOOPBACK, adminPort, null, false, Set.of(), "");
            ServerConfig config = ServerConfig.of(host, port, data)
                    .withTransport(transport -> {
                        transport.origins = Set.copyOf(origins);
                        transport.trustedProxies = proxies;
                    })
                    .withAdmin(admin);
            try (OrreryServer server = OrreryServer.start(config, game)) {
                greet(new Greeting(server, config));
                signals.await();
            }
        } catch (IOException | IllegalArgumentException e) {
            return Orrery.fail(e);
        }
        return 0;
    }

    private static void greet(Greeting greeting) {
        OrreryServer server = greeting.server();
        System.out.println(
                server.hasPage()
                        ? "Orrery is up. Open two tabs at  " + server.url()
                        : "Orrery is up. This game has no page; clients join with  POST " + server.url()
                                + "api/v1/join");
        if (!greeting.adminUrl().isEmpty()) {
            System.out.println("Operate it at  " + greeting.adminLink());
        }
        System.out.println("Ctrl-C stops it.");
    }
}
