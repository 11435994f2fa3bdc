package dev.orrery.cli;

import static dev.orrery.cli.JavaClient.acknowledged;
import static dev.orrery.cli.JavaClient.connect;
import static dev.orrery.cli.JavaClient.settle;
import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Ack;
import io.socket.client.Socket;
import io.socket.engineio.parser.Packet;
import io.socket.thread.EventThread;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import okhttp3.OkHttpClient;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The official Java client against the echo server, or against the one with {@code /secure} that the property
 * {@code conformance.secureUrl} or {@code conformance.url} names.
 */
@Timeout(60)
final class JavaClientIT {
    /** What JSON escapes, what UTF-8 needs one to four bytes for, what ends lines and payloads elsewhere, and much. */
    private static final List<String> TEXTS = List.of(
            "",
            "quote \" backslash \\ slash / tab \t line \r\n nul \0 separators \u001e \u2028 \u2029",
            "Grüße, 你好, Привет, مرحبا, e\u0301, 👩‍🚀🪐",
            "42[\"message\",\"not a packet\"]\u001e2",
            "ö€🪐".repeat(20_000));

    private static final ByteBuffer EVERY_BYTE = bytes(256);
    private static final ByteBuffer MUCH = bytes(100_000);
    /** Attachments at several depths, an empty one, and text that looks like the place of one. */
    private static final Map<String, Object> NESTED = Map.of(
            "list", List.of(EVERY_BYTE, Map.of("deep", bytes(0), "text", "🪐")),
            "place", Map.of("_placeholder", false, "num", 7),
            "other", bytes(3));

    private static final int BURST = 200;

    private final AutoCloseable server;
    private final String url;
    private final OkHttpClient http = new OkHttpClient();
    private final List<JavaClient> clients = new ArrayList<>();

    JavaClientIT() throws Exception {
        String other = System.getProperty("conformance.secureUrl", System.getProperty("conformance.url"));
        if (other == null) {
            // Often enough that a test sees several pings; patient enough for a machine that is busy.
            ConformanceServer own = ConformanceServer.start(0, 300, 10_000, true);
            server = own;
            url = "http://127.0.0.1:" + own.port() + "/";
        } else {
            server = () -> {};
            url = other;
        }
        // Several clients share it, each with a poll that waits at the server.
        http.dispatcher().setMaxRequestsPerHost(64);
    }

    @AfterEach
    void stop() throws Exception {
        clients.forEach(JavaClient::close);
        server.close();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private JavaClient dial(Mode mode) {
        return dial(mode, CompletableFuture.completedFuture(null));
    }

    private JavaClient dial(Mode mode, CompletableFuture<Void> webSockets) {
        JavaClient client = new JavaClient(url, mode, http, webSockets);
        clients.add(client);
        return client;
    }

    private static ByteBuffer bytes(int count) {
        byte[] bytes = new byte[count];
        for (int index = 0; index < count; index++) {
            bytes[index] = (byte) index;
        }
        return ByteBuffer.wrap(bytes);
    }

    /** The arguments of as many events, each with its number. */
    private static List<List<Object>> numbers(int count) {
        return IntStream.range(0, count).mapToObj(List::<Object>of).toList();
    }

    private static void burst(Socket socket, int from) {
        IntStream.range(from, from + BURST).forEach(index -> socket.emit("message", index));
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveTwoNamespacesOnOneConnectionWithDifferentIds(Mode mode) throws Exception {
        JavaClient client = dial(mode);
        Socket root = client.socket("/", Map.of());
        Socket custom = client.socket("/custom", Map.of("name", "Ada 🪐"));
        Heard rootAuth = Heard.of(root, "auth");
        Heard customAuth = Heard.of(custom, "auth");
        assertThat(List.of(connect(root), connect(custom))).containsOnly("accepted");
        assertThat(rootAuth.next()).containsExactly(Map.of());
        assertThat(customAuth.next()).containsExactly(Map.of("name", "Ada 🪐"));
        String id = custom.id();
        assertThat(Set.of(root.id(), id, client.sid())).hasSize(3);

        custom.disconnect();
        settle(root);
        assertThat(connect(custom)).isEqualTo("accepted");
        assertThat(custom.id()).isNotEqualTo(id);
    }

    @ParameterizedTest
    @EnumSource
    void shouldGetTextBackAsItWas(Mode mode) throws Exception {
        Socket socket = dial(mode).connected("/");
        Heard echoes = Heard.of(socket, "message-back");
        List<List<Object>> events =
                new ArrayList<>(TEXTS.stream().map(List::<Object>of).toList());
        events.add(List.of());
        events.add(
                List.of(JSONObject.NULL, true, 0, -1.5e300, List.of(), Map.of(), Map.of("", List.of(List.of("🪐")))));
        events.forEach(args -> socket.emit("message", Values.encode(args)));
        assertThat(echoes.next(events.size())).isEqualTo(events);
    }

    @ParameterizedTest
    @EnumSource
    void shouldGetBytesBackAsTheyWere(Mode mode) throws Exception {
        Socket socket = dial(mode).connected("/");
        Heard echoes = Heard.of(socket, "message-back");
        List<List<Object>> events =
                List.of(List.of(EVERY_BYTE), List.of(bytes(0)), List.of(MUCH, "and", EVERY_BYTE), List.of(NESTED, 1));
        events.forEach(args -> socket.emit("message", Values.encode(args)));
        assertThat(echoes.next(events.size())).isEqualTo(events);
    }

    @ParameterizedTest
    @EnumSource
    void shouldHaveItsEventsAcknowledged(Mode mode) throws Exception {
        Socket socket = dial(mode).connected("/");
        for (List<?> args : List.of(List.of(), TEXTS, List.of(MUCH), List.of(NESTED, "🪐", EVERY_BYTE))) {
            assertThat(acknowledged(socket, args)).isEqualTo(args);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldAcknowledgeWhatTheServerAsks(Mode mode) throws Exception {
        Socket socket = dial(mode).connected("/");
        Heard questions = Heard.of(socket, "question");
        Heard answers = Heard.of(socket, "answered");
        for (List<?> args : List.of(List.of(), TEXTS, List.of(MUCH), List.of(NESTED, "🪐", EVERY_BYTE))) {
            socket.emit("ask", Values.encode(List.of("how", EVERY_BYTE)));
            List<Object> question = questions.next();
            assertThat(question.subList(0, question.size() - 1)).containsExactly("how", EVERY_BYTE);
            ((Ack) question.getLast()).call(Values.encode(args));
            assertThat(answers.next()).isEqualTo(args);
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeAllowedToBeSilent(Mode mode) throws Exception {
        Socket socket = dial(mode).connected("/");
        Heard answers = Heard.of(socket, "answered");
        Heard silences = Heard.of(socket, "unanswered");
        socket.emit("ask", "why");
        assertThat(silences.next()).isEmpty();
        assertThat(answers.rest()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldHearABinaryBroadcastOnceAsTwoOthersDo(Mode mode) throws Exception {
        Socket sender = dial(mode).connected("/");
        List<Socket> sockets = new ArrayList<>(List.of(sender));
        for (Mode other : Mode.values()) {
            if (other != mode) {
                sockets.add(dial(other).connected("/"));
            }
        }
        Heard elsewhere = Heard.of(dial(mode).connected("/custom"), "b");
        List<Heard> heard =
                sockets.stream().map(socket -> Heard.of(socket, "b")).toList();
        sender.emit("bcast-bin");
        sender.emit("bcast", "🪐");
        for (int index = 0; index < sockets.size(); index++) {
            assertThat(heard.get(index).next(2))
                    .containsExactly(List.of(ByteBuffer.wrap(new byte[] {1, 2, 3})), List.of("🪐"));
            settle(sockets.get(index));
            assertThat(heard.get(index).rest()).isEmpty();
        }
        assertThat(elsewhere.rest()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void shouldSendAndGetBurstsCompleteAndInOrder(Mode mode) throws Exception {
        Socket socket = dial(mode).connected("/");
        Heard echoes = Heard.of(socket, "message-back");
        Heard many = Heard.of(socket, "m");
        burst(socket, 0);
        settle(socket);
        assertThat(echoes.rest()).isEqualTo(numbers(BURST));
        socket.emit("many", BURST);
        settle(socket);
        assertThat(many.rest()).isEqualTo(numbers(BURST));
    }

    @ParameterizedTest
    @EnumSource
    void shouldKeepTextAndBytesOfABurstInOrder(Mode mode) throws Exception {
        Socket socket = dial(mode).connected("/");
        Heard echoes = Heard.of(socket, "message-back");
        List<List<Object>> events = IntStream.range(0, BURST)
                .mapToObj(index ->
                        index % 3 == 0 ? List.<Object>of(index) : List.<Object>of(index, bytes(1), bytes(index)))
                .toList();
        events.forEach(args -> socket.emit("message", Values.encode(args)));
        settle(socket);
        assertThat(echoes.rest()).isEqualTo(events);
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeToldOfAnUnknownNamespaceWhileItsOthersLiveOn(Mode mode) throws Exception {
        JavaClient client = dial(mode);
        Socket root = client.connected("/");
        assertThat(connect(client.socket("/nowhere", Map.of()))).isEqualTo("Invalid namespace");
        assertThat(connect(client.socket("/custom/🪐", Map.of()))).isEqualTo("Invalid namespace");
        settle(root);
        assertThat(root.connected()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeToldOfARefusedTicketAndEnterWithAGoodOne(Mode mode) throws Exception {
        JavaClient client = dial(mode);
        Socket root = client.connected("/");
        Map<String, String> auth = new ConcurrentHashMap<>();
        Socket secure = client.socket("/secure", auth);
        Heard replies = Heard.of(secure, "secret-reply");
        assertThat(connect(secure)).isEqualTo("not allowed");
        auth.put("token", "bad");
        assertThat(connect(secure)).isEqualTo("not allowed");
        settle(root);

        auth.put("token", "good");
        assertThat(connect(secure)).isEqualTo("accepted");
        secure.emit("secret");
        replies.next();
    }

    @ParameterizedTest
    @EnumSource
    void shouldEndOnItsLastTransportAndOutliveSeveralPings(Mode mode) throws Exception {
        JavaClient client = dial(mode);
        CountDownLatch pings = new CountDownLatch(4);
        client.onPacket((transport, packet) -> {
            if (packet.type.equals(Packet.PING)) {
                pings.countDown();
            }
        });
        Socket socket = client.connected("/");
        Heard ends = Heard.of(socket, Socket.EVENT_DISCONNECT);
        assertThat(pings.await(Heard.SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        settle(socket);
        assertThat(ends.rest()).isEmpty();
        assertThat(client.carrier()).isEqualTo(mode.last());
    }

    /** Bursts before the upgrade, in the middle of it (at the answer to the probe) and at its end. */
    @RepeatedTest(10)
    void shouldLoseNothingOfBurstsInAnUpgrade() throws Exception {
        CompletableFuture<Void> upgrade = gate();
        JavaClient client = dial(Mode.POLLING_THEN_UPGRADE, upgrade);
        Socket socket = client.socket("/", Map.of());
        Heard phases = new Heard();
        AtomicInteger phase = new AtomicInteger();
        Runnable bursts = () -> {
            burst(socket, phase.getAndIncrement() * BURST);
            socket.emit("many", BURST);
            phases.add("burst");
        };
        client.onPacket((transport, packet) -> {
            if (transport.name.equals("websocket") && phase.get() < 3) {
                bursts.run();
            }
        });
        assertThat(connect(socket)).isEqualTo("accepted");
        Heard echoes = Heard.of(socket, "message-back");
        Heard many = Heard.of(socket, "m");
        assertThat(client.carrier()).isEqualTo("polling");
        bursts.run();
        upgrade.complete(null);

        phases.next(3);
        settle(socket);
        assertThat(client.carrier()).isEqualTo("websocket");
        assertThat(echoes.rest()).isEqualTo(numbers(3 * BURST));
        for (int index = 0; index < 3; index++) {
            assertThat(many.next(BURST)).isEqualTo(numbers(BURST));
        }
        assertThat(many.rest()).isEmpty();
    }

    /** Each echo sends the next event, so that some are under way both ways at every moment of the upgrade. */
    @RepeatedTest(10)
    void shouldNotNoticeAnUpgradeInWhatFlowsAllTheTime() throws Exception {
        CompletableFuture<Void> upgrade = gate();
        JavaClient client = dial(Mode.POLLING_THEN_UPGRADE, upgrade);
        Socket socket = client.connected("/");
        Heard echoes = Heard.of(socket, "message-back");
        AtomicInteger sent = new AtomicInteger();
        CountDownLatch flowed = new CountDownLatch(30);
        CountDownLatch done = new CountDownLatch(BURST);
        socket.on("message-back", args -> {
            flowed.countDown();
            if (client.carrier().equals("websocket")) {
                done.countDown();
            }
            if (done.getCount() > 0) {
                socket.emit("message", sent.getAndIncrement());
            }
        });
        EventThread.exec(() -> IntStream.range(0, 10).forEach(index -> socket.emit("message", sent.getAndIncrement())));
        assertThat(flowed.await(Heard.SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(client.carrier()).isEqualTo("polling");
        upgrade.complete(null);

        assertThat(done.await(Heard.SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        settle(socket);
        assertThat(echoes.rest()).isEqualTo(numbers(sent.get()));
    }

    /** Opens by itself in the end, so that no thread waits for a test that failed. */
    private static CompletableFuture<Void> gate() {
        return new CompletableFuture<Void>().completeOnTimeout(null, Heard.SOON.toSeconds(), TimeUnit.SECONDS);
    }
}
