package dev.orrery.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for a WebSocket that cannot be granted. */
final class WebSocketUpgradeIT {
    private static final int PATIENCE_MILLIS = 20_000;

    private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n",
                "Sec-WebSocket-Version: 13\r\n" + KEY,
                "Connection: Upgrade\r\nSec-WebSocket-Version: 8\r\n" + KEY,
                "Connection: Upgrade\r\nSec-WebSocket-Version: 99\r\n" + KEY,
                "Connection: Upgrade\r\n" + KEY
            })
    void shouldKeepNoSessionOfRequestThatCannotBeGranted(String headers) throws IOException {
        try (SocketServer server = new SocketServer(TransportConfig.DEFAULT.with(c -> c.port = 0), HttpHandler.NONE)) {
            server.listen();
            request(server.port(), headers);
            assertThat(server.counters().count(Counter.HANDSHAKES_REFUSED)).isEqualTo(1);
            assertThat(server.counters().count(Counter.SESSIONS_OPENED)).isZero();
        }
    }

    @Test
    void shouldLeaveSessionFreeToUpgradeAfterRequestThatCannotBeGranted() throws IOException {
        try (SocketServer server = new SocketServer(TransportConfig.DEFAULT.with(c -> c.port = 0), HttpHandler.NONE)) {
            server.listen();
            String opened = exchange(server.port(), "GET /socket.io/?EIO=4&transport=polling HTTP/1.0\r\n\r\n");
            String sid = opened.substring(opened.indexOf("\"sid\":\"") + 7, opened.indexOf("\",\"upgrades\""));
            String path =
                    "GET /socket.io/?EIO=4&transport=websocket&sid=" + sid + " HTTP/1.1\r\nUpgrade: websocket\r\n";
            exchange(server.port(), path + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n");
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                String request = path + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" + KEY + "\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 101");
            }
        }
    }

    @Test
    void shouldOpenBeforeItServesFramesThatCameWithTheRequest() throws IOException {
        try (SocketServer server = new SocketServer(TransportConfig.DEFAULT.with(c -> c.port = 0), HttpHandler.NONE)) {
            server.of("/").onConnect(socket -> socket.disconnectTransport());
            server.listen();
            String request = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n" + KEY + "\r\n\u0081\u0082\0\0\0\u000040";
            try (Socket socket = new Socket("127.0.0.1", server.port())) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
                String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                assertThat(answer.indexOf("0{\"sid\"")).isPositive().isLessThan(answer.indexOf("40{\"sid\""));
            }
        }
    }

    private static void request(int port, String headers) throws IOException {
        exchange(
                port,
                "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n" + headers
                        + "\r\n");
    }

    /** Sends a request and reads until the server closes the connection. */
    private static String exchange(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
