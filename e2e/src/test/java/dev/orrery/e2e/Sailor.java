package dev.orrery.e2e;

import dev.orrery.wire.Json;
import dev.orrery.wire.JsonWriter;
import dev.orrery.wire.WireException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A player who speaks the protocol by hand over a WebSocket, so that a connection can be dropped without a word,
 * and everything that was said can be looked at. All state is guarded by the object itself.
 */
final class Sailor implements WebSocket.Listener, AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final String base;
    private final String name;
    private final String game;
    private final StringBuilder text = new StringBuilder();
    private final List<Event> events = new ArrayList<>();
    private final Map<Integer, Map<String, Json>> actors = new TreeMap<>();
    private final Map<String, Json> players = new TreeMap<>();
    private @Nullable WebSocket socket;
    private CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
    private String namespace = "";
    private Map<String, ?> auth = Map.of();
    private Json welcome = Json.NULL;
    private String refusal = "";
    private boolean playing;
    private boolean ended;
    private long tick;
    private long seq;
    private long ackedSeq;

    /** Something the server said, and in which namespace. */
    record Event(String namespace, String name, Json body) {}

    /** A player of the arena. */
    Sailor(String base, String name) {
        this(base, name, "arena");
    }

    Sailor(String base, String name, String game) {
        this.base = base.replaceAll("/$", "");
        this.name = name;
        this.game = game;
    }

    /** Takes a seat and waits for the world. */
    static Sailor join(String base, String name) throws Exception {
        Sailor sailor = new Sailor(base, name);
        sailor.join();
        return sailor;
    }

    /** A seat, as the server offers it: {@code {instance, namespace, url, ticket}}, or {@code {code, message}}. */
    Json askForSeat() throws Exception {
        String body = text(Map.of("game", game, "name", name));
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/api/v1/join"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return Json.parse(
                HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    void join() throws Exception {
        enter(askForSeat());
    }

    /** Connects with a ticket and waits for the world. */
    void enter(Json seat) throws Exception {
        connect(
                seat.get("namespace").text(""),
                Map.of("ticket", seat.get("ticket").text("")));
        await(me -> me.playing || !me.refusal.isEmpty());
        if (!playing) {
            throw new IllegalStateException(name + " was refused: " + refusal);
        }
    }

    /** Comes back with the session; the code of the refusal, or {@code accepted}. */
    String resume(String session) throws Exception {
        connect(namespace, Map.of("session", session));
        await(me -> me.playing || !me.refusal.isEmpty());
        return refusal.isEmpty() ? "accepted" : refusal;
    }

    /** The same with any CONNECT payload, and without waiting for the world. */
    void connect(String to, Map<String, ?> payload) throws Exception {
        synchronized (this) {
            namespace = to;
            auth = payload;
            refusal = "";
            playing = false;
            ended = false;
            text.setLength(0);
            sent = CompletableFuture.completedFuture(null);
            socket = null;
        }
        URI uri = URI.create(base.replaceFirst("^http", "ws") + "/socket.io/?EIO=4&transport=websocket");
        HTTP.newWebSocketBuilder().buildAsync(uri, this).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** The connection breaks without a word. */
    synchronized void drop() {
        abort();
        playing = false;
        ended = true;
    }

    /** Leaves for good. */
    void leave() {
        send("41" + namespace + ",");
    }

    synchronized void steer(double x, double y) {
        steer(++seq, x, y);
    }

    private void steer(long number, double x, double y) {
        emit("input", Map.of("seq", number, "x", x, "y", y));
    }

    void emit(String event, Object argument) {
        send("42" + namespace + "," + text(List.of(event, argument)));
    }

    synchronized void send(String packet) {
        WebSocket to = socket;
        if (to != null) {
            sent = sent.thenCompose(before -> to.sendText(packet, true)).exceptionally(broken -> null);
        }
    }

    // ---- what is known ----

    synchronized String namespace() {
        return namespace;
    }

    synchronized String player() {
        return welcome.get("player").text("");
    }

    synchronized String session() {
        return welcome.get("session").text("");
    }

    synchronized Json welcome() {
        return welcome;
    }

    /** Id of the own actor, as the directory says. */
    synchronized int actor() {
        return (int) players.getOrDefault(player(), Json.NULL).get("actor").number(-1);
    }

    /** A number of the own actor; NaN if it is not known. */
    synchronized double ship(String field) {
        return actors.getOrDefault(actor(), Map.of())
                .getOrDefault(field, Json.NULL)
                .number(Double.NaN);
    }

    /** Whether a player is told to be away; false for those who are not there. */
    synchronized boolean isAway(String player) {
        return players.getOrDefault(player, Json.NULL).get("away").bool(false);
    }

    synchronized Map<String, Json> players() {
        return Map.copyOf(players);
    }

    synchronized Map<Integer, Map<String, Json>> actors() {
        return Map.copyOf(actors);
    }

    synchronized long tick() {
        return tick;
    }

    /** Whether the newest input that was sent has acted. */
    synchronized boolean isAcked() {
        return ackedSeq == seq;
    }

    synchronized boolean isPlaying() {
        return playing;
    }

    /** Code of the refusal of the newest CONNECT; empty if it was not refused. */
    synchronized String refusal() {
        return refusal;
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    /** Everything that was said so far under a name. */
    synchronized List<Event> heard(String event) {
        return events.stream().filter(heard -> heard.name().equals(event)).toList();
    }

    synchronized List<Event> heard() {
        return List.copyOf(events);
    }

    /** Waits until something is so; looks again whenever something was heard. */
    synchronized void await(Predicate<Sailor> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.test(this)) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new TimeoutException(name + " waited in vain at tick " + tick + " of " + namespace
                        + "; heard last: " + (events.isEmpty() ? "nothing" : events.getLast()));
            }
            wait(left);
        }
    }

    void awaitTicks(int count) throws Exception {
        long until = tick() + count;
        await(me -> me.tick >= until);
    }

    /** Leaves, if it has not left yet. */
    @Override
    public void close() {
        if (!hasEnded()) {
            leave();
            abort();
        }
    }

    private synchronized void abort() {
        if (socket != null) {
            socket.abort();
        }
    }

    // ---- the wire ----

    @Override
    public void onOpen(WebSocket opened) {
        synchronized (this) {
            socket = opened;
        }
        opened.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        synchronized (this) {
            if (from != socket) {
                return CompletableFuture.completedFuture(null); // of a connection that is not used any more
            }
            text.append(data);
            if (last) {
                String packet = text.toString();
                text.setLength(0);
                hear(packet);
                notifyAll();
            }
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        end(from);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        end(from);
    }

    private synchronized void end(WebSocket from) {
        if (from == socket) {
            playing = false;
            ended = true;
            notifyAll();
        }
    }

    private void hear(String packet) {
        String prefix = namespace + ",";
        if (packet.startsWith("0")) {
            send("40" + prefix + text(auth));
        } else if (packet.equals("2")) {
            send("3");
        } else if (packet.startsWith("44" + prefix)) {
            Json error = parse(packet.substring(2 + prefix.length()));
            refusal = error.get("data").get("code").text(error.get("message").text(""));
        } else if (packet.startsWith("41" + prefix)) {
            playing = false;
            ended = true;
        } else if (packet.startsWith("42" + prefix)) {
            Json event = parse(packet.substring(2 + prefix.length()));
            hear(event.get(0).text(""), event.get(1));
        }
    }

    private void hear(String event, Json body) {
        if (!event.equals("update") && !event.equals("ack")) {
            events.add(new Event(namespace, event, body));
        }
        switch (event) {
            case "welcome" -> welcome = body;
            case "state" -> {
                actors.clear();
                players.clear();
                learn(body, "actors");
                playing = true;
            }
            case "update" -> learn(body, "set");
            case "ack" -> ackedSeq = (long) body.get("seq").number(-1);
            default -> {}
        }
    }

    private void learn(Json body, String list) {
        tick = (long) body.get("tick").number(-1);
        body.get("gone").list().forEach(id -> actors.remove((int) id.number(0)));
        for (Json change : body.get(list).list()) {
            actors.computeIfAbsent((int) change.get("id").number(0), id -> new HashMap<>())
                    .putAll(((Json.Obj) change).members());
        }
        body.get("players")
                .list()
                .forEach(player -> players.put(player.get("player").text(""), player));
        body.get("left").list().forEach(player -> players.remove(player.text("")));
    }

    private static Json parse(String json) {
        try {
            return Json.parse(json);
        } catch (WireException e) {
            throw new IllegalStateException("the server said " + json, e);
        }
    }

    private static String text(Object value) {
        return new JsonWriter().any(value).toString();
    }
}
