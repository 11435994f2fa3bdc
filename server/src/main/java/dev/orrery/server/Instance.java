package dev.orrery.server;

import dev.orrery.rules.Settings;
import dev.orrery.transport.Feed;
import dev.orrery.transport.Middleware;
import dev.orrery.transport.Namespace;
import dev.orrery.transport.Socket;
import dev.orrery.wire.CellGrid;
import dev.orrery.wire.Json;
import dev.orrery.wire.JsonValue;
import dev.orrery.world.Command;
import dev.orrery.world.Effect;
import dev.orrery.world.Entry;
import dev.orrery.world.FrameSet;
import dev.orrery.world.GameFailure;
import dev.orrery.world.Identity;
import dev.orrery.world.InputKind;
import dev.orrery.world.Line;
import dev.orrery.world.Outgoing;
import dev.orrery.world.Readings;
import dev.orrery.world.Seat;
import dev.orrery.world.Tick;
import dev.orrery.world.TickListener;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running world of a game with its players, and the namespace in which they meet it.
 *
 * <pre>
 *   STARTING  its world is being made                         → RUNNING
 *   RUNNING   ticks, takes players; hibernates while empty     → DRAINING, CLOSED
 *   DRAINING  ticks, takes who has a seat or a ticket          → CLOSED when empty or at its deadline
 *   CLOSED    its clients were told, its namespace is gone     (final; also if its game throws or hangs)
 * </pre>
 *
 * May be used by any thread.
 */
final class Instance implements Heartbeat.Body, TickListener {
    private static final Logger LOG = LoggerFactory.getLogger(Instance.class);

    /** Memory of an instance beside its state, and of each player: measured, see docs/ARCHITECTURE.md. */
    private static final int BASE_BYTES = 5_000;

    private static final int PLAYER_BYTES = 4_000;

    enum Phase {
        STARTING,
        RUNNING,
        DRAINING,
        CLOSED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The newest tick and the time at which it was due. */
    record TickTime(long tick, long dueNanos) {}

    private final String id;
    private final Host host;
    private final Neighbours neighbours;
    private final Identity identity;
    private final BlackBox blackBox;
    private final Tick tick;
    private final Sessions sessions;
    private final Namespace namespace;
    private final Feed<FrameSet> ticks;
    private final Meter meter;
    private final Heartbeat heart;

    private volatile Phase phase = Phase.STARTING;
    private volatile TickTime newest;
    private volatile long occupiedAtNanos;
    private volatile long drainedAtNanos;
    private volatile double sampledLoad;

    /**
     * Makes its world; nothing happens in it before {@link #start}.
     *
     * @param settings with which it begins
     */
    Instance(String id, Host host, Neighbours neighbours, Settings settings, int seed) {
        this.id = id;
        this.host = host;
        this.neighbours = neighbours;
        String path = "/" + host.plan().name() + "/" + id;
        this.identity = new Identity(
                id, path, host.rulesUrl(), host.hash(), host.config().graceMillis());
        this.blackBox = new BlackBox(id, host.plan(), host.hash(), seed, settings, host.recordings());
        this.tick = new Tick(
                host.game(), host.plan(), settings, seed, identity, blackBox.journal(), host.worldCounters(), this);
        this.sessions = new Sessions(tick, host.counters());
        long now = host.workers().nanoTime();
        this.meter = new Meter(now);
        this.heart = new Heartbeat(this, tickNanos(), meter, host);
        this.newest = new TickTime(0, heart.firstDueNanos() - tickNanos());
        this.occupiedAtNanos = now;
        this.ticks = host.sockets().feed();
        this.namespace = host.sockets().of(path).use(this::admit).onConnect(this::follow);
    }

    void start() {
        phase = Phase.RUNNING;
        heart.start();
    }

    // ---- what is known of it ----

    String id() {
        return id;
    }

    String namespace() {
        return namespace.name();
    }

    Phase phase() {
        return phase;
    }

    boolean isHibernating() {
        return heart.isAsleep();
    }

    /** Whether a tick of it has hung: nothing may come of that any more. */
    boolean isFenced() {
        return heart.isFenced();
    }

    Readings readings() {
        return tick.readings();
    }

    /** Seats that there will be when all announced settings hold. */
    int capacity() {
        return readings().newestSettings().maxPlayers();
    }

    TickTime newestTick() {
        return newest;
    }

    InputKind playerInput() {
        return host.plan().playerInput();
    }

    CellGrid grid() {
        return tick.grid();
    }

    /** Whether a kind of actor has a field of that name. */
    boolean hasField(String kind, String field) {
        return host.plan().hasField(kind, field);
    }

    Sessions sessions() {
        return sessions;
    }

    Meter meter() {
        return meter;
    }

    ServerMetrics metrics() {
        Readings world = readings();
        Meter.Rates rates = meter.rates();
        List<Session.Connection> connections = sessions.connections();
        long memory = BASE_BYTES + 4L * world.stateBytes() + (long) PLAYER_BYTES * world.players();
        return new ServerMetrics(
                connections.size(),
                rates.messagesPerSecond(),
                world.stateBytes(),
                rates.cpu(),
                memory,
                Latency.medianMillis(connections));
    }

    /** By the load formula, as of now. */
    double currentLoad() {
        return metrics().load(capacity(), host.config().loadLimits());
    }

    /** By the load formula, as of the last second: 0 is idle, 1 full. */
    double load() {
        return sampledLoad;
    }

    /** What placement goes by: the load of the last second, or the share of seats promised or taken if that is more. */
    double fullness(long nowMillis) {
        return Math.max(sampledLoad, sessions.taken(nowMillis) / (double) capacity());
    }

    // ---- players ----

    /** Holds a seat for a ticket until it expires; false if all are taken or it takes nobody. */
    boolean reserve(Ticket ticket, long nowMillis) {
        return phase == Phase.RUNNING && sessions.reserve(ticket, capacity(), nowMillis);
    }

    /** A player comes from another world; false if they cannot be taken. */
    boolean expect(Ticket ticket, Effect.Transfer transfer) {
        boolean taken = sessions.expect(ticket, transfer);
        heart.wake();
        return taken;
    }

    /** A player lives elsewhere now, and their client is told, at once or when it comes back; false if they had left anyway. */
    boolean sendOn(Placement there, Effect.Transfer transfer) {
        Sessions.Departed departed = sessions.forward(forward(there.instance(), transfer));
        if (departed != null && departed.connection() != null) {
            departed.connection().move(there.invitation("", host.tickets()));
        }
        return departed != null;
    }

    /** A player whom no other world takes arrives here again; false if they had left anyway. */
    boolean takeBack(Effect.Transfer transfer) {
        Sessions.Departed departed = sessions.comeHome(transfer, forward(this, transfer));
        if (departed != null && departed.connection() != null) {
            if (departed.seated()) {
                departed.connection().move(invite(transfer.player(), transfer.name()));
            } else {
                departed.connection().end(Farewell.INSTANCE_CLOSED);
            }
        }
        return departed != null;
    }

    /** Remembered for as long as the player waits there. */
    private Forward forward(Instance to, Effect.Transfer transfer) {
        long waitMillis = Math.max(Tickets.LIFETIME_MILLIS, host.config().graceMillis());
        return new Forward(
                to, transfer.player(), transfer.name(), host.tickets().nowMillis() + waitMillis);
    }

    private Invitation invite(String player, String name) {
        return new Placement(this, host.tickets().create(id, player, name)).invitation("", host.tickets());
    }

    /** Sends a player away: their seat is free, and their connection ends. False if there is none of that id. */
    boolean kick(String player) {
        Sessions.Departed departed = sessions.dismiss(player);
        if (departed == null) {
            return false;
        }
        host.counters().increment(ServerCounter.PLAYERS_KICKED);
        if (departed.connection() != null) {
            departed.connection().end(Farewell.KICKED);
        }
        return true;
    }

    /** Lets a player in, or says why not. Whatever happens to the socket afterwards, its connection is told when it has left. */
    private void admit(Socket socket, Json auth, Middleware.Next next) {
        try {
            String hash = auth.get("hash").text("");
            if (!hash.isEmpty() && !hash.equals(identity.hash())) {
                throw Refusal.OUTDATED.exception();
            }
            if (phase == Phase.CLOSED) {
                throw Refusal.INSTANCE_CLOSED.exception();
            }
            Forward elsewhere = sessions.forwarded(auth.get("session").text(""));
            if (elsewhere != null && elsewhere.to().sessions().isUnclaimed(elsewhere.player())) {
                socket.data(elsewhere.to().invite(elsewhere.player(), elsewhere.name()));
                next.accept();
                return;
            }
            PlayerConnection connection = connect(socket, auth);
            socket.serveBy(connection);
            socket.data(connection);
            heart.wake();
            next.accept();
        } catch (RefusedException e) {
            Refusal refusal = e.refusal();
            host.counters().increment(refusal.counter());
            next.refuse(refusal.code(), refusal.sentence());
        }
    }

    private PlayerConnection connect(Socket socket, Json auth) throws RefusedException {
        String secret = auth.get("session").text("");
        if (!secret.isEmpty()) {
            return sessions.resume(secret, (player, line) -> connection(socket, player, line));
        }
        Ticket ticket = host.tickets().take(auth.get("ticket").text(""), id);
        return sessions.enter(
                ticket, capacity(), host.tickets().nowMillis(), (player, line) -> connection(socket, player, line));
    }

    private PlayerConnection connection(Socket socket, String player, Line line) {
        return new PlayerConnection(
                this,
                socket,
                host.workbenches().of(socket),
                player,
                line,
                host.counters(),
                host.worldCounters(),
                host.workers()::nanoTime);
    }

    private void follow(Socket socket) {
        if (socket.data() instanceof Invitation elsewhere) {
            socket.emit("moved", (JsonValue) elsewhere::write);
            socket.disconnect();
        } else if (socket.data() instanceof PlayerConnection connection) {
            if (phase == Phase.DRAINING) {
                socket.emit("draining", draining());
            }
            connection.follow(ticks);
        }
    }

    @Override
    public void left(Seat seat) {
        sessions.left(seat);
    }

    @Override
    public void refused(Seat seat) {
        Session.Connection connection = sessions.turnAway(seat);
        if (connection != null) {
            connection.end(Farewell.GAME_FAILED);
        }
    }

    @Override
    public void failed(GameFailure failure) {
        blackBox.failed(failure);
    }

    /** The last half minute to minute of its journal, from a snapshot on, see {@link dev.orrery.world.Replay}. */
    byte[] recording() {
        return blackBox.recording();
    }

    // ---- from outside ----

    /** Puts a command before the world; false if too many wait. */
    boolean command(Command command) {
        boolean taken = phase != Phase.CLOSED && tick.command(command);
        heart.wake();
        return taken;
    }

    /** Asks for other settings, see {@link Tick#retune}; false if too many wishes wait. */
    boolean retune(UnaryOperator<Settings> change, Consumer<Entry.Retuned> announced) {
        boolean taken = phase != Phase.CLOSED && tick.retune(change, announced);
        heart.wake();
        return taken;
    }

    /** From now on nobody joins; players are told, and it closes when it is empty or the time is over. */
    void drain(long millis) {
        synchronized (this) {
            if (phase == Phase.CLOSED) {
                return;
            }
            long deadline = host.workers().nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
            if (phase == Phase.DRAINING && deadline - drainedAtNanos >= 0) {
                return; // only ever sooner
            }
            drainedAtNanos = deadline;
            phase = Phase.DRAINING;
        }
        LOG.info("instance {} drains: it closes in {} ms at the latest", id, millis);
        namespace.emit("draining", draining());
    }

    private Map<String, Object> draining() {
        long leftNanos = Math.max(0, drainedAtNanos - host.workers().nanoTime());
        return Map.of("inMillis", TimeUnit.NANOSECONDS.toMillis(leftNanos), "message", "This instance closes soon.");
    }

    /** What is to be done once a second. */
    void sweep(boolean mayCloseIfEmpty, long nowMillis) {
        long now = host.workers().nanoTime();
        meter.sample(now);
        sampledLoad = currentLoad();
        if (sessions.taken(nowMillis) > 0) {
            occupiedAtNanos = now;
        }
        boolean empty =
                mayCloseIfEmpty && isOlder(occupiedAtNanos, host.config().closeAfterMillis(), now);
        boolean drained = phase == Phase.DRAINING && (now - drainedAtNanos >= 0 || sessions.closeIfEmpty(nowMillis));
        if (drained || empty && sessions.closeIfEmpty(nowMillis)) {
            LOG.info("instance {} closed: {}", id, drained ? "drained" : "nobody came any more");
            close(Farewell.INSTANCE_CLOSED);
        }
    }

    private static boolean isOlder(long sinceNanos, long millis, long nowNanos) {
        return nowNanos - sinceNanos >= TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Ends it; clients are told why. Further calls do nothing. */
    void close(Farewell farewell) {
        synchronized (this) {
            if (phase == Phase.CLOSED) {
                return;
            }
            phase = Phase.CLOSED;
        }
        host.counters().increment(ServerCounter.INSTANCES_CLOSED);
        sessions.close().forEach(connection -> connection.end(farewell));
        host.sockets().close(namespace);
        neighbours.closed(this);
    }

    // ---- ticks ----

    /** See {@link Heartbeat.Body}: on the world's thread. */
    @Override
    public boolean tick(long dueNanos) {
        if (phase == Phase.CLOSED) {
            return false;
        }
        try {
            FrameSet frames = tick.run();
            if (heart.isFenced()) {
                return false;
            }
            newest = new TickTime(frames.tick(), dueNanos);
            ticks.publish(frames);
            perform(tick.effects());
        } catch (RuntimeException | Error e) {
            if (heart.isFenced()) {
                return false;
            }
            host.counters().increment(ServerCounter.INSTANCES_FAILED);
            LOG.error("instance {} closed: its game cannot go on after tick {}", id, newest.tick(), e);
            blackBox.keep(newest.tick() + 1);
            close(Farewell.INSTANCE_CLOSED);
            return false;
        }
        return true;
    }

    private void perform(List<Outgoing> effects) {
        if (!effects.isEmpty()) {
            neighbours.perform(this, effects);
        }
    }

    @Override
    public long tickNanos() {
        return TimeUnit.MILLISECONDS.toNanos(tick.readings().settings().tickRate());
    }

    @Override
    public boolean mayRest(long nowNanos) {
        return phase == Phase.RUNNING
                && tick.isIdle()
                && isOlder(occupiedAtNanos, host.config().hibernateAfterMillis(), nowNanos);
    }

    @Override
    public boolean isIdle() {
        return tick.isIdle();
    }

    @Override
    public void hung(Hang hang) {
        host.counters().increment(ServerCounter.INSTANCES_HUNG);
        LOG.error(
                "instance {} closed: its tick {} has not ended for {} ms; {} is left to it, and this node should be restarted",
                id,
                newest.tick() + 1,
                hang.millis(),
                hang.thread(),
                hang.where());
        blackBox.keep(newest.tick() + 1);
        close(Farewell.INSTANCE_CLOSED);
    }
}
