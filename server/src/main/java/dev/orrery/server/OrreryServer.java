package dev.orrery.server;

import dev.orrery.rules.Settings;
import dev.orrery.transport.Counter;
import dev.orrery.transport.SocketServer;
import dev.orrery.wire.Counters;
import dev.orrery.world.Game;
import dev.orrery.world.Plan;
import dev.orrery.world.WorldCounter;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One server process's worth of Orrery, but an object: several run in one JVM. It runs the instances of one game. May be used
 * by any thread.
 */
public final class OrreryServer implements AutoCloseable {
    /** Of this build. */
    public static final String VERSION = "0.1.0";

    private static final int HASH_LENGTH = 16;
    private static final long DRAIN_POLL_MILLIS = 50;
    private static final long DRAIN_SLACK_NANOS = 3_000_000_000L;

    private final ServerConfig config;
    private final boolean hasPage;
    private final SocketServer sockets;
    private final Workers workers;
    private final Instances instances;
    private final @Nullable Management management;
    private final Counters<ServerCounter> counters = new Counters<>(ServerCounter.class);
    private final Counters<WorldCounter> worldCounters = new Counters<>(WorldCounter.class);
    private final Delays tickDelays = new Delays();

    private OrreryServer(ServerConfig config, Game game, InstantSource clock) throws IOException {
        this.config = config;
        Plan plan = game.plan();
        Settings settings = config.settings().apply(plan.settings());
        Tickets tickets = new Tickets(TicketKeys.load(config.dataFolder()), clock);
        Tokens tokens = Tokens.of(config.joins());
        Pages pages = new Pages(plan.name(), game.getClass().getClassLoader());
        hasPage = pages.exist();
        Router router = new Router(pages);
        sockets = new SocketServer(config.transport(), router);
        workers = Workers.start(config.workers(), config.instances().hangAfterMillis(), counters);
        Host host = new Host(
                game,
                plan,
                pages.rulesUrl(),
                Sha256.hex(pages.rulesUrl() + plan.schema()).substring(0, HASH_LENGTH),
                config.instances(),
                sockets,
                sockets.perThread(Workbench::new),
                workers,
                tickDelays,
                new Recordings(config.dataFolder()),
                tickets,
                counters,
                worldCounters);
        instances = new Instances(host, settings, clock);
        router.serve(new PublicApi(plan.name(), instances, tickets, tokens, config, clock, counters));
        long startedAtNanos = workers.nanoTime();
        try {
            sockets.listen();
            instances.start();
            AdminConfig admin = config.admin();
            Node node =
                    new Node(config, host, instances, startedAtNanos, new ProcessCpu(startedAtNanos), this::beginDrain);
            management = admin == null ? null : Management.start(admin, node, clock, workers::nanoTime);
        } catch (IOException | RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /**
     * Starts a node with a game.
     *
     * @throws IOException in a sentence, if it cannot listen or its data folder cannot be used
     */
    public static OrreryServer start(ServerConfig config, Game game) throws IOException {
        return start(config, game, InstantSource.system());
    }

    /** The same with a clock for the expiry of tickets. */
    public static OrreryServer start(ServerConfig config, Game game, InstantSource clock) throws IOException {
        return new OrreryServer(config, game, clock);
    }

    /** Those that run; for the tests of this package. */
    Instances instances() {
        return instances;
    }

    /** The public port. */
    public int port() {
        return sockets.port();
    }

    /** Where a browser on this machine finds the game's page. */
    public String url() {
        String host = config.transport().host();
        String reachable = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        return (config.transport().tls() == null ? "http://" : "https://")
                + (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":" + port() + "/";
    }

    /** Whether a browser finds a page there. */
    public boolean hasPage() {
        return hasPage;
    }

    /** The management port; 0 if there is none. */
    public int adminPort() {
        return management == null ? 0 : management.port();
    }

    /** Where a browser on this machine finds the console; empty if there is no management port. */
    public String adminUrl() {
        return management == null ? "" : management.url();
    }

    /** All that can be asked of the management port. */
    List<Management.Route> adminRoutes() {
        return management == null ? List.of() : management.routes();
    }

    public long count(ServerCounter counter) {
        return counters.count(counter);
    }

    public long count(WorldCounter counter) {
        return worldCounters.count(counter);
    }

    public long count(Counter counter) {
        return sockets.counters().count(counter);
    }

    /** How late the ticks of all worlds have begun since the start. */
    public Delays.Snapshot tickDelays() {
        return tickDelays.snapshot();
    }

    /**
     * Takes nobody any more, tells all players, and waits until every instance is empty or the time is over; then
     * {@link #close} cuts nobody who was not told. A node whose port others may share stops listening, so that they get
     * whoever comes; one that has it alone refuses joins with {@code draining}.
     */
    public void drain(Duration limit) throws InterruptedException {
        beginDrain(limit.toMillis());
        // Instances look at the time once a second; should they not get to it, whoever waits here does not wait for
        // them.
        long deadline = workers.nanoTime() + limit.toNanos() + DRAIN_SLACK_NANOS;
        while (!instances.all().isEmpty() && workers.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(DRAIN_POLL_MILLIS);
        }
    }

    private void beginDrain(long millis) {
        if (config.transport().reusePort()) {
            sockets.stopListening(); // before anybody is told: whoever comes anew must reach the other process
        }
        instances.drain(millis);
    }

    /** Ends everything at once; clients are told. */
    @Override
    public void close() {
        if (management != null) {
            management.close();
        }
        instances.close(Farewell.SERVER_CLOSING);
        workers.close();
        sockets.close();
    }
}
