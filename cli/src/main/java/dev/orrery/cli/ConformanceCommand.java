package dev.orrery.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code conformance}: serves the protocol echo server until it is stopped. */
@Command(
        name = "conformance",
        description = "Serve an echo server for test suites of Engine.IO and Socket.IO.",
        mixinStandardHelpOptions = true,
        version = Orrery.VERSION)
final class ConformanceCommand implements Callable<Integer> {
    @Option(
            names = "--port",
            defaultValue = "3000",
            description = "Port to listen on (default: ${DEFAULT-VALUE}; 0 takes a free one).")
    private int port;

    @Option(
            names = "--ping-interval",
            defaultValue = "" + ConformanceServer.PING_INTERVAL_MILLIS,
            description = "Milliseconds between a pong and the next ping (default: ${DEFAULT-VALUE}).")
    private long pingIntervalMillis;

    @Option(
            names = "--ping-timeout",
            defaultValue = "" + ConformanceServer.PING_TIMEOUT_MILLIS,
            description = "Milliseconds that a pong may take (default: ${DEFAULT-VALUE}).")
    private long pingTimeoutMillis;

    @Option(names = "--secure", description = "Also serve /secure, which wants auth.token to be \"good\".")
    private boolean secure;

    ConformanceCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        Signals signals = Signals.listen();
        try (ConformanceServer server = ConformanceServer.start(port, pingIntervalMillis, pingTimeoutMillis, secure)) {
            System.out.println("Conformance server at  http://127.0.0.1:" + server.port()
                    + "/  (Engine.IO at /engine.io/, Socket.IO at /socket.io/)");
            System.out.println("Ctrl-C stops it.");
            signals.await();
        } catch (IOException | IllegalArgumentException e) {
            return Orrery.fail(e);
        }
        return 0;
    }
}
