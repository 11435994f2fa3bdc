package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Lines 6 and 7: from polling to WebSocket, and the two races. */
@Conformance
final class UpgradeConformanceIT {
    private static final int RACES = 20;
    /** Longer than any tombstone of "a few hundred ms". */
    private static final long TOMBSTONE_GONE_MILLIS = 2_000;
    /** Ten times what a GET may be held before it gets its noop. */
    private static final long HELD_MILLIS = 1_000;

    private final ConformanceTarget target;

    UpgradeConformanceIT(ConformanceTarget target) {
        this.target = target;
    }

    private RawPolling open() throws java.io.IOException {
        return RawPolling.open(target, ConformanceTarget.ENGINE);
    }

    /** A WebSocket that has probed, but not yet said {@code 5}. */
    private RawWebSocket probed(RawPolling polling) throws Exception {
        RawWebSocket socket = RawWebSocket.attempt(target, polling.upgradeUrl());
        socket.send("2probe");
        socket.expect("3probe");
        return socket;
    }

    private static void expectNoop(RawHttp get) throws Exception {
        RawHttp.Response response = get.receive();
        assertThat(response.status()).as(response.body()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("6");
    }

    private static void expectEcho(RawWebSocket socket, String text) throws Exception {
        socket.send("4" + text);
        socket.expect("4" + text);
    }

    @Test
    @DisplayName("Line 6: POST 1 while a GET waits")
    void shouldAnswerWaitingGetWithNoopOnClose() throws Exception {
        RawPolling polling = open();
        try (RawHttp get = polling.beginGet()) {
            target.settle();
            polling.send("1");
            expectNoop(get);
        }
        polling.expectGone();
        assertThat(polling.post("4x").status()).isEqualTo(400);
    }

    @Test
    @DisplayName("Line 6: an upgrade, as clients do it")
    void shouldUpgrade() throws Exception {
        RawPolling polling = open();
        try (RawHttp get = polling.beginGet()) {
            target.settle();
            try (RawWebSocket socket = probed(polling)) {
                expectNoop(get);
                socket.send("5");
                expectEcho(socket, "upgraded");
                socket.sendBinary((byte) 1, (byte) 2);
                socket.expect("binary 0102");
            }
        }
    }

    @Test
    @DisplayName("Line 6: what is sent across the upgrade arrives once, in order")
    void shouldLoseNothingAcrossTransports() throws Exception {
        RawPolling polling = open();
        polling.send("4one");
        assertThat(polling.poll()).containsExactly("4one");
        polling.send("4two", "bAQID");
        try (RawWebSocket socket = probed(polling)) {
            socket.send("5");
            socket.send("4three");
            socket.expect("4two", "binary 010203", "4three");
        }
    }

    @Test
    @DisplayName("Line 6: polling works on until 5")
    void shouldPollUntilTheUpgradeIsComplete() throws Exception {
        RawPolling polling = open();
        try (RawWebSocket socket = probed(polling)) {
            polling.send("4before");
            assertThat(polling.poll()).containsExactly("4before");
            socket.send("5");
            expectEcho(socket, "after");
        }
    }

    @Test
    @DisplayName("Line 6: after 5 polling is 400, a second WebSocket is closed, the first works on")
    void shouldServeOnlyTheFirstWebSocketAfterUpgrade() throws Exception {
        RawPolling polling = open();
        try (RawWebSocket socket = probed(polling)) {
            socket.send("5");
            expectEcho(socket, "one");
            assertThat(polling.get().status()).isEqualTo(400);
            assertThat(polling.post("4x").status()).isEqualTo(400);
            expectEcho(socket, "two");
            try (RawWebSocket second = RawWebSocket.attempt(target, polling.upgradeUrl())) {
                second.send("2probe");
                second.expect(RawWebSocket.CLOSED);
            }
            expectEcho(socket, "three");
            socket.send("1");
        }
    }

    @Test
    @DisplayName("Line 6: a WebSocket cannot be upgraded")
    void shouldCloseSecondWebSocketOfSessionThatBeganOnWebSocket() throws Exception {
        try (RawWebSocket socket =
                RawWebSocket.attempt(target, ConformanceTarget.ENGINE + "?EIO=4&transport=websocket")) {
            String sid = RawPolling.sid(socket.next());
            try (RawWebSocket second =
                    RawWebSocket.attempt(target, ConformanceTarget.ENGINE + "?EIO=4&transport=websocket&sid=" + sid)) {
                second.send("2probe");
                second.expect(RawWebSocket.CLOSED);
            }
            expectEcho(socket, "unharmed");
        }
    }

    @Test
    @DisplayName("Line 6: a probe that is given up leaves polling as it was")
    void shouldPollOnWhenTheProbeIsGivenUp() throws Exception {
        try (RawPolling polling = open()) {
            try (RawWebSocket socket = probed(polling)) {
                assertThat(socket.handshake().status()).isEqualTo(101);
            }
            target.settle();
            polling.send("4still here");
            assertThat(polling.take(1).stream().filter(packet -> !packet.equals("6")))
                    .containsExactly("4still here");
            try (RawWebSocket again = probed(polling)) {
                again.send("5");
                expectEcho(again, "at last");
            }
        }
    }

    @Test
    @DisplayName("Line 6: a GET that comes after the probe gets its noop if no 5 comes")
    void shouldAnswerGetBehindProbeWithNoop() throws Exception {
        try (RawPolling polling = open();
                RawWebSocket socket = probed(polling);
                RawHttp get = polling.beginGet()) {
            get.patience(HELD_MILLIS);
            expectNoop(get);
            socket.send("5");
            expectEcho(socket, "upgraded");
        }
    }

    @Test
    @DisplayName("Line 7: POST 1 is answered before its GET is sent")
    void shouldAnswerFirstGetAfterCloseWithNoop() throws Exception {
        RawPolling polling = open();
        polling.send("1");
        try (RawHttp get = polling.beginGet()) {
            expectNoop(get);
        }
        polling.expectGone();
    }

    @Test
    @DisplayName("Line 7: POST 1 and its GET behind it on one connection")
    void shouldAnswerPipelinedGetAfterCloseWithNoop() throws Exception {
        RawPolling polling = open();
        try (RawHttp http = new RawHttp(target)) {
            http.send("POST", polling.url(), "1");
            http.send("GET", polling.url(), "");
            assertThat(http.receive().body()).isEqualTo("ok");
            expectNoop(http);
        }
        polling.expectGone();
    }

    @Test
    @DisplayName("Line 7: a tombstone answers nothing but a GET")
    void shouldRefusePostAndWebSocketAfterClose() throws Exception {
        RawPolling polling = open();
        polling.send("1");
        assertThat(polling.post("4x").status()).isEqualTo(400);
        try (RawWebSocket socket = RawWebSocket.attempt(target, polling.upgradeUrl())) {
            socket.send("2probe");
            socket.expect(RawWebSocket.CLOSED);
        }
    }

    @Test
    @DisplayName("Line 7: a tombstone stands a few hundred ms only")
    void shouldForgetClosedSessionSoon() throws Exception {
        RawPolling polling = open();
        polling.send("1");
        // A GET would use the tombstone up, so there is nothing to wait for but time.
        TimeUnit.MILLISECONDS.sleep(TOMBSTONE_GONE_MILLIS);
        polling.expectGone();
    }

    private void raceGetAgainstClose(boolean getFirst) throws Exception {
        RawPolling polling = open();
        try (RawHttp get = new RawHttp(target);
                RawHttp post = new RawHttp(target)) {
            byte[] getBytes = get.bytes("GET", polling.url(), "");
            byte[] postBytes = post.bytes("POST", polling.url(), "1");
            (getFirst ? get : post).write(getFirst ? getBytes : postBytes);
            (getFirst ? post : get).write(getFirst ? postBytes : getBytes);
            expectNoop(get);
            assertThat(post.receive().body()).isEqualTo("ok");
        }
        polling.expectGone();
    }

    @RepeatedTest(RACES)
    @DisplayName("Line 7: a GET and POST 1 on two connections, the GET written first")
    void shouldAnswerNoopWhenGetRacesAheadOfClose() throws Exception {
        raceGetAgainstClose(true);
    }

    @RepeatedTest(RACES)
    @DisplayName("Line 7: a GET and POST 1 on two connections, the POST written first")
    void shouldAnswerNoopWhenCloseRacesAheadOfGet() throws Exception {
        raceGetAgainstClose(false);
    }

    private void raceGetAgainstUpgrade(boolean getFirst) throws Exception {
        RawPolling polling = open();
        try (RawHttp get = new RawHttp(target);
                RawWebSocket socket = probed(polling)) {
            byte[] getBytes = get.bytes("GET", polling.url(), "");
            byte[] upgrade = RawWebSocket.encode(RawWebSocket.FIN | RawWebSocket.TEXT, new byte[] {'5'});
            if (getFirst) {
                get.write(getBytes);
                socket.write(upgrade);
            } else {
                socket.write(upgrade);
                get.write(getBytes);
            }
            assertThat(get.receive().status()).isEqualTo(400);
            expectEcho(socket, "upgraded");
        }
    }

    @RepeatedTest(RACES)
    @DisplayName("Line 7: a GET just before 5")
    void shouldAnswer400WhenGetRacesAheadOfUpgrade() throws Exception {
        raceGetAgainstUpgrade(true);
    }

    @RepeatedTest(RACES)
    @DisplayName("Line 7: a GET just behind 5")
    void shouldAnswer400WhenUpgradeRacesAheadOfGet() throws Exception {
        raceGetAgainstUpgrade(false);
    }

    @Test
    @DisplayName("Line 7: a GET that is surely processed before 5")
    void shouldAnswer400WhenGetIsHeldAndUpgradeCompletes() throws Exception {
        RawPolling polling = open();
        try (RawWebSocket socket = probed(polling);
                RawHttp get = polling.beginGet()) {
            // Some ms, of the 100 for which the noop is held.
            target.settle();
            socket.send("5");
            RawHttp.Response response = get.receive();
            assertThat(response.status()).as(response.body()).isEqualTo(400);
            expectEcho(socket, "upgraded");
        }
    }

    @RepeatedTest(RACES)
    @DisplayName("Line 7: probe, 5 and a GET in one breath")
    void shouldAnswer400WhenProbeAndUpgradeAreOneWrite() throws Exception {
        RawPolling polling = open();
        try (RawHttp get = new RawHttp(target);
                RawWebSocket socket = RawWebSocket.attempt(target, polling.upgradeUrl())) {
            socket.send("2probe");
            socket.send("5");
            get.write(get.bytes("GET", polling.url(), ""));
            // The GET may win against the probe and is a waiting poll then: line 6. It must never stay open.
            RawHttp.Response response = get.receive();
            assertThat(response.status() == 400 || response.body().equals("6"))
                    .as("%s", response)
                    .isTrue();
            socket.expect("3probe");
            expectEcho(socket, "upgraded");
        }
    }
}
