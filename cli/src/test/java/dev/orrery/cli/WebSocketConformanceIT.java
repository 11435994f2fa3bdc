package dev.orrery.cli;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines 3 to 5 on WebSocket: messages, and what ends a session. */
@Conformance
final class WebSocketConformanceIT {
    private final ConformanceTarget target;

    WebSocketConformanceIT(ConformanceTarget target) {
        this.target = target;
    }

    private RawWebSocket open() throws Exception {
        return RawWebSocket.open(target, ConformanceTarget.ENGINE);
    }

    @ParameterizedTest
    @DisplayName("Line 3: text is echoed")
    @ValueSource(strings = {"", "hello", "b", "a\u001eb", "\u00e9\u20ac\ud83d\ude00\u0000"})
    void shouldEchoText(String text) throws Exception {
        try (RawWebSocket socket = open()) {
            socket.send("4" + text);
            socket.expect("4" + text);
        }
    }

    @Test
    @DisplayName("Line 3: binary is a bare frame with no type byte")
    void shouldEchoBinaryWithoutTypeByte() throws Exception {
        try (RawWebSocket socket = open()) {
            socket.sendBinary((byte) 1, (byte) 2, (byte) 3, (byte) 4);
            socket.expect("binary 01020304");
            socket.sendBinary();
            socket.expect("binary ");
            socket.sendBinary((byte) 0xFF);
            socket.expect("binary ff");
        }
    }

    @Test
    @DisplayName("Line 3: the order of text and binary is kept")
    void shouldKeepOrder() throws Exception {
        try (RawWebSocket socket = open()) {
            for (int i = 0; i < 100; i++) {
                socket.send("4" + i);
                socket.sendBinary((byte) i);
            }
            for (int i = 0; i < 100; i++) {
                socket.expect("4" + i, "binary %02x".formatted(i));
            }
        }
    }

    @Test
    @DisplayName("Line 3: a message may come in fragments")
    void shouldJoinFragments() throws Exception {
        try (RawWebSocket socket = open()) {
            socket.frame(RawWebSocket.TEXT, "4he".getBytes(StandardCharsets.UTF_8));
            socket.frame(RawWebSocket.CONTINUATION, new byte[0]);
            socket.frame(RawWebSocket.FIN | RawWebSocket.CONTINUATION, "llo".getBytes(StandardCharsets.UTF_8));
            socket.expect("4hello");
        }
    }

    @ParameterizedTest
    @DisplayName("Line 4: an invalid packet closes")
    @ValueSource(strings = {"abc", "9", "7x", "", " 4x", "2"})
    void shouldCloseForInvalidPacket(String packet) throws Exception {
        try (RawWebSocket socket = open()) {
            socket.send(packet);
            socket.expectClosed();
        }
    }

    @Test
    @DisplayName("Line 4: text that is no UTF-8 closes")
    void shouldCloseForTextThatIsNoUtf8() throws Exception {
        try (RawWebSocket socket = open()) {
            socket.frame(RawWebSocket.FIN | RawWebSocket.TEXT, new byte[] {'4', (byte) 0xC3, 0x28});
            socket.expect(RawWebSocket.CLOSED);
        }
    }

    @Test
    @DisplayName("Line 5: the server closes on 1")
    void shouldCloseOnClosePacket() throws Exception {
        try (RawWebSocket socket = RawWebSocket.openSilent(target, ConformanceTarget.ENGINE)) {
            socket.send("1");
            // At once: not even the first ping comes before.
            socket.expect(RawWebSocket.CLOSED);
        }
    }

    @Test
    @DisplayName("Line 5: a close frame is answered")
    void shouldAnswerCloseFrame() throws Exception {
        try (RawWebSocket socket = open()) {
            socket.frame(0x88, new byte[] {0x03, (byte) 0xE8});
            socket.expect(RawWebSocket.CLOSED);
        }
    }
}
