package dev.orrery.server;

import dev.orrery.transport.Counter;
import dev.orrery.transport.HttpHandler;
import dev.orrery.transport.Ids;
import dev.orrery.transport.SocketServer;
import dev.orrery.wire.Counters;
import dev.orrery.world.Game;
import dev.orrery.world.WorldCounter;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One server process's worth of Orrery, but an object: several run in one JVM. It runs one instance of its game. May be
 * used by any thread.
 */
public final class OrreryServer implements AutoCloseable {
    private static final int ID_LENGTH = 8;

    private final String host;
    private final boolean secure;
    private final boolean hasPage;
    private final SocketServer sockets;
    private final Workers workers;
    private final List<Instance> instances = new CopyOnWriteArrayList<>();
    private final Counters<ServerCounter> counters = new Counters<>(ServerCounter.class);
    private final Counters<WorldCounter> worldCounters = new Counters<>(WorldCounter.class);

    private OrreryServer(ServerConfig config, Game game, InstantSource clock) throws IOException {
        host = config.transport().host();
        secure = config.transport().tls() != null;
        Tickets tickets = new Tickets(TicketKeys.load(config.dataFolder()), clock);
        PublicApi api = new PublicApi(() -> instances, tickets, config.region(), clock, config.joins(), counters);
        Pages pages = new Pages(game.plan().name(), game.getClass().getClassLoader());
        hasPage = pages.exist();
        sockets = new SocketServer(config.transport(), request -> route(request, api, pages)).listen();
        workers = new Workers(config.workers(), "orrery-" + sockets.port());
        try {
            Instance instance = new Instance(
                    newId(),
                    game,
                    new SecureRandom().nextInt(),
                    sockets,
                    workers,
                    tickets,
                    pages.rulesUrl(),
                    counters,
                    worldCounters);
            instances.add(instance);
            instance.start();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static String newId() {
        String letters = Ids.secret().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return letters.substring(0, ID_LENGTH);
    }

    /**
     * Starts a node with one instance of a game.
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

    private static HttpHandler.Reply route(HttpHandler.Request request, PublicApi api, Pages pages) {
        return request.path().startsWith(PublicApi.PREFIX) ? api.handle(request) : pages.handle(request);
    }

    /** The public port. */
    public int port() {
        return sockets.port();
    }

    /** Where a browser on this machine finds the game's page. */
    public String url() {
        String reachable = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        return (secure ? "https://" : "http://") + (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":"
                + port() + "/";
    }

    /** Whether a browser finds a page there. */
    public boolean hasPage() {
        return hasPage;
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

    @Override
    public void close() {
        instances.forEach(Instance::close);
        workers.close();
        sockets.close();
    }
}
