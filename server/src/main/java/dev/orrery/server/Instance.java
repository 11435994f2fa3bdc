package dev.orrery.server;

import dev.orrery.transport.Feed;
import dev.orrery.transport.Middleware;
import dev.orrery.transport.Namespace;
import dev.orrery.transport.Socket;
import dev.orrery.transport.SocketServer;
import dev.orrery.wire.Counters;
import dev.orrery.wire.Json;
import dev.orrery.world.FrameSet;
import dev.orrery.world.Game;
import dev.orrery.world.Identity;
import dev.orrery.world.InputKind;
import dev.orrery.world.Journal;
import dev.orrery.world.Plan;
import dev.orrery.world.Seat;
import dev.orrery.world.Tick;
import dev.orrery.world.WorldCounter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running world of a game with its players, and the namespace in which they meet it.
 *
 * <pre>
 *   RUNNING  ticks, takes players  → CLOSED when stopped, or when its game throws
 *   CLOSED   its clients were disconnected, its namespace is gone  (final)
 * </pre>
 *
 * Seats are taken in two steps: {@link #reserve} holds one until its ticket expires, CONNECT turns it into a player.
 */
final class Instance {
    private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

    enum Phase {
        RUNNING,
        CLOSED
    }

    /** The newest tick and the time at which it was due. */
    record TickTime(long tick, long dueNanos) {}

    private final String id;
    private final Plan plan;
    private final InputKind playerInput;
    private final SocketServer sockets;
    private final Workers workers;
    private final Tickets tickets;
    private final Counters<ServerCounter> serverCounters;
    private final Counters<WorldCounter> worldCounters;
    private final Tick tick;
    private final Namespace namespace;
    private final Feed<FrameSet> ticks;
    private final Pacer pacer;
    /** Guarded by itself: seats promised to tickets, jti → expiry. */
    private final Map<String, Long> reservations = new HashMap<>();
    /** Guarded by {@link #reservations}: connections that are in. */
    private int seated;

    private volatile Phase phase = Phase.RUNNING;
    private volatile TickTime newest;

    Instance(
            String id,
            Game game,
            int seed,
            SocketServer sockets,
            Workers workers,
            Tickets tickets,
            String rulesUrl,
            Counters<ServerCounter> serverCounters,
            Counters<WorldCounter> worldCounters) {
        this.id = id;
        this.plan = game.plan();
        this.playerInput = plan.playerInput();
        this.sockets = sockets;
        this.workers = workers;
        this.tickets = tickets;
        this.serverCounters = serverCounters;
        this.worldCounters = worldCounters;
        String path = "/" + plan.name() + "/" + id;
        this.tick = new Tick(game, plan, seed, new Identity(id, path, rulesUrl), Journal.NONE, worldCounters);
        long now = workers.nanoTime();
        this.pacer =
                new Pacer(now, TimeUnit.MILLISECONDS.toNanos(plan.settings().tickRate()));
        this.newest = new TickTime(0, now);
        this.ticks = sockets.feed();
        this.namespace = sockets.of(path).use(this::admit).onConnect(this::follow);
    }

    void start() {
        workers.at(pacer.dueNanos(), this::run);
    }

    String id() {
        return id;
    }

    String game() {
        return plan.name();
    }

    String namespace() {
        return namespace.name();
    }

    Phase phase() {
        return phase;
    }

    int capacity() {
        return plan.settings().maxPlayers();
    }

    int playerCount() {
        synchronized (reservations) {
            return seated;
        }
    }

    TickTime newestTick() {
        return newest;
    }

    InputKind playerInput() {
        return playerInput;
    }

    /** Holds a seat for a ticket until it expires; false if all are taken or the instance is closed. */
    boolean reserve(Ticket ticket, long nowMillis) {
        synchronized (reservations) {
            reservations.values().removeIf(expiry -> expiry <= nowMillis);
            if (phase != Phase.RUNNING || seated + reservations.size() >= capacity()) {
                return false;
            }
            reservations.put(ticket.jti(), ticket.expiresAtMillis());
            return true;
        }
    }

    /** Turns a ticket into a player. Whatever happens to the socket afterwards, its connection is told when it has left. */
    private void admit(Socket socket, Json auth, Middleware.Next next) {
        Ticket ticket;
        try {
            ticket = tickets.take(auth.get("ticket").text(""), id);
        } catch (RefusedException e) {
            serverCounters.increment(ServerCounter.TICKETS_REFUSED);
            refuse(e.refusal(), next);
            return;
        }
        if (phase != Phase.RUNNING) {
            refuse(Refusal.INSTANCE_CLOSED, next);
            return;
        }
        Seat seat = tick.join(ticket.player(), ticket.name());
        if (seat == null) {
            refuse(Refusal.FULL, next);
            return;
        }
        synchronized (reservations) {
            reservations.remove(ticket.jti());
            seated++;
        }
        PlayerConnection connection =
                new PlayerConnection(this, socket, seat, serverCounters, worldCounters, workers::nanoTime);
        socket.serveBy(connection);
        socket.data(connection);
        next.accept();
    }

    private void follow(Socket socket) {
        if (socket.data() instanceof PlayerConnection connection) {
            connection.follow(ticks);
        }
    }

    private static void refuse(Refusal refusal, Middleware.Next next) {
        next.refuse(refusal.code(), refusal.sentence());
    }

    /** The seat of a connection that has ended is free again. */
    void unseat() {
        synchronized (reservations) {
            seated--;
        }
    }

    /** One tick, then the plan for the next. On the world's thread. */
    private void run() {
        if (phase != Phase.RUNNING) {
            return;
        }
        long due = pacer.dueNanos();
        switch (pacer.begin(workers.nanoTime())) {
            case ON_TIME -> {}
            case LATE -> serverCounters.increment(ServerCounter.TICKS_LATE);
            case MOVED -> {
                serverCounters.increment(ServerCounter.SCHEDULES_MOVED);
                due = pacer.dueNanos()
                        - TimeUnit.MILLISECONDS.toNanos(plan.settings().tickRate());
            }
        }
        try {
            FrameSet frames = tick.run();
            newest = new TickTime(frames.tick(), due);
            ticks.publish(frames);
        } catch (RuntimeException | Error e) {
            serverCounters.increment(ServerCounter.INSTANCES_FAILED);
            LOG.error("instance {} of {} closed: its game threw in the tick after {}", id, game(), newest.tick(), e);
            close();
            return;
        }
        workers.at(pacer.dueNanos(), this::run);
    }

    /** May be called by any thread, more than once. */
    void close() {
        if (phase != Phase.CLOSED) {
            phase = Phase.CLOSED;
            sockets.close(namespace);
        }
    }
}
