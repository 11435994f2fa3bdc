package dev.orrery.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.wire.Json;
import dev.orrery.wire.WireException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A server under attack: bystanders in a namespace of their own, and a namespace {@code /target}. When it closes the bystanders
 * must have missed nothing, and nothing of the attackers may be left.
 */
final class Scene implements AutoCloseable {
    static final String TARGET = "/target";
    /** The bystanders' sessions, and their connections. */
    static final int BYSTANDERS = 2;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    final SocketServer server;
    final Namespace target;
    /** Events whose handler ran. */
    final AtomicInteger executed = new AtomicInteger();
    /** Decisions of the middleware that the test takes, for CONNECTs with the token {@code later}. */
    final BlockingQueue<Middleware.Next> undecided = new LinkedBlockingQueue<>();

    final BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();
    private final List<Attacker> attackers = new ArrayList<>();
    private final Bystander bystander;

    Scene() throws IOException {
        this(config -> {});
    }

    Scene(Consumer<TransportConfig.Draft> change) throws IOException {
        server = new SocketServer(
                TransportConfig.DEFAULT
                        .with(c -> {
                            c.port = 0;
                            c.pingIntervalMillis = 1_000;
                            c.pingTimeoutMillis = 4_000;
                            c.connectTimeoutMillis = 1_000;
                        })
                        .with(change),
                request -> HttpHandler.Reply.text(200, "x".repeat(16_384)));
        target = server.of(TARGET).use(Scene.this::admit).onConnect(this::serve);
        server.of(Pattern.compile("/any-.*"), namespace -> namespace.onConnect(this::serve));
        server.listen();
        bystander = new Bystander(server);
    }

    static Scene withLimits(Consumer<Limits.Draft> change) throws IOException {
        return new Scene(config -> config.limits = config.limits.with(change));
    }

    private void admit(Socket socket, Json auth, Middleware.Next next) {
        switch (auth.get("token").text("")) {
            case "bad" -> next.refuse("bad-token", "That is not the token.");
            case "later" -> undecided.add(next);
            default -> next.accept();
        }
    }

    /** Echoes {@code say}, joins and acknowledges {@code join}, leaves on {@code leave}. */
    private void serve(Socket socket) {
        socket.on("say", (arguments, ack) -> {
                    executed.incrementAndGet();
                    socket.emit("said", arguments.toArray());
                })
                .on(
                        "join",
                        (arguments, ack) ->
                                ack.reply(socket.join(arguments.first().text(""))))
                .on("leave", (arguments, ack) -> socket.leave(arguments.first().text("")))
                .onDisconnect(ends::add);
    }

    /** A new attacker; closed with the scene. */
    Attacker attacker() throws IOException {
        return attacker(Attacker.ADDRESS, 0);
    }

    Attacker attacker(String address, int receiveBytes) throws IOException {
        Attacker attacker = new Attacker(server.port(), address, receiveBytes);
        attackers.add(attacker);
        return attacker;
    }

    /** A new attacker over WebSocket that has entered the target. */
    Attacker inside() throws IOException {
        Attacker attacker = attacker();
        assertThat(attacker.join(TARGET)).startsWith("40" + TARGET);
        return attacker;
    }

    List<Attacker> attackers(int count) throws IOException {
        List<Attacker> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(attacker());
        }
        return all;
    }

    long count(Counter counter) {
        return server.counters().count(counter);
    }

    long count(WireException.Reason reason) {
        return server.malformed().count(reason);
    }

    /** Sessions of attackers that are open. */
    long sessions() {
        return count(Counter.SESSIONS_OPENED) - count(Counter.SESSIONS_CLOSED) - BYSTANDERS;
    }

    /** Waits until something holds; fails if it never does. */
    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still not: " + what);
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    void awaitCount(Counter counter, long expected) {
        await(counter + " = " + expected, () -> count(counter) >= expected);
        assertThat(count(counter)).as(counter.meaning()).isEqualTo(expected);
    }

    /** Waits until as many sockets have left the target; each for that reason. */
    void awaitEnds(int expected, CloseReason reason) {
        await(expected + " sockets have left", () -> ends.size() >= expected);
        assertThat(ends).hasSize(expected).containsOnly(reason);
    }

    @Override
    public void close() throws IOException {
        try {
            for (Attacker attacker : attackers) {
                attacker.close();
            }
            await("only bystanders have sessions", () -> sessions() == 0);
            await("no socket is left in the target", () -> target.socketCount() == 0);
            await("only bystanders have connections", () -> server.connectionCount() == BYSTANDERS);
            bystander.close();
        } finally {
            server.close();
        }
        assertThat(count(Counter.LISTENER_FAILURES)).isZero();
        assertThat(server.connectionCount()).isZero();
    }
}
