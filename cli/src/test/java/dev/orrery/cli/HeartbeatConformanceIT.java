package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Line 5 and the end of line 8: what takes as long as pings take. Its tests wait beside all others. */
@Conformance
@Execution(ExecutionMode.CONCURRENT)
final class HeartbeatConformanceIT {
    /** The resolution that the server's timers must have. */
    private static final long RESOLUTION_MILLIS = 10;
    /** How late a session may end: ten times that. */
    private static final long LATE_MILLIS = 10 * RESOLUTION_MILLIS;

    private static final long PAUSE_MILLIS = 50;
    /** On a busy machine a pause can take so long that a test knows nothing. */
    private static final int ATTEMPTS = 10;

    private final ConformanceTarget target;
    private final long patienceMillis;

    HeartbeatConformanceIT(ConformanceTarget target) {
        this.target = target;
        patienceMillis = target.lifeMillis() + ConformanceTarget.PATIENCE_MILLIS;
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    /** The first argument lies before the server began to count. */
    private void expectLater(long began, long millis) {
        assertThat(millisSince(began)).isBetween(millis - RESOLUTION_MILLIS, 10 * millis);
    }

    /** A GET that waits for as long as a session may live. */
    private RawHttp patientGet(RawPolling polling) throws IOException {
        RawHttp get = polling.beginGet();
        get.patience(patienceMillis);
        return get;
    }

    @Test
    @DisplayName("Line 5: pings come each interval while pongs come")
    void shouldPingEachIntervalOnWebSocket() throws Exception {
        long began = System.nanoTime();
        try (RawWebSocket socket = RawWebSocket.openSilent(target, ConformanceTarget.ENGINE)) {
            for (int i = 0; i < 2; i++) {
                assertThat(socket.next(patienceMillis)).isEqualTo("2");
                expectLater(began, target.pingIntervalMillis());
                began = System.nanoTime();
                socket.send("3");
            }
            socket.send("4alive");
            assertThat(socket.next()).isEqualTo("4alive");
        }
    }

    @Test
    @DisplayName("Line 5: a WebSocket without pongs is closed at interval + timeout")
    void shouldCloseWebSocketWithoutPong() throws Exception {
        long began = System.nanoTime();
        try (RawWebSocket socket = RawWebSocket.openSilent(target, ConformanceTarget.ENGINE)) {
            assertThat(socket.next(patienceMillis)).isEqualTo("2");
            expectLater(began, target.pingIntervalMillis());
            assertThat(socket.next(patienceMillis)).isEqualTo(RawWebSocket.CLOSED);
            expectLater(began, target.lifeMillis());
        }
    }

    @Test
    @DisplayName("Line 5: pings come each interval to polling")
    void shouldPingEachIntervalOnPolling() throws Exception {
        long began = System.nanoTime();
        try (RawPolling polling = RawPolling.open(target, ConformanceTarget.ENGINE)) {
            for (int i = 0; i < 2; i++) {
                try (RawHttp get = patientGet(polling)) {
                    assertThat(get.receive().body()).isEqualTo("2");
                }
                expectLater(began, target.pingIntervalMillis());
                began = System.nanoTime();
                polling.send("3");
            }
            polling.send("4alive");
            assertThat(polling.poll()).containsExactly("4alive");
        }
    }

    @Test
    @DisplayName("Line 5: polling without pongs is gone exactly at interval + timeout")
    void shouldHaveForgottenPollingExactlyAtIntervalAndTimeout() throws Exception {
        RawPolling polling = RawPolling.open(target, ConformanceTarget.ENGINE);
        // Any request would disturb what is measured, so there is nothing to wait for but time.
        TimeUnit.MILLISECONDS.sleep(target.lifeMillis() + LATE_MILLIS);
        polling.expectGone();
        assertThat(polling.post("3").status()).isEqualTo(400);
    }

    @Test
    @DisplayName("Line 5: a session lives until interval + timeout")
    void shouldTakePongUntilTheTimeoutHasPassed() throws Exception {
        boolean seen = false;
        for (int attempt = 0; attempt < ATTEMPTS && !seen; attempt++) {
            seen = takesPongInTime();
        }
        assertThat(seen)
                .as("the machine let one of %s attempts be in time", ATTEMPTS)
                .isTrue();
    }

    /** False if the machine was too busy for the pong to be in time: nothing is known then. */
    private boolean takesPongInTime() throws Exception {
        long began = System.nanoTime();
        try (RawPolling polling = RawPolling.open(target, ConformanceTarget.ENGINE)) {
            TimeUnit.MILLISECONDS.sleep(target.pingIntervalMillis() + target.pingTimeoutMillis() / 2);
            String ping = polling.get().body();
            if (System.nanoTime() - began >= TimeUnit.MILLISECONDS.toNanos(target.lifeMillis())) {
                return false;
            }
            assertThat(ping).isEqualTo("2");
            polling.send("3");
            polling.send("4alive");
            assertThat(polling.take(1)).containsExactly("4alive");
            return true;
        }
    }

    @Test
    @DisplayName("Line 5: a GET that waits when the session ends is answered")
    void shouldAnswerWaitingGetWhenNoPongCame() throws Exception {
        long began = System.nanoTime();
        RawPolling polling = RawPolling.open(target, ConformanceTarget.ENGINE);
        try (RawHttp get = patientGet(polling)) {
            assertThat(get.receive().body()).isEqualTo("2");
        }
        try (RawHttp get = patientGet(polling)) {
            RawHttp.Response farewell = get.receive();
            assertThat(farewell.status() == 400 || farewell.body().equals("1"))
                    .as("%s", farewell)
                    .isTrue();
            expectLater(began, target.lifeMillis());
        }
        polling.expectGone();
    }

    @Test
    @DisplayName("Line 5: messages are no pongs")
    void shouldCloseWhoSendsMessagesButNoPongs() throws Exception {
        assumeTrue(target.lifeMillis() < ConformanceTarget.PATIENCE_MILLIS, "with slow pings this takes too long");
        try (RawWebSocket socket = RawWebSocket.openSilent(target, ConformanceTarget.ENGINE)) {
            long began = System.nanoTime();
            for (String heard = ""; !heard.equals(RawWebSocket.CLOSED); heard = socket.next()) {
                assertThat(millisSince(began)).isLessThan(10 * target.lifeMillis());
                if (!heard.equals("2")) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                    socket.send("4still no pong");
                }
            }
        }
    }

    @Test
    @DisplayName("Line 5: pings go on after the upgrade")
    void shouldPingAfterUpgrade() throws Exception {
        RawPolling polling = RawPolling.open(target, ConformanceTarget.ENGINE);
        try (RawWebSocket socket = RawWebSocket.attempt(target, polling.upgradeUrl())) {
            socket.send("2probe");
            socket.expect("3probe");
            socket.send("5");
            // Pings are answered by the socket meanwhile. Without them the session would be gone afterwards.
            TimeUnit.MILLISECONDS.sleep(target.lifeMillis() + LATE_MILLIS);
            socket.send("4alive");
            socket.expect("4alive");
        }
    }

    @Test
    @DisplayName("Line 8: DISCONNECT of a namespace leaves the transport open and pinging")
    void shouldPingAfterTheLastNamespaceWasLeft() throws Exception {
        try (RawWebSocket socket = RawWebSocket.openSilent(target, ConformanceTarget.SOCKET)) {
            SocketIo.enterRoot(socket);
            socket.send("41");
            assertThat(socket.next(patienceMillis)).isEqualTo("2");
            socket.send("3");
            socket.send("40");
            assertThat(socket.next()).matches(SocketIo.CONNECTED);
        }
    }
}
