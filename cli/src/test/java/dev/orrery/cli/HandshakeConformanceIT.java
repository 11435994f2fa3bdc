package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines 1 and 2: what opens a session, and what does not. */
@Conformance
final class HandshakeConformanceIT {
    private static final String POLLING = "?EIO=4&transport=polling";
    private static final String WEBSOCKET = "?EIO=4&transport=websocket";

    private final ConformanceTarget target;

    HandshakeConformanceIT(ConformanceTarget target) {
        this.target = target;
    }

    private String handshake(String upgrades) {
        return "0\\{\"sid\":\"[\\w-]{20,}\",\"upgrades\":\\[" + upgrades + "],\"pingInterval\":"
                + target.pingIntervalMillis() + ",\"pingTimeout\":" + target.pingTimeoutMillis()
                + ",\"maxPayload\":1000000}";
    }

    private RawHttp.Response request(String method, String url) throws IOException {
        try (RawHttp http = new RawHttp(target)) {
            return http.exchange(method, url, "");
        }
    }

    @ParameterizedTest
    @DisplayName("Line 1: the handshake over polling")
    @ValueSource(strings = {ConformanceTarget.ENGINE, ConformanceTarget.SOCKET})
    void shouldOfferTheUpgradeOnPolling(String path) throws Exception {
        RawHttp.Response response = request("GET", path + POLLING);
        assertThat(response.status()).isEqualTo(200);
        assertThat(response.header("content-type")).isEqualToIgnoringCase("text/plain; charset=UTF-8");
        assertThat(response.body()).matches(handshake("\"websocket\""));
    }

    @ParameterizedTest
    @DisplayName("Line 1: the handshake over WebSocket")
    @ValueSource(strings = {ConformanceTarget.ENGINE, ConformanceTarget.SOCKET})
    void shouldOfferNoUpgradeOnWebSocket(String path) throws Exception {
        try (RawWebSocket socket = RawWebSocket.attempt(target, path + WEBSOCKET)) {
            assertThat(socket.next()).matches(handshake(""));
        }
    }

    @Test
    @DisplayName("Line 1: every session has its own sid")
    void shouldGiveEverySessionItsOwnSid() throws Exception {
        try (RawPolling one = RawPolling.open(target, ConformanceTarget.ENGINE);
                RawPolling two = RawPolling.open(target, ConformanceTarget.ENGINE)) {
            assertThat(one.sid()).isNotEqualTo(two.sid());
        }
    }

    @ParameterizedTest
    @DisplayName("Line 2: a query that opens no session")
    @ValueSource(
            strings = {
                "",
                "?",
                "?transport=polling",
                "?EIO=abc&transport=polling",
                "?EIO=3&transport=polling",
                "?EIO=5&transport=polling",
                "?EIO=44&transport=polling",
                "?EIO=&transport=polling",
                "?EIO=4",
                "?EIO=4&transport=",
                "?EIO=4&transport=abc",
                "?EIO=4&transport=constructor",
                "?EIO=4&transport=websocket"
            })
    void shouldRefuseQuery(String query) throws Exception {
        assertThat(request("GET", ConformanceTarget.ENGINE + query).status()).isEqualTo(400);
        assertThat(request("GET", ConformanceTarget.SOCKET + query).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @DisplayName("Line 2: a first request that is no GET")
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void shouldRefuseFirstRequestThatIsNoGet(String method) throws Exception {
        assertThat(request(method, ConformanceTarget.ENGINE + POLLING).status()).isEqualTo(400);
        assertThat(request(method, ConformanceTarget.SOCKET + POLLING).status()).isEqualTo(400);
    }

    @ParameterizedTest
    @DisplayName("Line 2: a WebSocket that opens no session")
    @ValueSource(
            strings = {
                "",
                "?transport=websocket",
                "?EIO=abc&transport=websocket",
                "?EIO=3&transport=websocket",
                "?EIO=4",
                "?EIO=4&transport=abc",
                "?EIO=4&transport=polling",
                "?EIO=4&transport=websocket&sid=abcdefghijklmnopqrstuv"
            })
    void shouldRefuseOrCloseWebSocket(String query) throws Exception {
        for (String path : new String[] {ConformanceTarget.ENGINE, ConformanceTarget.SOCKET}) {
            try (RawWebSocket socket = RawWebSocket.attempt(target, path + query)) {
                socket.expect(RawWebSocket.CLOSED);
            }
        }
    }

    @ParameterizedTest
    @DisplayName("Line 2: an unknown sid")
    @CsvSource({"GET,''", "POST,4x"})
    void shouldRefuseUnknownSid(String method, String body) throws Exception {
        for (String sid : new String[] {"abcdefghijklmnopqrstuv", "x", "%00", "__proto__"}) {
            try (RawHttp http = new RawHttp(target)) {
                String url = ConformanceTarget.ENGINE + POLLING + "&sid=" + sid;
                assertThat(http.exchange(method, url, body).status()).isEqualTo(400);
            }
        }
    }

    @Test
    @DisplayName("Line 2: a finished sid")
    void shouldRefuseFinishedSid() throws Exception {
        RawPolling polling = RawPolling.open(target, ConformanceTarget.ENGINE);
        polling.send("1");
        // The first GET after a close may still be answered with a noop: line 7.
        polling.get();
        assertThat(polling.get().status()).isEqualTo(400);
        assertThat(polling.post("4x").status()).isEqualTo(400);
        try (RawWebSocket socket = RawWebSocket.attempt(target, polling.upgradeUrl())) {
            socket.expect(RawWebSocket.CLOSED);
        }
    }

    @Test
    @DisplayName("Line 2: a sid of another path")
    void shouldRefuseSidOfAnotherPath() throws Exception {
        try (RawPolling polling = RawPolling.open(target, ConformanceTarget.ENGINE)) {
            String url = ConformanceTarget.SOCKET + POLLING + "&sid=" + polling.sid();
            assertThat(request("GET", url).status()).isEqualTo(400);
            polling.send("4still here");
            assertThat(polling.poll()).containsExactly("4still here");
        }
    }

    @Test
    @DisplayName("Line 2: a protocol that changes within a session")
    void shouldRefuseOtherProtocolOrTransportWithinSession() throws Exception {
        try (RawPolling polling = RawPolling.open(target, ConformanceTarget.ENGINE)) {
            String sid = "&sid=" + polling.sid();
            assertThat(request("GET", ConformanceTarget.ENGINE + "?EIO=3&transport=polling" + sid)
                            .status())
                    .isEqualTo(400);
            assertThat(request("GET", ConformanceTarget.ENGINE + "?EIO=4&transport=abc" + sid)
                            .status())
                    .isEqualTo(400);
        }
        try (RawWebSocket socket = RawWebSocket.attempt(target, ConformanceTarget.ENGINE + WEBSOCKET)) {
            String sid = "&sid=" + RawPolling.sid(socket.next());
            assertThat(request("GET", ConformanceTarget.ENGINE + POLLING + sid).status())
                    .isEqualTo(400);
            socket.send("4on WebSocket");
            socket.expect("4on WebSocket");
        }
    }
}
