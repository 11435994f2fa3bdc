package dev.orrery.server;

import dev.orrery.wire.Json;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.json.JSONObject;

/** A player of {@link MeetGame} by the Socket.IO project's own Java client. */
final class Visitor implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final Socket socket;
    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

    /** An event of the server's. */
    record Heard(String event, JSONObject body) {}

    private Visitor(Json place, String... transports) {
        IO.Options options = IO.Options.builder()
                .setTransports(transports)
                .setForceNew(true)
                .setReconnection(false)
                .setAuth(Map.of("ticket", place.get("ticket").text("")))
                .build();
        socket = IO.socket(
                URI.create(place.get("url").text("") + place.get("namespace").text("")), options);
        for (String event : new String[] {"welcome", "settings", "event", "draining", "closed", "moved"}) {
            socket.on(event, arguments -> heard.add(new Heard(event, (JSONObject) arguments[0])));
        }
        socket.on(Socket.EVENT_DISCONNECT, arguments -> heard.add(new Heard("disconnect", new JSONObject())));
    }

    /** Joins and waits until welcomed. */
    static Visitor join(OrreryServer server, String name) throws Exception {
        Visitor visitor = seated(server, name, "websocket");
        visitor.connect();
        visitor.await("welcome");
        return visitor;
    }

    /** Joins, and does not connect yet. */
    static Visitor seated(OrreryServer server, String name, String... transports) throws Exception {
        HttpResponse<String> response = ask(server, name);
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.body());
        }
        return new Visitor(Json.parse(response.body()), transports);
    }

    void connect() {
        socket.connect();
    }

    /** Does something as soon as the server has taken it in, on the client's thread. */
    void onConnect(Runnable action) {
        socket.on(Socket.EVENT_CONNECT, arguments -> action.run());
    }

    /** The status of an attempt to join. */
    static int joinStatus(OrreryServer server) throws Exception {
        return ask(server, "Late").statusCode();
    }

    private static HttpResponse<String> ask(OrreryServer server, String name) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + "api/v1/join"))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"game\":\"meet\",\"name\":\"" + name + "\"}"))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    /** The next event of that name; others before it are passed over. */
    JSONObject await(String event) throws Exception {
        while (true) {
            Heard next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new TimeoutException("no " + event + " came");
            }
            if (next.event().equals(event)) {
                return next.body();
            }
        }
    }

    /** What came and was not waited for. */
    List<String> heard() {
        return heard.stream().map(Heard::event).toList();
    }

    /** Hears of an event from now on, on the client's thread. */
    void on(String event, Consumer<JSONObject> listener) {
        socket.on(event, arguments -> listener.accept((JSONObject) arguments[0]));
    }

    /** Waits for news of a tick, or a later one. */
    void awaitTick(long tick) throws Exception {
        CountDownLatch come = new CountDownLatch(1);
        on("update", update -> {
            if (update.optLong("tick") >= tick) {
                come.countDown();
            }
        });
        if (!come.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException("no news of tick " + tick);
        }
    }

    void send(String event, Object body) {
        socket.emit(event, body);
    }

    @Override
    public void close() {
        socket.close();
    }
}
