package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

/** Clients that have entered the namespace {@code /}, and the check that one is unharmed. */
final class SocketIo {
    static final String CONNECTED = "40\\{\"sid\":\"[\\w-]+\"}";

    private SocketIo() {}

    /** A WebSocket client in {@code /}. */
    static RawWebSocket inRoot(ConformanceTarget target) throws IOException, InterruptedException {
        RawWebSocket socket = RawWebSocket.open(target, ConformanceTarget.SOCKET);
        enterRoot(socket);
        return socket;
    }

    static void enterRoot(RawWebSocket socket) throws IOException, InterruptedException {
        socket.send("40");
        assertThat(socket.next()).matches(CONNECTED);
        socket.expect("42[\"auth\",{}]");
    }

    /** A polling client in {@code /}. */
    static RawPolling pollingInRoot(ConformanceTarget target) throws IOException {
        RawPolling polling = RawPolling.open(target, ConformanceTarget.SOCKET);
        polling.send("40");
        assertThat(polling.take(2))
                .satisfiesExactly(
                        reply -> assertThat(reply).matches(CONNECTED),
                        auth -> assertThat(auth).isEqualTo("42[\"auth\",{}]"));
        return polling;
    }

    /** The next thing that a client in {@code /} gets must be the echo of what it sends: nothing else was sent to it. */
    static void expectNothingBut(RawWebSocket socket) throws IOException, InterruptedException {
        String mark = Long.toString(System.nanoTime());
        socket.send("42[\"message\",\"" + mark + "\"]");
        socket.expect("42[\"message-back\",\"" + mark + "\"]");
    }

    static void expectNothingBut(RawPolling polling) throws IOException {
        String mark = Long.toString(System.nanoTime());
        polling.send("42[\"message\",\"" + mark + "\"]");
        assertThat(polling.take(1)).containsExactly("42[\"message-back\",\"" + mark + "\"]");
    }
}
