package dev.orrery.cli;

import dev.orrery.server.ConfigFile;
import dev.orrery.server.OrreryServer;
import dev.orrery.server.ServerConfig;
import dev.orrery.world.Game;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}: runs a node as a file configures it, until it is told to end; then it drains. */
@Command(
        name = "serve",
        description = {
            "Run a node as configured.",
            "SIGTERM or Ctrl-C drains it: nobody joins any more, players are told and have instances.drain to leave;"
                    + " then it ends. A second one ends it at once."
        },
        mixinStandardHelpOptions = true,
        version = Orrery.VERSION)
final class ServeCommand implements Callable<Integer> {
    private final Game game;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "Its configuration, in HOCON.")
    private Path file = Path.of("server.conf");

    @Option(
            names = "--log",
            defaultValue = "TEXT",
            paramLabel = "FORMAT",
            description = "How it logs, to standard error: text or json (default: text).")
    private Logging logging = Logging.TEXT;

    @Option(names = "--check", description = "Only say whether its configuration is right.")
    private boolean check;

    ServeCommand(Game game) {
        this.game = game;
    }

    @Override
    public Integer call() throws InterruptedException {
        logging.choose();
        Signals signals = Signals.listen();
        try {
            ServerConfig config = ConfigFile.read(file);
            if (check) {
                System.out.println(file + " is right.");
                return 0;
            }
            try (OrreryServer server = OrreryServer.start(config, game)) {
                greet(new Greeting(server, config));
                signals.await();
                System.out.println("Draining: players have "
                        + config.instances().drainMillis() / 1000 + " s to leave. A second signal ends it at once.");
                server.drain(Duration.ofMillis(config.instances().drainMillis()));
            }
        } catch (IOException | IllegalArgumentException e) {
            return Orrery.fail(e);
        }
        System.out.println("Ended.");
        return 0;
    }

    private static void greet(Greeting greeting) {
        System.out.println("Orrery is up at  " + greeting.server().url());
        if (!greeting.adminUrl().isEmpty()) {
            System.out.println(
                    "Operate it at    " + greeting.adminUrl() + "  (its token is " + greeting.tokenPlace() + ")");
        }
    }
}
