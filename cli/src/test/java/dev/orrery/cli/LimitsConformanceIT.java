package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Line 11: limits, before anybody has said who they are. */
@Conformance
final class LimitsConformanceIT {
    private static final int MAX_PAYLOAD = 1_000_000;
    private static final int PIECE_BYTES = 100_000;
    private static final int TINY_FRAGMENTS = 100_000;
    private static final int HEADERS = 5_000;
    private static final int MAX_SESSIONS = 10_000;

    private final ConformanceTarget target;

    LimitsConformanceIT(ConformanceTarget target) {
        this.target = target;
    }

    private RawWebSocket open() throws IOException, InterruptedException {
        return RawWebSocket.open(target, ConformanceTarget.ENGINE);
    }

    private static byte[] text(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 'x');
        bytes[0] = '4';
        return bytes;
    }

    private void expectUnharmed(RawWebSocket bystander) throws IOException, InterruptedException {
        bystander.send("4unharmed");
        bystander.expect("4unharmed");
        try (RawWebSocket after = open()) {
            after.send("4served");
            after.expect("4served");
        }
    }

    /** An answer that refuses the request, or the end of the connection. */
    private static void expectRefused(RawHttp.Response response) {
        assertThat(response.status() == 0 || (response.status() >= 400 && response.status() < 500))
                .as("%s", response)
                .isTrue();
    }

    @Test
    @DisplayName("Line 11: messages up to maxPayload pass, on WebSocket")
    void shouldTakeLargestWebSocketMessage() throws Exception {
        try (RawWebSocket socket = open()) {
            byte[] largest = text(MAX_PAYLOAD);
            socket.frame(RawWebSocket.FIN | RawWebSocket.TEXT, largest);
            assertThat(socket.next()).isEqualTo(new String(largest, StandardCharsets.US_ASCII));
            socket.sendBinary(largest);
            assertThat(socket.next()).hasSize("binary ".length() + 2 * MAX_PAYLOAD);
        }
    }

    @Test
    @DisplayName("Line 11: payloads up to maxPayload pass, on polling")
    void shouldTakeLargestPollingPayload() throws Exception {
        try (RawPolling polling = RawPolling.open(target, ConformanceTarget.ENGINE)) {
            String largest = new String(text(MAX_PAYLOAD), StandardCharsets.US_ASCII);
            polling.send(largest);
            assertThat(polling.take(1)).containsExactly(largest);
            String binary = "b" + "AQID".repeat(240_000);
            polling.send(binary);
            assertThat(polling.take(1)).containsExactly(binary);
        }
    }

    @ParameterizedTest
    @DisplayName("Line 11: a WebSocket message over maxPayload closes, before any CONNECT")
    @ValueSource(ints = {RawWebSocket.TEXT, RawWebSocket.BINARY})
    void shouldCloseForTooLargeMessage(int opcode) throws Exception {
        for (String path : new String[] {ConformanceTarget.ENGINE, ConformanceTarget.SOCKET}) {
            try (RawWebSocket bystander = open();
                    RawWebSocket socket = RawWebSocket.open(target, path)) {
                socket.frame(RawWebSocket.FIN | opcode, text(MAX_PAYLOAD + 1));
                socket.expect(RawWebSocket.CLOSED);
                expectUnharmed(bystander);
            }
        }
    }

    @Test
    @DisplayName("Line 11: fragments that are together over maxPayload close")
    void shouldCloseForTooLargeMessageInFragments() throws Exception {
        try (RawWebSocket bystander = open();
                RawWebSocket socket = open()) {
            socket.frame(RawWebSocket.TEXT, text(PIECE_BYTES));
            for (int i = 0; i < MAX_PAYLOAD / PIECE_BYTES; i++) {
                socket.frame(RawWebSocket.CONTINUATION, new byte[PIECE_BYTES]);
            }
            // The message is not even over: the limit holds while it comes.
            socket.expect(RawWebSocket.CLOSED);
            expectUnharmed(bystander);
        }
    }

    @Test
    @DisplayName("Line 11: a WebSocket frame that announces more than maxPayload closes before it comes")
    void shouldCloseForAnnouncedFrameLength() throws Exception {
        try (RawWebSocket bystander = open();
                RawWebSocket socket = open()) {
            socket.write(new byte[] {(byte) 0x82, (byte) 0xFF, 0x00, 0x00, 0x00, 0x7F, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2});
            socket.expect(RawWebSocket.CLOSED);
            expectUnharmed(bystander);
        }
    }

    @Test
    @DisplayName("Line 11: tiny fragments harm nobody")
    void shouldSurviveTinyFragments() throws Exception {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        frames.writeBytes(RawWebSocket.encode(RawWebSocket.TEXT, new byte[] {'4'}));
        byte[] fragment = RawWebSocket.encode(RawWebSocket.CONTINUATION, new byte[] {'x'});
        for (int i = 0; i < TINY_FRAGMENTS; i++) {
            frames.writeBytes(fragment);
        }
        frames.writeBytes(RawWebSocket.encode(RawWebSocket.FIN | RawWebSocket.CONTINUATION, new byte[0]));
        try (RawWebSocket bystander = open();
                RawWebSocket socket = open()) {
            socket.write(frames.toByteArray());
            // It may be refused, or be the message that it is.
            assertThat(socket.next())
                    .satisfiesAnyOf(
                            end -> assertThat(end).isEqualTo(RawWebSocket.CLOSED),
                            echo -> assertThat(echo).hasSize(TINY_FRAGMENTS + 1));
            expectUnharmed(bystander);
        }
    }

    @Test
    @DisplayName("Line 11: a POST over maxPayload is refused")
    void shouldRefuseTooLargePost() throws Exception {
        try (RawWebSocket bystander = open();
                RawPolling polling = RawPolling.open(target, ConformanceTarget.ENGINE)) {
            expectRefused(polling.post(new String(text(MAX_PAYLOAD + 1), StandardCharsets.US_ASCII)));
            expectUnharmed(bystander);
        }
    }

    @Test
    @DisplayName("Line 11: a POST over maxPayload in chunks is refused")
    void shouldRefuseTooLargePostInChunks() throws Exception {
        try (RawWebSocket bystander = open();
                RawPolling polling = RawPolling.open(target, ConformanceTarget.ENGINE);
                RawHttp http = new RawHttp(target)) {
            http.send("POST", polling.url(), "", "Transfer-Encoding: chunked", "Content-Type: text/plain");
            try {
                for (int i = 0; i <= MAX_PAYLOAD / PIECE_BYTES; i++) {
                    http.write((Integer.toHexString(PIECE_BYTES) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    http.write(text(PIECE_BYTES));
                    http.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                }
                http.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (java.net.SocketException e) {
                // Refused before everything was written.
                assertThat(e).isNotNull();
            }
            expectRefused(http.receive());
            expectUnharmed(bystander);
        }
    }

    @ParameterizedTest
    @DisplayName("Line 11: nothing is allocated by Content-Length")
    @ValueSource(strings = {"999999", "2147483647", "2147483648", "999999999999", "9223372036854775807"})
    void shouldNotTrustContentLength(String length) throws Exception {
        RawHttp[] liars = new RawHttp[100];
        try (RawWebSocket bystander = open();
                RawPolling polling = RawPolling.open(target, ConformanceTarget.ENGINE)) {
            for (int i = 0; i < liars.length; i++) {
                liars[i] = new RawHttp(target);
                liars[i].send(
                        "POST", i == 0 ? polling.url() : ConformanceTarget.ENGINE, "", "Content-Length: " + length);
                liars[i].write(new byte[] {'4'});
            }
            expectUnharmed(bystander);
        } finally {
            for (RawHttp liar : liars) {
                liar.close();
            }
        }
    }

    @ParameterizedTest
    @DisplayName("Line 11: a Content-Length that is no length is refused")
    @ValueSource(strings = {"-1", "abc", "1, 2", "99999999999999999999999"})
    void shouldRefuseWrongContentLength(String length) throws Exception {
        try (RawWebSocket bystander = open();
                RawPolling polling = RawPolling.open(target, ConformanceTarget.ENGINE);
                RawHttp http = new RawHttp(target)) {
            http.send("POST", polling.url(), "", "Content-Length: " + length);
            expectRefused(http.receive());
            expectUnharmed(bystander);
        }
    }

    @Test
    @DisplayName("Line 11: limits hold on the inflated size of a POST")
    void shouldNotInflateBombInPost() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(text(50 * MAX_PAYLOAD));
        }
        try (RawWebSocket bystander = open();
                RawPolling polling = RawPolling.open(target, ConformanceTarget.ENGINE);
                RawHttp http = new RawHttp(target)) {
            http.send(
                    "POST",
                    polling.url(),
                    "",
                    "Content-Type: text/plain",
                    "Content-Encoding: gzip",
                    "Content-Length: " + packed.size());
            http.write(packed.toByteArray());
            expectRefusedOrInvalid(http.receive(), polling);
            expectUnharmed(bystander);
        }
    }

    /** Who does not inflate at all takes the bytes for an invalid packet and ends the session. */
    private static void expectRefusedOrInvalid(RawHttp.Response response, RawPolling polling) throws IOException {
        if (response.status() == 200) {
            polling.expectGone();
        } else {
            expectRefused(response);
        }
    }

    @Test
    @DisplayName("Line 11: limits hold on the inflated size of a WebSocket message")
    void shouldNotInflateBombOnWebSocket() throws Exception {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        byte[] packed = new byte[MAX_PAYLOAD];
        deflater.setInput(text(50 * MAX_PAYLOAD));
        int length = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH) - 4;
        deflater.end();
        String url = ConformanceTarget.ENGINE + "?EIO=4&transport=websocket";
        try (RawWebSocket bystander = open();
                RawWebSocket socket = RawWebSocket.attempt(
                        target, url, "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover")) {
            // Without the extension the same frame is a protocol error.
            socket.frame(RawWebSocket.FIN | RawWebSocket.COMPRESSED | RawWebSocket.TEXT, Arrays.copyOf(packed, length));
            socket.expectClosed();
            expectUnharmed(bystander);
        }
    }

    @Test
    @DisplayName("Line 11: a flood of headers harms nobody")
    void shouldSurviveManyHeaders() throws Exception {
        String[] headers = new String[HEADERS];
        Arrays.setAll(headers, i -> "X-" + i + ": " + i);
        try (RawWebSocket bystander = open();
                RawWebSocket socket = RawWebSocket.attempt(
                        target, ConformanceTarget.ENGINE + "?EIO=4&transport=websocket", headers)) {
            assertThat(socket.handshake().status()).isBetween(0, 499);
            expectUnharmed(bystander);
        }
    }

    @Test
    @DisplayName("Line 11: a request line without end is refused")
    void shouldRefuseEndlessUrl() throws Exception {
        try (RawWebSocket bystander = open();
                RawHttp http = new RawHttp(target)) {
            String url = ConformanceTarget.ENGINE + "?EIO=4&transport=polling&x=" + "x".repeat(PIECE_BYTES);
            expectRefused(http.exchange("GET", url, ""));
            expectUnharmed(bystander);
        }
    }

    @Test
    @DisplayName("Line 11: sessions per address are bounded")
    void shouldBoundSessionsPerAddress() throws Exception {
        assumeTrue(target.pingIntervalMillis() > 1_000, "with fast pings sessions may end before there are many");
        String url = ConformanceTarget.ENGINE + "?EIO=4&transport=polling";
        int opened = 0;
        try (RawHttp greedy = new RawHttp(target, "127.0.2.1")) {
            RawHttp.Response response = greedy.exchange("GET", url, "");
            while (response.status() == 200 && opened < MAX_SESSIONS) {
                opened++;
                response = greedy.exchange("GET", url, "");
            }
            assertThat(opened).isLessThan(MAX_SESSIONS).isGreaterThan(10);
            expectRefused(response);
        }
        try (RawHttp other = new RawHttp(target, "127.0.2.2")) {
            assertThat(other.exchange("GET", url, "").status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("Line 11: sessions that have ended do not count")
    void shouldNotCountEndedSessions() throws Exception {
        String url = ConformanceTarget.ENGINE + "?EIO=4&transport=polling";
        try (RawHttp http = new RawHttp(target, "127.0.3.1")) {
            for (int i = 0; i < MAX_SESSIONS / 10; i++) {
                RawHttp.Response response = http.exchange("GET", url, "");
                assertThat(response.status()).isEqualTo(200);
                String session = url + "&sid=" + RawPolling.sid(response.body());
                assertThat(http.exchange("POST", session, "1").body()).isEqualTo("ok");
            }
        }
    }

    @Test
    @DisplayName("Line 11: a cookie never names a session")
    void shouldIgnoreCookies() throws Exception {
        String url = ConformanceTarget.ENGINE + "?EIO=4&transport=polling";
        try (RawPolling polling = RawPolling.open(target, ConformanceTarget.ENGINE);
                RawHttp http = new RawHttp(target)) {
            String cookie = "Cookie: io=" + polling.sid() + "; sid=" + polling.sid();
            RawHttp.Response response = http.exchange("GET", url, "", cookie);
            assertThat(response.body()).startsWith("0{");
            assertThat(response.header("set-cookie")).isEmpty();
            String other = RawPolling.sid(response.body());
            assertThat(other).isNotEqualTo(polling.sid());
            assertThat(http.exchange("POST", url, "4x", cookie).status()).isEqualTo(400);
            assertThat(http.exchange("POST", url + "&sid=" + other, "1", cookie).body())
                    .isEqualTo("ok");
            polling.send("4untouched");
            assertThat(polling.take(1)).containsExactly("4untouched");
        }
    }

    @Test
    @DisplayName("Line 11: a page of the server's own origin is served")
    void shouldServeOwnOrigin() throws Exception {
        String origin = "Origin: http://" + target.host() + ":" + target.port();
        for (String path : new String[] {ConformanceTarget.ENGINE, ConformanceTarget.SOCKET}) {
            try (RawHttp http = new RawHttp(target);
                    RawWebSocket socket = RawWebSocket.attempt(target, path + "?EIO=4&transport=websocket", origin)) {
                assertThat(http.exchange("GET", path + "?EIO=4&transport=polling", "", origin)
                                .status())
                        .isEqualTo(200);
                assertThat(socket.next()).startsWith("0{");
            }
        }
    }

    @ParameterizedTest
    @DisplayName("Line 11: a page of another origin is refused")
    @ValueSource(strings = {"https://evil.example", "null", "http://127.0.0.1.evil.example"})
    void shouldRefuseForeignOrigin(String origin) throws Exception {
        for (String path : new String[] {ConformanceTarget.ENGINE, ConformanceTarget.SOCKET}) {
            try (RawHttp http = new RawHttp(target);
                    RawWebSocket socket =
                            RawWebSocket.attempt(target, path + "?EIO=4&transport=websocket", "Origin: " + origin)) {
                expectRefused(http.exchange("GET", path + "?EIO=4&transport=polling", "", "Origin: " + origin));
                socket.expect(RawWebSocket.CLOSED);
            }
        }
    }

    @Test
    @DisplayName("Line 11: no page of another origin may read the answers")
    void shouldNotAllowForeignOriginToRead() throws Exception {
        try (RawHttp http = new RawHttp(target)) {
            String url = ConformanceTarget.ENGINE + "?EIO=4&transport=polling";
            RawHttp.Response response = http.exchange("GET", url, "", "Origin: https://evil.example");
            assertThat(response.header("access-control-allow-origin"))
                    .isNotEqualTo("*")
                    .doesNotContain("evil");
        }
    }
}
