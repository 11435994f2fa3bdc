package dev.orrery.client;

import dev.orrery.rules.Settings;
import dev.orrery.wire.BlockException;
import dev.orrery.wire.CellGrid;
import dev.orrery.wire.Json;
import dev.orrery.wire.JsonWriter;
import dev.orrery.wire.PacketLimits;
import dev.orrery.wire.SocketDecoder;
import dev.orrery.wire.SocketPacket;
import dev.orrery.wire.WireException;
import dev.orrery.wire.WordReader;
import dev.orrery.wire.WordWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A player in an instance: joins, is told of the world in frames, sends inputs, and comes back when the connection is lost. May be used by
 * any thread.
 *
 * <pre>{@code
 * try (Room room = Room.join(URI.create("http://localhost:8080"), "tag", game, "Ada")) {
 *     room.steer(new Drive());
 *     room.await(view -> view.tick() > 100, Duration.ofSeconds(20));
 * }
 * }</pre>
 */
public final class Room implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** Without anything to say the client says at least how far it has read. */
    private static final long HEARTBEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private static final long BEAT_MILLIS = 20;
    private static final long FIRST_BACKOFF_MILLIS = 250;
    private static final long MAX_BACKOFF_MILLIS = 8_000;
    /** Ticks that inputs are ahead: more after one came too late. */
    private static final int FIRST_LEAD = 2;

    private static final int MAX_LEAD = 12;

    private final HttpClient http = HttpClient.newHttpClient();
    private final SeenGame game;
    private final URI server;
    private final String namespace;
    private final WordWriter words = new WordWriter();
    private final TreeMap<String, Long> events = new TreeMap<>();
    private Consumer<Event> listener = event -> {};

    // All guarded by this.
    private @Nullable Link link;
    private @Nullable View view;
    private Settings settings = Settings.DEFAULT;
    private String session = "";
    private String player = "";
    private int @Nullable [] input;
    private boolean isSilenced;
    private int lead = FIRST_LEAD;
    private long framedAtNanos;
    private long frames;
    private long frameBytes;
    private int attempts;
    private String ending = "";
    private boolean closed;

    /** An event of the server: {@code welcome}, {@code event}, {@code settings} and so on, as docs/PROTOCOL.md lists them. */
    public record Event(String name, Json body) {}

    private Room(URI server, SeenGame game, String namespace) {
        this.server = server;
        this.game = game;
        this.namespace = namespace;
    }

    /**
     * Joins an instance and waits until the first frame has come.
     *
     * @param server address of the public port
     * @param name of the game
     * @throws IOException if there is no seat, or no connection
     */
    public static Room join(URI server, String name, SeenGame game, String player)
            throws IOException, InterruptedException {
        String ask = new JsonWriter()
                .beginObject()
                .name("game")
                .value(name)
                .name("name")
                .value(player)
                .endObject()
                .toString();
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/v1/join"))
                .POST(HttpRequest.BodyPublishers.ofString(ask))
                .timeout(PATIENCE)
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("no seat: " + response.body());
            }
            Json place = Json.parse(response.body());
            Room room = new Room(
                    URI.create(place.get("url").text("")),
                    game,
                    place.get("namespace").text(""));
            room.connect("ticket", place.get("ticket").text(""));
            boolean entered = false;
            try {
                room.await(view -> view.tick() > 0, PATIENCE);
                entered = true;
                return room;
            } finally {
                if (!entered) {
                    room.close();
                }
            }
        } catch (WireException | TimeoutException e) {
            throw new IOException("could not join " + name, e);
        }
    }

    /** Hears of every event from now on, on the connection's thread. */
    public synchronized void listen(Consumer<Event> newListener) {
        listener = newListener;
    }

    /** What the player wants from now on: of the class that steers their actor. */
    public synchronized void steer(Object wanted) {
        input = game.inputRow(wanted);
        speak(false, WordReader.NO_CELL);
    }

    /** Looks at what is seen, while no frame changes it. */
    public synchronized <T> T look(Function<View, T> question) {
        return question.apply(java.util.Objects.requireNonNull(view));
    }

    /** Waits until something is seen. */
    public synchronized void await(Predicate<View> seen, Duration patience)
            throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (view == null || !seen.test(view)) {
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (leftMillis <= 0 || closed) {
                throw new TimeoutException(closed ? "the room has ended: " + ending : "not seen in time");
            }
            wait(leftMillis);
        }
    }

    /** Who this is, by the server's name for them. */
    public synchronized String player() {
        return player;
    }

    /** How many frames have come. */
    public synchronized long frames() {
        return frames;
    }

    /** Bytes of all frames that have come. */
    public synchronized long frameBytes() {
        return frameBytes;
    }

    /** How many events of a name have come. */
    public synchronized long events(String name) {
        return events.getOrDefault(name, 0L);
    }

    /** Reads nothing more, and says nothing more, until {@link #wakeUp}. */
    public synchronized void fallAsleep() {
        isSilenced = true;
    }

    /** Reads on. */
    public synchronized void wakeUp() {
        isSilenced = false;
        if (link != null && link.socket != null) {
            link.socket.request(1);
        }
    }

    /** Breaks the connection without a word, as a network does; the room comes back. */
    public synchronized void drop() {
        if (link != null && link.socket != null) {
            link.socket.abort();
            lost(link);
        }
    }

    /** Why the room has ended; empty as long as it has not. */
    public synchronized String ending() {
        return ending;
    }

    /** Leaves: the seat is free. */
    @Override
    public synchronized void close() {
        if (!closed) {
            say("1" + namespace + ",");
            end("left");
        }
    }

    private void end(String why) {
        closed = true;
        ending = why;
        Link last = link;
        if (last != null) {
            last.sending = last.sending.whenComplete((done, failure) -> {
                if (last.socket != null) {
                    last.socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
                }
            });
        }
        notifyAll();
    }

    // ---- the connection ----

    private void connect(String credential, String secret) {
        Link dialled = new Link(credential, secret);
        synchronized (this) {
            if (closed) {
                return;
            }
            link = dialled;
        }
        URI address = URI.create(server.toString().replaceFirst("^http", "ws").replaceFirst("/$", "")
                + "/socket.io/?EIO=4&transport=websocket");
        http.newWebSocketBuilder()
                .connectTimeout(PATIENCE)
                .buildAsync(address, dialled)
                .whenComplete((socket, failure) -> {
                    if (failure != null) {
                        lost(dialled);
                    }
                });
    }

    /** The connection is gone: the next attempt follows after a while, longer each time. */
    private synchronized void lost(Link broken) {
        if (link != broken || closed) {
            return;
        }
        link = null;
        if (broken.socket != null) {
            broken.socket.abort();
        }
        if (session.isEmpty() || attempts >= settings.reconnectAttempts()) {
            end("lost");
            return;
        }
        long backoffMillis = Math.min(MAX_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS << Math.min(attempts, 10));
        attempts++;
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(backoffMillis / 2 + (long) (Math.random() * backoffMillis / 2));
                connect("session", session);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private synchronized void say(String packet) {
        Link to = link;
        if (to != null) {
            to.send(socket -> socket.sendText("4" + packet, true));
        }
    }

    /** Says how far it has read, and what the player wants. */
    private synchronized void speak(boolean anew, int wrongCell) {
        Link to = link;
        View seen = view;
        if (to == null || seen == null || isSilenced || !to.welcomed) {
            return;
        }
        int[] row = input;
        if (row != null && seen.tick() > 0) {
            words.input(serverTick(seen) + lead, WordReader.NO_VIEW, game.inputCodec(), row);
        }
        byte[] word = words.word(anew, seen.tick(), wrongCell);
        to.spokeAtNanos = System.nanoTime();
        to.send(socket -> socket.sendBinary(ByteBuffer.wrap(word), true));
    }

    /** How far the server is, by the newest frame and the time since. */
    private long serverTick(View seen) {
        long tickNanos = TimeUnit.MILLISECONDS.toNanos(settings.tickRate());
        return seen.tick() + (seen.tick() == 0 ? 0 : (System.nanoTime() - framedAtNanos) / tickNanos);
    }

    private synchronized void hear(Link from, String text) {
        if (link != from || text.isEmpty()) {
            return;
        }
        switch (text.charAt(0)) {
            case '0' -> {
                byte[] connect = ("0" + namespace + ",{\"" + from.credential + "\":\"" + from.secret + "\"}")
                        .getBytes(StandardCharsets.UTF_8);
                from.send(socket -> socket.sendBinary(ByteBuffer.wrap(connect), true));
            }
            case '2' -> from.send(socket -> socket.sendText("3", true));
            case '4' -> {
                try {
                    SocketPacket packet = from.decoder.text(text.substring(1));
                    if (packet != null) {
                        receive(from, packet);
                    }
                } catch (WireException e) {
                    lost(from);
                }
            }
            default -> {}
        }
    }

    private void receive(Link from, SocketPacket packet) {
        switch (packet.type()) {
            case EVENT ->
                event(
                        from,
                        packet.eventName(),
                        packet.arguments().isEmpty()
                                ? Json.NULL
                                : packet.arguments().getFirst());
            case CONNECT_ERROR -> end(packet.data().get("message").text("refused"));
            case DISCONNECT -> end(ending.isEmpty() ? "sent away" : ending);
            default -> {}
        }
    }

    private void event(Link from, String name, Json body) {
        events.merge(name, 1L, Long::sum);
        switch (name) {
            case "welcome" -> {
                session = body.get("session").text("");
                player = body.get("player").text("");
                settings = settings(body.get("settings"));
                Json grid = body.get("grid");
                view = new View(
                        game,
                        new CellGrid(
                                (int) grid.get("columns").number(1),
                                (int) grid.get("rows").number(1),
                                grid.get("size").number(1)),
                        settings);
                attempts = 0;
                lead = FIRST_LEAD;
                from.welcomed = true;
                speak(true, WordReader.NO_CELL);
                from.beat();
            }
            case "settings" -> {
                settings = settings(body.get("settings"));
                if (view != null) {
                    view.announce(settings, (long) body.get("atTick").number(0));
                }
            }
            case "closed" -> ending = body.get("code").text("closed");
            default -> {}
        }
        listener.accept(new Event(name, body));
        notifyAll();
    }

    private static Settings settings(Json json) {
        return new Settings(
                (int) json.get("tickRate").number(0),
                json.get("movementSpeed").number(0),
                (int) json.get("broadcastFrames").number(0),
                json.get("smoothing").number(0),
                (int) json.get("maxPlayers").number(0),
                (int) json.get("reconnectAttempts").number(0));
    }

    private synchronized void frame(Link from, byte[] frame) {
        View seen = view;
        if (link != from || seen == null) {
            return;
        }
        frames++;
        frameBytes += frame.length;
        framedAtNanos = System.nanoTime();
        try {
            seen.read(frame);
        } catch (BlockException e) {
            speak(true, WordReader.NO_CELL);
            return;
        }
        lead = Math.min(MAX_LEAD, lead + (seen.tardyTicks() > 0 ? 1 : 0));
        if (seen.wrongCell() >= 0) {
            speak(false, seen.wrongCell());
        }
        Divergence found = seen.divergence();
        if (found != null) {
            say("2" + namespace + ",[\"diverged\"," + text(found) + "]");
        }
        notifyAll();
    }

    private static String text(Divergence found) {
        return new JsonWriter()
                .beginObject()
                .name("tick")
                .value(found.tick())
                .name("actor")
                .value(found.actor())
                .name("kind")
                .value(found.kind())
                .name("field")
                .value(found.field())
                .name("predicted")
                .value(found.predicted())
                .name("actual")
                .value(found.actual())
                .endObject()
                .toString();
    }

    /** One connection. Its callbacks come one after the other. */
    private final class Link implements WebSocket.Listener {
        private final String credential;
        private final String secret;
        private final SocketDecoder decoder = new SocketDecoder(PacketLimits.DEFAULT);
        private final StringBuilder text = new StringBuilder();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private volatile @Nullable WebSocket socket;
        /** Guarded by the room, as is what follows. */
        private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);

        private long spokeAtNanos;
        private boolean welcomed;

        private Link(String credential, String secret) {
            this.credential = credential;
            this.secret = secret;
        }

        /** One message after the other: a WebSocket of the JDK takes no second while the first is on its way. */
        private void send(Function<WebSocket, CompletableFuture<WebSocket>> message) {
            sending = sending.thenCompose(before -> {
                WebSocket to = socket;
                return to == null || to.isOutputClosed()
                        ? CompletableFuture.<WebSocket>completedFuture(null)
                        : message.apply(to);
            });
        }

        /** Speaks when there was nothing to say for a while, as long as the connection lasts. */
        private void beat() {
            Thread.ofVirtual().start(() -> {
                try {
                    while (isCurrent()) {
                        Thread.sleep(BEAT_MILLIS);
                        beatIfDue();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }

        private boolean isCurrent() {
            synchronized (Room.this) {
                return link == this && !closed;
            }
        }

        private void beatIfDue() {
            synchronized (Room.this) {
                if (link == this && System.nanoTime() - spokeAtNanos >= HEARTBEAT_NANOS) {
                    speak(false, WordReader.NO_CELL);
                }
            }
        }

        private void readOn(WebSocket from) {
            synchronized (Room.this) {
                if (!isSilenced) {
                    from.request(1);
                }
            }
        }

        @Override
        public void onOpen(WebSocket opened) {
            socket = opened;
            opened.request(1);
            if (!isCurrent()) {
                opened.abort();
            }
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                String message = text.toString();
                text.setLength(0);
                hear(this, message);
            }
            readOn(from);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
            byte[] part = new byte[data.remaining()];
            data.get(part);
            bytes.writeBytes(part);
            if (last) {
                byte[] message = bytes.toByteArray();
                bytes.reset();
                frame(this, message);
            }
            readOn(from);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            lost(this);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            lost(this);
        }
    }
}
