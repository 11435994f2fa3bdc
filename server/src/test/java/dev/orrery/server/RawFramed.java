package dev.orrery.server;

import dev.orrery.wire.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A client that speaks Orrery's parser, and says what it likes. */
final class RawFramed implements WebSocket.Listener {
    private static final long PATIENCE_SECONDS = 20;

    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final CountDownLatch welcomed = new CountDownLatch(1);
    private final AtomicInteger begun = new AtomicInteger();
    private final WebSocket socket;

    private RawFramed(OrreryServer server) {
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(
                        URI.create(server.url().replaceFirst("http", "ws") + "socket.io/?EIO=4&transport=websocket"),
                        this)
                .join();
    }

    /** Just the socket. */
    static RawFramed open(OrreryServer server) {
        return new RawFramed(server);
    }

    /** Joins, and waits until welcomed. */
    static RawFramed join(OrreryServer server) throws Exception {
        Json place;
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "api/v1/join"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"game\":\"meet\",\"name\":\"Raw\"}"))
                    .build();
            place = Json.parse(
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
        RawFramed raw = new RawFramed(server);
        raw.send(("0" + place.get("namespace").text("") + ",{\"ticket\":\""
                        + place.get("ticket").text("") + "\"}")
                .getBytes(StandardCharsets.UTF_8));
        if (!raw.welcomed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("was not welcomed");
        }
        return raw;
    }

    void send(byte[] message) {
        socket.sendBinary(ByteBuffer.wrap(message), true).join();
    }

    void send(String message) {
        socket.sendText(message, true).join();
    }

    /** The status with which the server closes. */
    int end() throws Exception {
        return ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** How many frames have begun anew. */
    int begun() {
        return begun.get();
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        if (data.toString().contains("\"welcome\"")) {
            welcomed.countDown();
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        begun.addAndGet((data.get(0) & 0x40) != 0 ? 1 : 0);
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        ended.complete(status);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        ended.completeExceptionally(error);
    }
}
