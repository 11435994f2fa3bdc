package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Line 12: one serialisation for all, and slow readers. */
@Conformance
final class BroadcastConformanceIT {
    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";
    /** 200 MB, far more than the buffers of both kernels take. */
    private static final String FLOOD = "42[\"flood\",4000,50000]";

    private static final long FLOOD_BYTES = 4_000L * 50_000;
    private static final long STALL_MILLIS = 2_000;

    private final ConformanceTarget target;

    BroadcastConformanceIT(ConformanceTarget target) {
        this.target = target;
    }

    @Test
    @DisplayName("§7: a broadcast reaches all of /, its sender too")
    void shouldBroadcastToAll() throws Exception {
        try (RawWebSocket sender = SocketIo.inRoot(target);
                RawWebSocket other = SocketIo.inRoot(target);
                RawPolling polling = SocketIo.pollingInRoot(target)) {
            sender.send("42[\"bcast\",{\"x\":[1,\"\u20ac\"]}]");
            String expected = "42[\"b\",{\"x\":[1,\"\u20ac\"]}]";
            sender.expect(expected);
            other.expect(expected);
            assertThat(polling.take(1)).containsExactly(expected);
            polling.send("42[\"bcast\",2]");
            sender.expect("42[\"b\",2]");
            other.expect("42[\"b\",2]");
            assertThat(polling.take(1)).containsExactly("42[\"b\",2]");
            SocketIo.expectNothingBut(sender);
        }
    }

    @Test
    @DisplayName("§7: a binary broadcast reaches all of /")
    void shouldBroadcastBinaryToAll() throws Exception {
        try (RawWebSocket sender = SocketIo.inRoot(target);
                RawWebSocket other = SocketIo.inRoot(target);
                RawPolling polling = SocketIo.pollingInRoot(target)) {
            sender.send("42[\"bcast-bin\"]");
            sender.expect("451-[\"b\"," + PLACEHOLDER + "]", "binary 010203");
            other.expect("451-[\"b\"," + PLACEHOLDER + "]", "binary 010203");
            assertThat(polling.take(2)).containsExactly("451-[\"b\"," + PLACEHOLDER + "]", "bAQID");
            SocketIo.expectNothingBut(other);
        }
    }

    @Test
    @DisplayName("Line 12: a broadcast is serialised once for three clients")
    void shouldSerialiseBroadcastOnce() throws Exception {
        try (RawWebSocket sender = SocketIo.inRoot(target);
                RawWebSocket other = SocketIo.inRoot(target);
                RawPolling polling = SocketIo.pollingInRoot(target)) {
            for (int i = 0; i < 2; i++) {
                sender.send("42[\"enc\"]");
                // Whether e has arguments is left open; all get the same.
                String broadcast = sender.next();
                assertThat(broadcast).matches("42\\[\"e\"(,.*)?]");
                sender.expect("42[\"enc-count\",1]");
                other.expect(broadcast);
                assertThat(polling.take(1)).containsExactly(broadcast);
            }
            polling.send("42[\"enc\"]");
            assertThat(polling.take(2)).last().isEqualTo("42[\"enc-count\",1]");
            assertThat(sender.next()).startsWith("42[\"e\"");
            assertThat(other.next()).startsWith("42[\"e\"");
        }
    }

    /** A client in {@code /} that reads nothing after this. */
    private RawHttp flooded() throws IOException {
        RawHttp http = new RawHttp(target);
        String url = ConformanceTarget.SOCKET + "?EIO=4&transport=websocket";
        assertThat(http.exchange("GET", url, "", RawWebSocket.upgrade()).status())
                .isEqualTo(101);
        for (String packet : new String[] {"40", FLOOD}) {
            http.write(RawWebSocket.encode(
                    RawWebSocket.FIN | RawWebSocket.TEXT, packet.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
            // Node refuses an event in the same breath as its CONNECT.
            target.settle();
        }
        return http;
    }

    @Test
    @DisplayName("Line 12: a slow reader costs nobody else anything")
    void shouldServeOthersBesideSlowReader() throws Exception {
        try (RawWebSocket bystander = SocketIo.inRoot(target);
                RawPolling polling = SocketIo.pollingInRoot(target);
                RawHttp slow = flooded()) {
            for (int i = 0; i < 10; i++) {
                bystander.send("42[\"bcast\"," + i + "]");
                bystander.expect("42[\"b\"," + i + "]");
                assertThat(polling.take(1)).containsExactly("42[\"b\"," + i + "]");
            }
            slow.reset();
            SocketIo.expectNothingBut(bystander);
        }
    }

    @Test
    @DisplayName("Line 12: a slow reader costs bounded memory")
    void shouldDropWhatSlowReaderDoesNotRead() throws Exception {
        try (RawHttp slow = flooded()) {
            slow.patience(STALL_MILLIS);
            // Whatever was queued for it would come now. Less means that the server had let go of it.
            assertThat(slow.drain()).isLessThan(FLOOD_BYTES / 4);
        }
        try (RawWebSocket after = SocketIo.inRoot(target)) {
            SocketIo.expectNothingBut(after);
        }
    }

    @Test
    @DisplayName("Line 12: a polling client that never polls costs bounded memory")
    void shouldDropWhatPollingClientDoesNotFetch() throws Exception {
        RawPolling slow = SocketIo.pollingInRoot(target);
        slow.post(FLOOD);
        slow.post("42[\"message\",\"end\"]");
        long bytes = 0;
        RawHttp.Response response = slow.get();
        while (response.status() == 200) {
            bytes += response.body().length();
            if (response.body().endsWith("\"end\"]") || response.body().endsWith("1")) {
                break;
            }
            response = slow.get();
        }
        slow.close();
        assertThat(bytes).isLessThan(FLOOD_BYTES / 4);
        try (RawWebSocket after = SocketIo.inRoot(target)) {
            SocketIo.expectNothingBut(after);
        }
    }
}
