package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines 8 and 9 with {@code --secure}: a namespace that not everybody may enter. */
@Conformance(secure = true)
final class SecureConformanceIT {
    private static final String REFUSAL = "44/secure,{\"message\":\"not allowed\"}";

    private final ConformanceTarget target;

    SecureConformanceIT(ConformanceTarget target) {
        this.target = target;
    }

    private RawWebSocket open() throws IOException, InterruptedException {
        return RawWebSocket.open(target, ConformanceTarget.SOCKET);
    }

    private static void enter(RawWebSocket socket) throws IOException, InterruptedException {
        socket.send("40/secure,{\"token\":\"good\"}");
        assertThat(socket.next()).matches("40/secure,\\{\"sid\":\"[\\w-]{20,}\"}");
    }

    @Test
    @DisplayName("§7: /secure answers secret with secret-reply, and sends no auth")
    void shouldServeWhoHasTheToken() throws Exception {
        try (RawWebSocket socket = open()) {
            enter(socket);
            socket.send("42/secure,[\"secret\"]");
            socket.expect("42/secure,[\"secret-reply\"]");
            SocketIo.enterRoot(socket);
            SocketIo.expectNothingBut(socket);
        }
    }

    @ParameterizedTest
    @DisplayName("§7: /secure refuses any other token")
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"token\":\"bad\"}",
                "{\"token\":\"\"}",
                "{\"token\":null}",
                "{\"token\":[\"good\"]}",
                "{\"token\":{\"good\":1}}",
                "{\"Token\":\"good\"}",
                "{\"token\":\"good\\u0000\"}",
                "{\"auth\":{\"token\":\"good\"}}"
            })
    void shouldRefuseWrongToken(String auth) throws Exception {
        try (RawWebSocket socket = open()) {
            socket.send("40/secure," + auth);
            socket.expect(REFUSAL);
            enter(socket);
        }
    }

    @Test
    @DisplayName("§7: /secure over polling")
    void shouldServePolling() throws Exception {
        try (RawPolling polling = RawPolling.open(target, ConformanceTarget.SOCKET)) {
            polling.send("40/secure,{\"token\":\"bad\"}");
            assertThat(polling.take(1)).containsExactly(REFUSAL);
            polling.send("40/secure,{\"token\":\"good\"}");
            assertThat(polling.take(1).getFirst()).startsWith("40/secure,{\"sid\":");
            polling.send("42/secure,[\"secret\"]");
            assertThat(polling.take(1)).containsExactly("42/secure,[\"secret-reply\"]");
        }
    }

    @Test
    @DisplayName("Line 9: an event of somebody refused is not executed")
    void shouldNotRunEventOfRefusedClient() throws Exception {
        try (RawWebSocket socket = open()) {
            socket.send("40/secure,{\"token\":\"bad\"}");
            socket.send("42/secure,[\"secret\"]");
            String next = socket.next();
            if (next.equals(REFUSAL)) {
                next = socket.next();
            }
            assertThat(next).isEqualTo(RawWebSocket.CLOSED);
        }
    }

    @Test
    @DisplayName("Line 9: an event without CONNECT is not executed")
    void shouldNotRunEventOfClientThatNeverAsked() throws Exception {
        try (RawWebSocket socket = open()) {
            SocketIo.enterRoot(socket);
            socket.send("42/secure,[\"secret\"]");
            socket.expect(RawWebSocket.CLOSED);
        }
    }

    @Test
    @DisplayName("Line 9: an event after DISCONNECT is not executed")
    void shouldNotRunEventOfClientThatHasLeft() throws Exception {
        try (RawWebSocket socket = open()) {
            enter(socket);
            socket.send("41/secure,");
            socket.send("42/secure,[\"secret\"]");
            socket.send("40");
            // Ignored or closed for it: both are right.
            String next = socket.next();
            assertThat(next.equals(RawWebSocket.CLOSED) || next.startsWith("40{"))
                    .as(next)
                    .isTrue();
        }
    }

    @Test
    @DisplayName("Line 8: a session that was refused everywhere is closed at the connect timeout")
    void shouldCloseWhoWasRefusedEverywhere() throws Exception {
        try (RawWebSocket socket = open()) {
            socket.send("40/secure,{\"token\":\"bad\"}");
            socket.expect(REFUSAL, RawWebSocket.CLOSED);
        }
    }

    @Test
    @DisplayName("§7: the other namespaces are as without --secure")
    void shouldServeTheOthersAsBefore() throws Exception {
        try (RawWebSocket socket = open()) {
            SocketIo.enterRoot(socket);
            socket.send("40/random,");
            socket.expect("44/random,{\"message\":\"Invalid namespace\"}");
            SocketIo.expectNothingBut(socket);
        }
    }
}
