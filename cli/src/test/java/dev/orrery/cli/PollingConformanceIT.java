package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines 3 and 4 on polling: payloads, and what ends a session. */
@Conformance
final class PollingConformanceIT {
    private static final String SEPARATOR = RawPolling.SEPARATOR;
    private static final long ABORT_MILLIS = 5;

    private final ConformanceTarget target;

    PollingConformanceIT(ConformanceTarget target) {
        this.target = target;
    }

    private RawPolling open() throws java.io.IOException {
        return RawPolling.open(target, ConformanceTarget.ENGINE);
    }

    @Test
    @DisplayName("Line 3: POST answers ok, GET brings the echo")
    void shouldEchoText() throws Exception {
        try (RawPolling polling = open()) {
            RawHttp.Response response = polling.post("4hello");
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("ok");
            RawHttp.Response echo = polling.get();
            assertThat(echo.status()).isEqualTo(200);
            assertThat(echo.header("content-type")).isEqualToIgnoringCase("text/plain; charset=UTF-8");
            assertThat(echo.body()).isEqualTo("4hello");
        }
    }

    @ParameterizedTest
    @DisplayName("Line 3: any text comes back as it is")
    @ValueSource(
            strings = {
                "",
                " ",
                "2probe",
                "b",
                "bAQID",
                "{}",
                "\n\r\t\u0000",
                "\u00e9\u20ac\ud83d\ude00",
                "a\u2028b\ufeff"
            })
    void shouldEchoAnyText(String text) throws Exception {
        try (RawPolling polling = open()) {
            polling.send("4" + text);
            assertThat(polling.poll()).containsExactly("4" + text);
        }
    }

    @Test
    @DisplayName("Line 3: binary is b and base64")
    void shouldEchoBinary() throws Exception {
        try (RawPolling polling = open()) {
            polling.send("bAQIDBA==");
            assertThat(polling.poll()).containsExactly("bAQIDBA==");
            polling.send("b+/8=", "b");
            assertThat(polling.poll()).containsExactly("b+/8=", "b");
        }
    }

    @Test
    @DisplayName("Line 3: payloads are joined by 0x1e")
    void shouldTakeAndGiveSeveralPacketsInOnePayload() throws Exception {
        try (RawPolling polling = open()) {
            assertThat(polling.post("4one" + SEPARATOR + "bAQID" + SEPARATOR + "4" + SEPARATOR + "4two")
                            .body())
                    .isEqualTo("ok");
            assertThat(polling.poll()).containsExactly("4one", "bAQID", "4", "4two");
        }
    }

    @Test
    @DisplayName("Line 3: one GET returns all queued packets")
    void shouldReturnAllQueuedPacketsInOneGet() throws Exception {
        try (RawPolling polling = open()) {
            polling.send("4a");
            polling.send("bAQID");
            polling.send("4b", "4c");
            assertThat(polling.poll()).containsExactly("4a", "bAQID", "4b", "4c");
        }
    }

    @Test
    @DisplayName("Line 3: a waiting GET is answered by the next packet")
    void shouldAnswerWaitingGet() throws Exception {
        try (RawPolling polling = open();
                RawHttp get = polling.beginGet()) {
            target.settle();
            polling.send("4late");
            assertThat(get.receive().body()).isEqualTo("4late");
        }
    }

    @Test
    @DisplayName("Line 3: one connection carries many requests, also written at once")
    void shouldServeManyRequestsOnOneConnection() throws Exception {
        try (RawPolling polling = open();
                RawHttp http = new RawHttp(target)) {
            for (int i = 0; i < 3; i++) {
                assertThat(http.exchange("POST", polling.url(), "4" + i).body()).isEqualTo("ok");
                assertThat(http.exchange("GET", polling.url(), "").body()).isEqualTo("4" + i);
            }
            http.send("POST", polling.url(), "4behind");
            http.send("GET", polling.url(), "");
            assertThat(http.receive().body()).isEqualTo("ok");
            assertThat(http.receive().body()).isEqualTo("4behind");
        }
    }

    @Test
    @DisplayName("Line 3: a request that comes byte by byte is one request")
    void shouldTakeRequestInPieces() throws Exception {
        try (RawPolling polling = open();
                RawHttp http = new RawHttp(target)) {
            for (byte b : http.bytes("POST", polling.url(), "4\u00e9\u20ac")) {
                http.write(new byte[] {b});
            }
            assertThat(http.receive().body()).isEqualTo("ok");
            assertThat(polling.poll()).containsExactly("4\u00e9\u20ac");
        }
    }

    @ParameterizedTest
    @DisplayName("Line 4: an invalid packet ends the session")
    @ValueSource(strings = {"abc", "7", "9x", " 4x", "2", "", "4good\u001eabc", "4good\u001e", "\u001e4good"})
    void shouldEndSessionForInvalidPacket(String payload) throws Exception {
        RawPolling polling = open();
        polling.post(payload);
        polling.expectGone();
        assertThat(polling.post("4x").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @DisplayName("Line 4: an invalid packet is answered with 400")
    @ValueSource(strings = {"abc", "9x", "", "4good\u001eabc"})
    void shouldAnswer400ToInvalidPacket(String payload) throws Exception {
        RawPolling polling = open();
        assertThat(polling.post(payload).status()).isEqualTo(400);
    }

    @Test
    @DisplayName("Line 4: a second concurrent GET ends the session")
    void shouldEndSessionForSecondConcurrentGet() throws Exception {
        RawPolling polling = open();
        try (RawHttp first = polling.beginGet()) {
            target.settle();
            assertThat(polling.get().status()).isEqualTo(400);
            RawHttp.Response farewell = first.receive();
            assertThat(farewell.status()).isEqualTo(200);
            assertThat(farewell.body()).isEqualTo("1");
        }
        polling.expectGone();
    }

    @ParameterizedTest
    @DisplayName("Line 4: a GET aborted by the client ends the session at once")
    @ValueSource(booleans = {false, true})
    void shouldEndSessionForAbortedGet(boolean byReset) throws Exception {
        RawPolling polling = open();
        try (RawHttp get = polling.beginGet()) {
            target.settle();
            if (byReset) {
                get.reset();
            }
        }
        TimeUnit.MILLISECONDS.sleep(ABORT_MILLIS);
        polling.expectGone();
        assertThat(polling.post("4x").status()).isEqualTo(400);
    }

    @Test
    @DisplayName("Line 4: a GET that was answered may be left")
    void shouldKeepSessionWhenAnAnsweredConnectionIsClosed() throws Exception {
        try (RawPolling polling = open()) {
            try (RawHttp get = polling.beginGet()) {
                polling.send("4one");
                assertThat(get.receive().body()).isEqualTo("4one");
            }
            target.settle();
            polling.send("4two");
            assertThat(polling.take(1)).isEqualTo(List.of("4two"));
        }
    }
}
