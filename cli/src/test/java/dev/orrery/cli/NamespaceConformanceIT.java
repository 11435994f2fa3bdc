package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines 8 and 9: entering and leaving namespaces. */
@Conformance
final class NamespaceConformanceIT {
    private static final long CONNECT_TIMEOUT_MILLIS = 1_000;
    /** The resolution that the server's timers must have. */
    private static final long RESOLUTION_MILLIS = 10;

    private static final int SIDS = 500;
    private static final double SID_BITS = 120;
    /** What the estimate of the bits may miss, as not every character shows at every place. */
    private static final double MISSED_BITS = 1;

    private static final int RACES = 20;

    private final ConformanceTarget target;

    NamespaceConformanceIT(ConformanceTarget target) {
        this.target = target;
    }

    private RawWebSocket open() throws IOException, InterruptedException {
        return RawWebSocket.open(target, ConformanceTarget.SOCKET);
    }

    /** An upper bound of the random bits in a sid: the different characters seen at each place. */
    private static double randomBits(List<String> sids) {
        double bits = 0;
        for (int i = 0; i < sids.getFirst().length(); i++) {
            int place = i;
            Set<Character> seen = new HashSet<>();
            sids.forEach(sid -> seen.add(sid.charAt(place)));
            bits += Math.log(seen.size()) / Math.log(2);
        }
        return bits;
    }

    @Test
    @DisplayName("Line 8: the reply to CONNECT has only a sid")
    void shouldReplyWithNothingButSid() throws Exception {
        try (RawWebSocket socket = open()) {
            socket.send("40");
            assertThat(socket.next()).matches("40\\{\"sid\":\"[\\w-]{20,}\"}");
            socket.expect("42[\"auth\",{}]");
            SocketIo.expectNothingBut(socket);
        }
    }

    @Test
    @DisplayName("Line 8: auth is the payload of CONNECT")
    void shouldEmitAuthWithThePayload() throws Exception {
        try (RawWebSocket socket = open()) {
            socket.send("40{\"token\":\"123\",\"n\":[1,null,{\"a\":true}]}");
            assertThat(socket.next()).matches(SocketIo.CONNECTED);
            socket.expect("42[\"auth\",{\"token\":\"123\",\"n\":[1,null,{\"a\":true}]}]");
            socket.send("40/custom,{\"token\":\"abc\"}");
            assertThat(socket.next()).matches("40/custom,\\{\"sid\":\"[\\w-]{20,}\"}");
            socket.expect("42/custom,[\"auth\",{\"token\":\"abc\"}]");
            SocketIo.expectNothingBut(socket);
        }
    }

    @Test
    @DisplayName("Line 8: CONNECT over polling")
    void shouldConnectOverPolling() throws Exception {
        try (RawPolling polling = RawPolling.open(target, ConformanceTarget.SOCKET)) {
            polling.send("40", "40/custom,{\"a\":1}");
            List<String> packets = polling.take(4);
            assertThat(packets).hasSize(4);
            assertThat(packets.stream().filter(packet -> !packet.contains("/custom,")))
                    .satisfiesExactly(
                            reply -> assertThat(reply).matches(SocketIo.CONNECTED),
                            auth -> assertThat(auth).isEqualTo("42[\"auth\",{}]"));
            assertThat(packets.stream().filter(packet -> packet.contains("/custom,")))
                    .satisfiesExactly(
                            reply -> assertThat(reply).startsWith("40/custom,{\"sid\":"),
                            auth -> assertThat(auth).isEqualTo("42/custom,[\"auth\",{\"a\":1}]"));
            SocketIo.expectNothingBut(polling);
        }
    }

    @Test
    @DisplayName("Line 8: the sid differs per namespace, from the transport's, and from the one before")
    void shouldGiveUnrelatedSids() throws Exception {
        try (RawWebSocket socket =
                RawWebSocket.attempt(target, ConformanceTarget.SOCKET + "?EIO=4&transport=websocket")) {
            List<String> sids = new ArrayList<>(List.of(RawPolling.sid(socket.next())));
            for (String namespace : List.of("", "/custom,")) {
                for (int i = 0; i < 2; i++) {
                    socket.send("40" + namespace);
                    sids.add(RawPolling.sid(socket.next()));
                    socket.expect("42" + namespace + "[\"auth\",{}]");
                    socket.send("41" + namespace);
                    // Node takes a CONNECT in the same breath as the DISCONNECT for a second one.
                    target.settle();
                }
            }
            assertThat(sids).hasSize(5).doesNotHaveDuplicates();
            for (String sid : sids) {
                assertThat(sids.stream().filter(other -> !other.equals(sid)))
                        .noneMatch(other -> other.substring(0, 10).equals(sid.substring(0, 10)));
            }
        }
    }

    @Test
    @DisplayName("Line 8: the sid of a namespace does not name the transport's session")
    void shouldNotFindSessionByNamespaceSid() throws Exception {
        try (RawPolling polling = RawPolling.open(target, ConformanceTarget.SOCKET)) {
            polling.send("40");
            String publicSid = RawPolling.sid(polling.take(2).getFirst());
            try (RawHttp http = new RawHttp(target)) {
                String url = ConformanceTarget.SOCKET + "?EIO=4&transport=polling&sid=" + publicSid;
                assertThat(http.exchange("GET", url, "").status()).isEqualTo(400);
            }
            SocketIo.expectNothingBut(polling);
        }
    }

    @Test
    @DisplayName("Line 8: the transport's sid has at least 120 random bits")
    void shouldHaveRandomTransportSids() throws Exception {
        List<String> sids = new ArrayList<>();
        for (int i = 0; i < SIDS; i++) {
            // From many addresses, as one may have so many sessions only.
            try (RawHttp http = new RawHttp(target, "127.0.1." + (1 + i % 50))) {
                String url = ConformanceTarget.ENGINE + "?EIO=4&transport=polling";
                sids.add(RawPolling.sid(http.exchange("GET", url, "").body()));
                http.exchange("POST", url + "&sid=" + sids.getLast(), "1");
            }
        }
        assertThat(sids).doesNotHaveDuplicates();
        assertThat(randomBits(sids)).isGreaterThan(SID_BITS - MISSED_BITS);
    }

    @Test
    @DisplayName("Line 8: the sid of a namespace has at least 120 random bits")
    void shouldHaveRandomNamespaceSids() throws Exception {
        List<String> sids = new ArrayList<>();
        try (RawPolling polling = RawPolling.open(target, ConformanceTarget.SOCKET)) {
            for (int i = 0; i < SIDS; i++) {
                polling.send("40");
                sids.add(RawPolling.sid(polling.take(2).getFirst()));
                polling.send("41");
            }
        }
        assertThat(sids).doesNotHaveDuplicates();
        assertThat(randomBits(sids)).isGreaterThan(SID_BITS - MISSED_BITS);
    }

    @ParameterizedTest
    @DisplayName("Line 8: a namespace that does not exist")
    @ValueSource(strings = {"/random", "/Custom", "/custom/", "/custom/x", "/secure", "/__proto__"})
    void shouldRefuseUnknownNamespace(String namespace) throws Exception {
        try (RawWebSocket socket = open()) {
            socket.send("40" + namespace + ",");
            socket.expect("44" + namespace + ",{\"message\":\"Invalid namespace\"}");
            SocketIo.enterRoot(socket);
        }
    }

    @Test
    @DisplayName("Line 8: a session without CONNECT is closed")
    void shouldCloseWebSocketWithoutConnect() throws Exception {
        long began = System.nanoTime();
        try (RawWebSocket socket = open()) {
            socket.send("40/random,");
            socket.expect("44/random,{\"message\":\"Invalid namespace\"}", RawWebSocket.CLOSED);
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began))
                    .isBetween(CONNECT_TIMEOUT_MILLIS - RESOLUTION_MILLIS, 10 * CONNECT_TIMEOUT_MILLIS);
        }
    }

    @Test
    @DisplayName("Line 8: a polling session without CONNECT is gone")
    void shouldClosePollingWithoutConnect() throws Exception {
        long began = System.nanoTime();
        RawPolling polling = RawPolling.open(target, ConformanceTarget.SOCKET);
        int status = 200;
        String body = "2";
        while (status == 200 && body.equals("2")) {
            try (RawHttp get = polling.beginGet()) {
                RawHttp.Response response = get.receive();
                status = response.status();
                body = response.body();
            }
            if (body.equals("2")) {
                polling.post("3");
            }
        }
        assertThat(status == 400 || body.equals("1")).as("%s %s", status, body).isTrue();
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began))
                .isBetween(CONNECT_TIMEOUT_MILLIS - RESOLUTION_MILLIS, 10 * CONNECT_TIMEOUT_MILLIS);
        polling.expectGone();
    }

    @Test
    @DisplayName("Line 8: a raw Engine.IO session needs no CONNECT")
    void shouldKeepEngineSessionWithoutConnect() throws Exception {
        try (RawWebSocket socket = RawWebSocket.open(target, ConformanceTarget.ENGINE)) {
            TimeUnit.MILLISECONDS.sleep(2 * CONNECT_TIMEOUT_MILLIS);
            socket.send("4alive");
            socket.expect("4alive");
        }
    }

    @Test
    @DisplayName("Line 8: DISCONNECT leaves the other namespaces, and the way back")
    void shouldLeaveOneNamespaceOnly() throws Exception {
        try (RawWebSocket socket = SocketIo.inRoot(target)) {
            socket.send("40/custom,");
            assertThat(socket.next()).startsWith("40/custom,{\"sid\":");
            socket.expect("42/custom,[\"auth\",{}]");
            socket.send("41/custom,");
            SocketIo.expectNothingBut(socket);
            socket.send("40/custom,{\"again\":1}");
            assertThat(socket.next()).startsWith("40/custom,{\"sid\":");
            socket.expect("42/custom,[\"auth\",{\"again\":1}]");
            SocketIo.expectNothingBut(socket);
        }
    }

    @Test
    @DisplayName("Line 8: who has left its last namespace may stay and gets nothing more")
    void shouldStayOpenWithoutNamespace() throws Exception {
        try (RawWebSocket socket = SocketIo.inRoot(target);
                RawWebSocket other = SocketIo.inRoot(target)) {
            socket.send("41");
            // Longer than the connect timeout: it counts for sessions that never entered any.
            TimeUnit.MILLISECONDS.sleep(2 * CONNECT_TIMEOUT_MILLIS);
            other.send("42[\"bcast\",1]");
            other.expect("42[\"b\",1]");
            SocketIo.enterRoot(socket);
            SocketIo.expectNothingBut(socket);
        }
    }

    @Test
    @DisplayName("Line 9: an event in the same breath as CONNECT is not executed before it is accepted")
    void shouldNotRunEventBeforeConnectIsAnswered() throws Exception {
        for (int i = 0; i < RACES; i++) {
            try (RawWebSocket socket = open()) {
                byte[] connect = RawWebSocket.encode(RawWebSocket.FIN | RawWebSocket.TEXT, new byte[] {'4', '0'});
                byte[] event = RawWebSocket.encode(
                        RawWebSocket.FIN | RawWebSocket.TEXT,
                        "42[\"message\",1]".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                byte[] both = java.util.Arrays.copyOf(connect, connect.length + event.length);
                System.arraycopy(event, 0, both, connect.length, event.length);
                socket.write(both);
                expectAcceptedInOrderOrClosed(socket);
            }
        }
    }

    /** Both are right: the event waited for the CONNECT, or it was too early and is a protocol error. */
    private static void expectAcceptedInOrderOrClosed(RawWebSocket socket) throws InterruptedException {
        String first = socket.next();
        if (!first.equals(RawWebSocket.CLOSED)) {
            assertThat(first).matches(SocketIo.CONNECTED);
            socket.expect("42[\"auth\",{}]", "42[\"message-back\",1]");
        }
    }

    @Test
    @DisplayName("Line 9: the same over polling, in one payload")
    void shouldNotRunEventInThePayloadOfConnectBeforeItIsAnswered() throws Exception {
        RawPolling polling = RawPolling.open(target, ConformanceTarget.SOCKET);
        polling.post("40" + RawPolling.SEPARATOR + "42[\"message\",1]");
        List<String> packets = new ArrayList<>();
        RawHttp.Response response = polling.get();
        while (response.status() == 200) {
            packets.addAll(List.of(response.body().split(RawPolling.SEPARATOR, -1)));
            if (packets.contains("1") || packets.contains("42[\"message-back\",1]")) {
                break;
            }
            response = polling.get();
        }
        polling.close();
        packets.removeIf(packet -> packet.equals("1") || packet.equals("2"));
        if (packets.contains("42[\"message-back\",1]")) {
            assertThat(packets).hasSize(3).endsWith("42[\"auth\",{}]", "42[\"message-back\",1]");
            assertThat(packets.getFirst()).matches(SocketIo.CONNECTED);
        }
    }

    @Test
    @DisplayName("Line 9: events to a namespace that was not entered are not executed")
    void shouldNotRunEventsOfForeignNamespace() throws Exception {
        try (RawWebSocket bystander = SocketIo.inRoot(target);
                RawWebSocket socket = open()) {
            socket.send("40/custom,");
            assertThat(socket.next()).startsWith("40/custom,");
            socket.expect("42/custom,[\"auth\",{}]");
            socket.send("42[\"bcast\",\"not a member\"]");
            socket.send("42[\"message\",\"not a member\"]");
            socket.send("421[\"message-with-ack\",\"not a member\"]");
            socket.send("40");
            String next = socket.next();
            assertThat(next.equals(RawWebSocket.CLOSED) || next.startsWith("40{"))
                    .as(next)
                    .isTrue();
            SocketIo.expectNothingBut(bystander);
        }
    }

    @Test
    @DisplayName("Line 9: 40 goes out before anything else of the namespace")
    void shouldSendConnectReplyBeforeBroadcasts() throws Exception {
        try (RawWebSocket sender = SocketIo.inRoot(target)) {
            for (int i = 0; i < RACES; i++) {
                try (RawWebSocket socket = open()) {
                    sender.send("42[\"bcast\",1]");
                    socket.send("40");
                    for (int j = 0; j < RACES; j++) {
                        sender.send("42[\"bcast\",1]");
                    }
                    assertThat(socket.next()).matches(SocketIo.CONNECTED);
                    for (int j = 0; j <= RACES; j++) {
                        sender.expect("42[\"b\",1]");
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("Line 9: who has not entered a namespace gets none of its broadcasts")
    void shouldBroadcastToMembersOnly() throws Exception {
        try (RawWebSocket nowhere = open();
                RawWebSocket custom = open();
                RawWebSocket sender = SocketIo.inRoot(target)) {
            custom.send("40/custom,");
            assertThat(custom.next()).startsWith("40/custom,");
            custom.expect("42/custom,[\"auth\",{}]");
            sender.send("42[\"bcast\",\"secret\"]");
            sender.send("42[\"bcast-bin\"]");
            sender.expect("42[\"b\",\"secret\"]");
            SocketIo.enterRoot(nowhere);
            SocketIo.enterRoot(custom);
        }
    }
}
