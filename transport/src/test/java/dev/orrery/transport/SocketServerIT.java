package dev.orrery.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server over real sockets, packet by packet. */
final class SocketServerIT {
    private static final long PING_INTERVAL = 300;
    private static final long PING_TIMEOUT = 200;
    private static final long CONNECT_TIMEOUT = 500;
    /** Far more than the buffers of both kernels take. */
    private static final long LIMIT_BYTES = 64 * 1_024 * 1_024;

    private final BlockingQueue<CloseReason> ends = new LinkedBlockingQueue<>();
    private final SocketServer server = listen();
    private final Namespace room = open(server);

    @AfterEach
    void stop() {
        server.close();
    }

    private static SocketServer listen() {
        TransportConfig config = TransportConfig.DEFAULT.with(c -> {
            c.port = 0;
            c.pingIntervalMillis = PING_INTERVAL;
            c.pingTimeoutMillis = PING_TIMEOUT;
            c.connectTimeoutMillis = CONNECT_TIMEOUT;
        });
        try {
            return new SocketServer(config, request -> HttpHandler.Reply.text(200, request.method() + request.path()))
                    .listen();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Namespace open(SocketServer on) {
        return on.of("/room")
                .use((socket, auth, next) -> {
                    if (auth.get("token") instanceof Json.Str token
                            && !token.value().equals("good")) {
                        next.refuse("bad-token", "That is not the token.");
                    } else {
                        next.accept();
                    }
                })
                .onConnect(this::serve);
    }

    /** Echoes {@code say}, acknowledges {@code other}, throws on {@code fail}, leaves on {@code bye}. */
    private void serve(Socket socket) {
        socket.on("say", (arguments, ack) -> socket.emit("said", arguments.toArray()))
                .on("other", (arguments, ack) -> ack.reply(arguments.toArray()))
                .on("fail", (arguments, ack) -> {
                    throw new IllegalStateException("as the test wants");
                })
                .on("bye", (arguments, ack) -> socket.disconnect())
                .onDisconnect(ends::add);
    }

    private RawClient connected() throws InterruptedException {
        RawClient client = new RawClient(server.port());
        assertThat(client.next()).startsWith("0{\"sid\":\"");
        client.send("40/room,");
        assertThat(client.nextPacket()).matches("40/room,\\{\"sid\":\"[\\w-]{20,}\"}");
        return client;
    }

    @Test
    void shouldOpenWithExactlyTheHandshakeClientsExpect() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            assertThat(client.next())
                    .matches("0\\{\"sid\":\"[\\w-]{20,}\",\"upgrades\":\\[],\"pingInterval\":300,\"pingTimeout\":200,"
                            + "\"maxPayload\":65536}");
        }
    }

    @Test
    void shouldExchangeEventsAndAcknowledgements() throws Exception {
        try (RawClient client = connected()) {
            client.send("42/room,[\"say\",1,{\"a\":[true,null,\"\u00e9\"]}]");
            assertThat(client.nextPacket()).isEqualTo("42/room,[\"said\",1,{\"a\":[true,null,\"\u00e9\"]}]");
            client.send("42/room,17[\"other\",\"x\"]");
            assertThat(client.nextPacket()).isEqualTo("43/room,17[\"x\"]");
        }
    }

    @Test
    void shouldPublishToEverySocketOfTheNamespaceOnly() throws Exception {
        try (RawClient one = connected();
                RawClient two = connected();
                RawClient none = new RawClient(server.port())) {
            none.next();
            assertThat(room.socketCount()).isEqualTo(2);
            room.emit("published", "news");
            assertThat(one.nextPacket()).isEqualTo("42/room,[\"published\",\"news\"]");
            assertThat(two.nextPacket()).isEqualTo("42/room,[\"published\",\"news\"]");
            assertThat(none.nextPacket()).startsWith("closed");
        }
    }

    @Test
    void shouldSayWhyAConnectIsRefusedAndLetTheClientTryAgain() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.next();
            client.send("40/room,{\"token\":\"bad\"}");
            assertThat(client.nextPacket())
                    .isEqualTo("44/room,{\"message\":\"That is not the token.\",\"data\":{\"code\":\"bad-token\"}}");
            client.send("40/nowhere,");
            assertThat(client.nextPacket()).isEqualTo("44/nowhere,{\"message\":\"Invalid namespace\"}");
            client.send("40/room,{\"token\":\"good\"}");
            assertThat(client.nextPacket()).startsWith("40/room,");
            assertThat(server.counters().count(Counter.SOCKETS_REFUSED)).isEqualTo(1);
            assertThat(server.counters().count(Counter.UNKNOWN_NAMESPACE)).isEqualTo(1);
        }
    }

    @Test
    void shouldLeaveNamespaceButKeepPinging() throws Exception {
        try (RawClient client = connected()) {
            client.send("41/room,");
            assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo(CloseReason.CLIENT_LEFT);
            assertThat(client.next()).isEqualTo("2");
            client.send("3");
            assertThat(client.next()).isEqualTo("2");
            client.send("3");
            client.send("40/room,");
            assertThat(client.nextPacket()).startsWith("40/room,");
            client.send("42/room,[\"bye\"]");
            assertThat(client.nextPacket()).isEqualTo("41/room,");
            assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo(CloseReason.SERVER_LEFT);
        }
    }

    @Test
    void shouldCloseWhenNoPongComes() throws Exception {
        try (RawClient client = connected()) {
            long began = System.nanoTime();
            assertThat(client.next()).isEqualTo("2");
            assertThat(client.next()).isEqualTo("closed 1000");
            assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo(CloseReason.PING_TIMEOUT);
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began)).isGreaterThanOrEqualTo(PING_TIMEOUT);
        }
    }

    @Test
    void shouldCloseWhoEntersNoNamespace() throws Exception {
        try (RawClient client = new RawClient(server.port())) {
            client.next();
            assertThat(client.nextPacket()).isEqualTo("closed 1000");
            assertThat(server.counters().count(Counter.CONNECT_TIMEOUTS)).isEqualTo(1);
        }
    }

    @Test
    void shouldLoseOnlyTheConnectionWhoseListenerThrows() throws Exception {
        try (RawClient failing = connected();
                RawClient other = connected()) {
            failing.send("42/room,[\"fail\"]");
            assertThat(failing.nextPacket()).isEqualTo("closed 1011");
            assertThat(server.counters().count(Counter.LISTENER_FAILURES)).isEqualTo(1);
            other.send("42/room,[\"say\",\"still here\"]");
            assertThat(other.nextPacket()).isEqualTo("42/room,[\"said\",\"still here\"]");
        }
    }

    @Test
    void shouldTellEachSocketOnceThatTheConnectionBroke() throws Exception {
        try (RawClient client = connected()) {
            client.close();
            assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo(CloseReason.TRANSPORT_CLOSED);
            assertThat(room.socketCount()).isZero();
            assertThat(ends).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"4abc", "42{}", "42/room,[", "42/room,[\"disconnect\"]", "40/room,", "2", "7", "42/other,[\"x\"]"
            })
    void shouldCloseForPacketsNoCorrectClientSends(String packet) throws Exception {
        try (RawClient client = connected();
                RawClient other = connected()) {
            client.send(packet);
            assertThat(client.nextPacket()).isEqualTo("closed 1002");
            assertThat(server.counters().count(Counter.PROTOCOL_ERRORS)).isEqualTo(1);
            other.send("42/room,[\"say\",1]");
            assertThat(other.nextPacket()).isEqualTo("42/room,[\"said\",1]");
        }
    }

    @Test
    void shouldCloseForBinaryThatNobodyAnnouncedAndForMessagesOverTheLimit() throws Exception {
        try (RawClient binary = connected();
                RawClient large = connected()) {
            binary.sendBinary(new byte[] {1});
            assertThat(binary.nextPacket()).isEqualTo("closed 1002");
            large.send("42/room,[\"say\",\"" + "x".repeat(65_536) + "\"]");
            assertThat(large.nextPacket()).isEqualTo("closed 1009");
        }
    }

    /** A client that resets right behind its CONNECT was admitted, so it must also be seen to leave. */
    @Test
    void shouldNotKeepSocketsOfConnectionsThatWereReset() throws Exception {
        int clients = 50;
        for (int i = 0; i < clients; i++) {
            try (TcpClient client = new TcpClient(server.port(), 0)) {
                client.upgrade();
                client.frame("40/room,");
                client.reset();
            }
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (server.counters().count(Counter.SESSIONS_CLOSED) < clients && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(server.counters().count(Counter.SESSIONS_CLOSED)).isEqualTo(clients);
        assertThat(room.socketCount()).isZero();
        assertThat(ends).hasSize((int) server.counters().count(Counter.SOCKETS_CONNECTED));
    }

    /** What a client does not fetch must not pile up: it is not read, so its own writing comes to a halt. */
    @Test
    void shouldNotReadFromWhoDoesNotRead() throws Exception {
        try (TcpClient client = new TcpClient(server.port(), 4_096)) {
            String request = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1_000);
            assertThat(client.writeUntilItHalts(request, LIMIT_BYTES)).isLessThan(LIMIT_BYTES);
            try (RawClient other = connected()) {
                other.send("42/room,[\"say\",\"unharmed\"]");
                assertThat(other.nextPacket()).isEqualTo("42/room,[\"said\",\"unharmed\"]");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/socket.io/?EIO=3&transport=websocket, EIO=4",
        "/socket.io/?transport=websocket, EIO=4",
        "/socket.io/?EIO=4&transport=flute, Transport unknown",
        "/socket.io/?EIO=4, Transport unknown",
        "/socket.io/?EIO=4&transport=polling&sid=x, Session ID unknown",
        "/socket.io/?EIO=4&transport=websocket&sid=x, Session ID unknown",
        "/socket.io/?EIO=4&transport=websocket, no upgrade"
    })
    void shouldExplainWhyAHandshakeIsRefused(String target, String reason) throws Exception {
        HttpResponse<String> response = get(target);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains(reason);
    }

    /** Between two GETs of a polling client there is nobody to tell: the next one gets what was said, and that it is over. */
    @Test
    void shouldGiveLastWordsToTheNextGet() throws Exception {
        SocketServer patient = new SocketServer(TransportConfig.DEFAULT.with(c -> c.port = 0), HttpHandler.NONE);
        patient.of("/").onConnect(socket -> {
            socket.emit("last", "words");
            socket.disconnectTransport();
        });
        patient.listen();
        try (patient;
                HttpClient http = HttpClient.newHttpClient()) {
            String base = "http://127.0.0.1:" + patient.port() + "/socket.io/?EIO=4&transport=polling";
            String sid =
                    text(http, HttpRequest.newBuilder(URI.create(base))).replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
            URI session = URI.create(base + "&sid=" + sid);
            assertThat(text(http, HttpRequest.newBuilder(session).POST(HttpRequest.BodyPublishers.ofString("40"))))
                    .isEqualTo("ok");
            assertThat(text(http, HttpRequest.newBuilder(session)))
                    .matches("40\\{\"sid\":\"[^\"]+\"}\u001e42\\[\"last\",\"words\"]\u001e1");
            assertThat(text(http, HttpRequest.newBuilder(session))).contains("Session ID unknown");
        }
    }

    private static String text(HttpClient http, HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
    }

    /** Whoever is taken out of a namespace may have sent something before they heard of it: no reason to close the rest. */
    @Test
    void shouldForgiveWhatWasUnderWayWhenASocketWasTakenOut() throws Exception {
        server.of("/two").onConnect(socket -> socket.on("say", (arguments, ack) -> socket.emit("said")));
        try (RawClient client = connected()) {
            client.send("40/two,");
            assertThat(client.nextPacket()).startsWith("40/two,");
            room.disconnectSockets();
            assertThat(client.nextPacket()).isEqualTo("41/room,");
            client.send("42/room,[\"say\",1]");
            client.send("43/room,1[]");
            client.send("42/two,[\"say\"]");
            assertThat(client.nextPacket()).isEqualTo("42/two,[\"said\"]");
            client.send("40/room,");
            assertThat(client.nextPacket()).startsWith("40/room,");
            assertThat(server.counters().count(Counter.PROTOCOL_ERRORS)).isZero();
        }
    }

    @Test
    void shouldTellEveryoneThatItCloses() throws Exception {
        SocketServer patient = new SocketServer(TransportConfig.DEFAULT.with(c -> c.port = 0), HttpHandler.NONE);
        open(patient);
        patient.listen();
        try (RawClient socket = new RawClient(patient.port());
                HttpClient http = HttpClient.newHttpClient()) {
            socket.next();
            socket.send("40/room,");
            assertThat(socket.nextPacket()).startsWith("40/room,");
            URI polling = URI.create("http://127.0.0.1:" + patient.port() + "/socket.io/?EIO=4&transport=polling");
            String handshake = http.send(HttpRequest.newBuilder(polling).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
            String sid = handshake.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1");
            HttpRequest poll =
                    HttpRequest.newBuilder(URI.create(polling + "&sid=" + sid)).build();
            var waiting = http.sendAsync(poll, HttpResponse.BodyHandlers.ofString());
            for (int i = 0; i < 100; i++) { // by then the GET has arrived
                socket.send("42/room,[\"say\",1]");
                assertThat(socket.nextPacket()).isEqualTo("42/room,[\"said\",1]");
            }
            patient.close();
            assertThat(socket.nextPacket()).isEqualTo("closed 1001");
            assertThat(waiting.get(20, TimeUnit.SECONDS).body()).isEqualTo("1");
            assertThat(ends.poll(20, TimeUnit.SECONDS)).isEqualTo(CloseReason.SERVER_CLOSING);
        }
    }

    @Test
    void shouldAnswerHttpOnTheSamePort() throws Exception {
        assertThat(get("/hello?x=1").body()).isEqualTo("GET/hello");
    }

    private HttpResponse<String> get(String target) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + target);
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
