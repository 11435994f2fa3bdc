package dev.orrery.cli;

import dev.orrery.transport.Arguments;
import dev.orrery.transport.CloseReason;
import dev.orrery.transport.EngineListener;
import dev.orrery.transport.EngineSession;
import dev.orrery.transport.HttpHandler;
import dev.orrery.transport.Limits;
import dev.orrery.transport.Middleware;
import dev.orrery.transport.Namespace;
import dev.orrery.transport.Rate;
import dev.orrery.transport.Socket;
import dev.orrery.transport.SocketServer;
import dev.orrery.transport.TransportConfig;
import dev.orrery.wire.EncodedPacket;
import dev.orrery.wire.Json;
import dev.orrery.wire.JsonValue;
import dev.orrery.wire.PacketLimits;
import dev.orrery.wire.SocketPacket;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The echo server against which test suites of Engine.IO and Socket.IO are run: {@code /engine.io/} sends every message back, and
 * {@code /socket.io/} has the namespaces and events that docs/PROTOCOL.md lists. May be used by any thread.
 */
final class ConformanceServer implements AutoCloseable {
    static final long PING_INTERVAL_MILLIS = 300;
    static final long PING_TIMEOUT_MILLIS = 200;
    private static final long CONNECT_TIMEOUT_MILLIS = 1_000;
    private static final int MAX_PAYLOAD_BYTES = 1_000_000;
    private static final int MAX_QUEUED_BYTES = 64_000_000;
    private static final Rate MESSAGES = new Rate(10_000, 100_000);
    private static final Rate MESSAGE_BYTES = new Rate(50_000_000, 100_000_000);
    private static final int MAX_FLOOD = 100_000;
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(1);

    private final SocketServer server;

    private ConformanceServer(SocketServer server) {
        this.server = server;
    }

    /**
     * Starts it on the loopback address.
     *
     * @param port 0 takes a free one
     * @param secure whether there is a namespace {@code /secure} too
     * @throws IOException in a sentence, if it cannot listen
     */
    static ConformanceServer start(int port, long pingIntervalMillis, long pingTimeoutMillis, boolean secure)
            throws IOException {
        Limits limits = Limits.DEFAULT.with(l -> {
            l.maxPayloadBytes = MAX_PAYLOAD_BYTES;
            l.maxQueuedBytes = MAX_QUEUED_BYTES;
            l.messages = MESSAGES;
            l.messageBytes = MESSAGE_BYTES;
            PacketLimits packet = l.packet;
            l.packet = new PacketLimits(
                    packet.maxNamespaceLength(), packet.maxAttachments(), 2 * MAX_PAYLOAD_BYTES, packet.maxDepth());
        });
        TransportConfig config = TransportConfig.DEFAULT.with(c -> {
            c.port = port;
            c.pingIntervalMillis = pingIntervalMillis;
            c.pingTimeoutMillis = pingTimeoutMillis;
            c.connectTimeoutMillis = CONNECT_TIMEOUT_MILLIS;
            c.limits = limits;
        });
        SocketServer server = new SocketServer(config, HttpHandler.NONE);
        server.engine("/engine.io/", Echo::new);
        Namespace root = server.of("/");
        root.use(ConformanceServer::keepAuth).onConnect(socket -> serve(root, socket));
        server.of("/custom").use(ConformanceServer::keepAuth).onConnect(ConformanceServer::greet);
        if (secure) {
            server.of("/secure")
                    .use((socket, auth, next) -> {
                        if (auth.get("token").text("").equals("good")) {
                            next.accept();
                        } else {
                            next.refuse("not allowed");
                        }
                    })
                    .onConnect(socket -> socket.on("secret", (arguments, ack) -> socket.emit("secret-reply")));
        }
        return new ConformanceServer(server.listen());
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }

    private static void keepAuth(Socket socket, Json auth, Middleware.Next next) {
        socket.data(auth);
        next.accept();
    }

    /** Tells the client what it sent with its CONNECT. */
    private static void greet(Socket socket) {
        socket.emit("auth", socket.data() == Json.NULL ? Map.of() : socket.data());
    }

    private static void serve(Namespace root, Socket socket) {
        greet(socket);
        socket.on("message", (arguments, ack) -> socket.emit("message-back", arguments.toArray()))
                .on("message-with-ack", (arguments, ack) -> ack.reply(arguments.toArray()))
                .on("bcast", (arguments, ack) -> root.emit("b", arguments.first()))
                .on("bcast-bin", (arguments, ack) -> root.emit("b", new byte[] {1, 2, 3}))
                .on("many", (arguments, ack) -> {
                    int count = count(arguments, 0);
                    for (int i = 0; i < count; i++) {
                        socket.emit("m", i);
                    }
                })
                .on("flood", (arguments, ack) -> {
                    int count = count(arguments, 0);
                    EncodedPacket packet =
                            SocketPacket.event(root.name(), "f", SocketPacket.NO_ID, "x".repeat(count(arguments, 1)));
                    for (int i = 0; i < count; i++) {
                        socket.send(packet);
                    }
                })
                .on("enc", (arguments, ack) -> {
                    // An argument that writes nothing, but knows how often it was asked to.
                    AtomicInteger written = new AtomicInteger();
                    JsonValue counting = out -> written.incrementAndGet();
                    root.emit("e", counting);
                    socket.emit("enc-count", written.get());
                })
                .on(
                        "ask",
                        (arguments, ack) -> socket.emitWithAck(ANSWER_TIMEOUT, "question", arguments.toArray())
                                .whenComplete((values, failure) -> {
                                    if (failure == null) {
                                        socket.emit("answered", values.toArray());
                                    } else {
                                        socket.emit("unanswered");
                                    }
                                }));
    }

    private static int count(Arguments arguments, int index) {
        return (int) Math.clamp(arguments.get(index).number(0), 0, MAX_FLOOD);
    }

    /** Sends every message back. */
    private record Echo(EngineSession session) implements EngineListener {
        @Override
        public void text(String message) {
            session.send(EncodedPacket.text("4" + message));
        }

        @Override
        public void binary(byte[] message) {
            session.send(EncodedPacket.binary(message));
        }

        @Override
        public void closed(CloseReason reason) {
            // Nothing is kept of it.
        }
    }
}
