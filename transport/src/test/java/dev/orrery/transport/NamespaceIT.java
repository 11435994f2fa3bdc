package dev.orrery.transport;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Namespaces, rooms, middleware, answers: what a Socket.IO user builds with. */
final class NamespaceIT {
    private static final long PATIENCE_SECONDS = 20;

    private final SocketServer server =
            new SocketServer(TransportConfig.DEFAULT.with(c -> c.port = 0), HttpHandler.NONE);
    private final BlockingQueue<Socket> sockets = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        server.close();
    }

    private RawClient enter(String namespace) throws Exception {
        RawClient client = new RawClient(server.port());
        client.next();
        client.send("40" + namespace + ",");
        assertThat(client.nextPacket()).startsWith("40" + namespace + ",");
        return client;
    }

    private Socket socket() throws InterruptedException {
        Socket socket = sockets.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(socket).isNotNull();
        return requireNonNull(socket);
    }

    @Test
    void shouldSpeakToRoomsOnceAndLeaveOutWhoIsExcepted() throws Exception {
        Namespace room = server.of("/r").onConnect(socket -> {
            socket.on(
                    "join",
                    (arguments, ack) -> ack.reply(socket.join(arguments.first().text(""))));
            socket.on("leave", (arguments, ack) -> {
                socket.leave(arguments.first().text(""));
                ack.reply();
            });
            sockets.add(socket);
        });
        server.listen();
        try (RawClient one = enter("/r");
                RawClient two = enter("/r");
                RawClient three = enter("/r")) {
            Socket first = socket();
            for (String packet : List.of("red", "blue")) {
                one.send("42/r,1[\"join\",\"" + packet + "\"]");
                assertThat(one.nextPacket()).isEqualTo("43/r,1[true]");
            }
            two.send("42/r,1[\"join\",\"blue\"]");
            assertThat(two.nextPacket()).isEqualTo("43/r,1[true]");

            room.to("red").to("blue").emit("a");
            room.to("blue").except("red").emit("b");
            room.to(first.id()).emit("c");
            room.except(first.id()).emit("d");
            first.to("blue").emit("e");
            first.broadcast().emit("f");
            room.emit("end");
            assertThat(until(one, "end")).containsExactly("a", "c");
            assertThat(until(two, "end")).containsExactly("a", "b", "d", "e", "f");
            assertThat(until(three, "end")).containsExactly("d", "f");

            one.send("42/r,2[\"leave\",\"red\"]");
            assertThat(one.nextPacket()).isEqualTo("43/r,2[]");
            room.to("red").emit("g");
            room.emit("end");
            assertThat(until(one, "end")).isEmpty();
            assertThat(until(two, "end")).isEmpty();
            room.to("blue").disconnectSockets();
            assertThat(one.nextPacket()).isEqualTo("41/r,");
            assertThat(two.nextPacket()).isEqualTo("41/r,");
        }
    }

    private static List<String> until(RawClient client, String last) throws InterruptedException {
        List<String> names = new ArrayList<>();
        for (String packet = client.nextPacket(); !packet.contains(last); packet = client.nextPacket()) {
            names.add(packet.replaceAll(".*\\[\"(\\w+)\".*", "$1"));
        }
        return names;
    }

    @Test
    void shouldLetMiddlewareDecideLaterFromAnyThread() throws Exception {
        BlockingQueue<Middleware.Next> waiting = new LinkedBlockingQueue<>();
        BlockingQueue<Middleware.Next> second = new LinkedBlockingQueue<>();
        BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();
        server.of("/later")
                .use((socket, auth, next) -> {
                    socket.onDisconnect(ends::add);
                    waiting.add(next);
                })
                .use((socket, auth, next) -> second.add(next))
                .onConnect(sockets::add);
        server.listen();
        try (RawClient client = new RawClient(server.port())) {
            client.next();
            client.send("40/later,");
            take(waiting).refuse("not-yet", "Not yet.");
            assertThat(client.nextPacket())
                    .isEqualTo("44/later,{\"message\":\"Not yet.\",\"data\":{\"code\":\"not-yet\"}}");
            assertThat(take(ends)).isEqualTo(CloseReason.REFUSED);
            client.send("40/later,");
            Middleware.Next next = take(waiting);
            assertThat(sockets).isEmpty();
            next.accept();
            next.accept();
            next.refuse("twice", "Only the first counts.");
            take(second).accept();
            assertThat(client.nextPacket()).startsWith("40/later,{\"sid\"");
            assertThat(socket().namespace().socketCount()).isEqualTo(1);
            assertThat(second)
                    .as("asked once, as only the first decision before it counts")
                    .isEmpty();
        }
        assertThat(take(ends)).isEqualTo(CloseReason.TRANSPORT_CLOSED);
    }

    @Test
    void shouldForgetWhoLeftBeforeTheMiddlewareDecided() throws Exception {
        BlockingQueue<Middleware.Next> waiting = new LinkedBlockingQueue<>();
        BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();
        Namespace later = server.of("/later")
                .use((socket, auth, next) -> {
                    socket.onDisconnect(ends::add);
                    waiting.add(next);
                })
                .onConnect(sockets::add);
        server.listen();
        try (RawClient client = new RawClient(server.port())) {
            client.next();
            client.send("40/later,");
            Middleware.Next next = take(waiting);
            client.send("41/later,");
            assertThat(take(ends)).isEqualTo(CloseReason.CLIENT_LEFT);
            next.accept();
            client.send("40/later,");
            take(waiting).accept();
            assertThat(client.nextPacket()).startsWith("40/later,{\"sid\"");
            assertThat(later.socketCount()).isEqualTo(1);
            assertThat(sockets).hasSize(1);
        }
    }

    @Test
    void shouldLetNobodyIntoANamespaceThatWasClosedWhileTheMiddlewareDecided() throws Exception {
        BlockingQueue<Middleware.Next> waiting = new LinkedBlockingQueue<>();
        Namespace later = server.of("/later")
                .use((socket, auth, next) -> waiting.add(next))
                .onConnect(sockets::add);
        server.listen();
        try (RawClient client = new RawClient(server.port())) {
            client.next();
            client.send("40/later,");
            Middleware.Next next = take(waiting);
            server.close(later);
            next.accept();
            assertThat(client.nextPacket()).isEqualTo("44/later,{\"message\":\"Invalid namespace\"}");
            assertThat(sockets).isEmpty();
        }
    }

    @Test
    void shouldMakeNamespacesOfAPatternAndDropThemWithTheirLastSocket() throws Exception {
        BlockingQueue<String> made = new LinkedBlockingQueue<>();
        server.of(Pattern.compile("/game-\\d+"), namespace -> {
            made.add(namespace.name());
            namespace.onConnect(
                    socket -> socket.emit("hello", socket.namespace().name()));
        });
        server.listen();
        for (int round = 0; round < 2; round++) {
            try (RawClient one = enter("/game-7");
                    RawClient two = enter("/game-7")) {
                assertThat(one.nextPacket()).isEqualTo("42/game-7,[\"hello\",\"/game-7\"]");
                assertThat(two.nextPacket()).isEqualTo("42/game-7,[\"hello\",\"/game-7\"]");
                assertThat(take(made)).isEqualTo("/game-7");
                assertThat(made).isEmpty();
                one.send("41/game-7,");
                two.send("41/game-7,");
                one.send("40/game-x,");
                assertThat(one.nextPacket()).isEqualTo("44/game-x,{\"message\":\"Invalid namespace\"}");
                two.send("40/nowhere,");
                assertThat(two.nextPacket()).contains("Invalid namespace");
            }
        }
    }

    @Test
    void shouldGiveAnswersOfTheClientOrSayThatNoneCame() throws Exception {
        server.of("/ask").onConnect(sockets::add);
        server.listen();
        try (RawClient client = enter("/ask")) {
            Socket socket = socket();
            var answer = socket.emitWithAck(Duration.ofSeconds(20), "how", "many");
            assertThat(client.nextPacket()).isEqualTo("42/ask,0[\"how\",\"many\"]");
            client.send("43/ask,0[3,\"four\"]");
            assertThat(answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).hasSize(2);
            client.send("43/ask,0[5]"); // nobody waits any more
            assertThatThrownBy(() -> socket.emitWithAck(Duration.ofSeconds(20), "what", new Object()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("java.lang.Object");
            var late = socket.emitWithAck(Duration.ofMillis(50), "silence");
            assertThat(late)
                    .failsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .withRootCauseInstanceOf(TimeoutException.class);
            var lost = socket.emitWithAck(Duration.ofSeconds(20), "gone");
            client.close();
            assertThat(lost).failsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldServeTheSameWithoutEpoll() throws IOException, InterruptedException {
        try (SocketServer nio = new SocketServer(
                TransportConfig.DEFAULT.with(c -> {
                    c.port = 0;
                    c.epoll = false;
                }),
                HttpHandler.NONE)) {
            nio.of("/").onConnect(socket -> socket.emit("hello"));
            nio.listen();
            try (RawClient client = new RawClient(nio.port())) {
                client.next();
                client.send("40");
                assertThat(client.nextPacket()).startsWith("40{");
                assertThat(client.nextPacket()).isEqualTo("42[\"hello\"]");
            }
        }
    }

    private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
        T taken = queue.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(taken).isNotNull();
        return requireNonNull(taken);
    }
}
