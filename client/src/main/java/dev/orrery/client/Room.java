package dev.orrery.client;

import dev.orrery.rules.Settings;
import dev.orrery.wire.BlockException;
import dev.orrery.wire.Json;
import dev.orrery.wire.SocketPacket;
import dev.orrery.wire.WireException;
import dev.orrery.wire.WordReader;
import dev.orrery.wire.WordWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
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
    private final Link.Owner owner = new LinkOwner();
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
    private boolean isAsleep;
    private boolean isWelcomed;
    private long spokeAtNanos;
    private int lead = FIRST_LEAD;
    private long framedAtNanos;
    private long frames;
    private long frameBytes;
    private int attempts;
    private String farewell = "sent away";
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
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/api/v1/join"))
                .POST(HttpRequest.BodyPublishers.ofString(Messages.join(name, player)))
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
            room.connect("{\"ticket\":\"" + place.get("ticket").text("") + "\"}");
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
        return question.apply(Objects.requireNonNull(view));
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

    /** Reads nothing more, and says nothing more, until {@link #wakeUp}: as a page that sleeps. */
    public synchronized void fallAsleep() {
        isAsleep = true;
    }

    /** Reads on. */
    public synchronized void wakeUp() {
        isAsleep = false;
        if (link != null) {
            link.readOn();
        }
    }

    /** Breaks the connection without a word, as a network does; the room comes back. */
    public synchronized void drop() {
        if (link != null) {
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
        if (!closed && link != null) {
            link.say("1" + namespace + ",");
        }
        end("left");
    }

    private void end(String why) {
        if (closed) {
            return;
        }
        closed = true;
        ending = why;
        if (link != null) {
            link.close();
        }
        http.shutdown(); // what is under way is still done
        notifyAll();
    }

    // ---- the connection ----

    private synchronized void connect(String credential) {
        if (!closed) {
            isWelcomed = false;
            link = new Link(owner, namespace, credential);
            link.dial(http, server, PATIENCE);
        }
    }

    /** The connection is gone: the next attempt follows after a while, longer each time. */
    private synchronized void lost(Link broken) {
        if (link != broken || closed) {
            return;
        }
        link = null;
        broken.drop();
        if (session.isEmpty() || attempts >= settings.reconnectAttempts()) {
            end("lost");
            return;
        }
        long backoffMillis = Math.min(MAX_BACKOFF_MILLIS, FIRST_BACKOFF_MILLIS << Math.min(attempts, 10));
        attempts++;
        Thread.ofVirtual().start(() -> {
            try {
                // Half of it at random: those whom one server has lost do not come back all at once.
                Thread.sleep(backoffMillis / 2 + (long) (Math.random() * backoffMillis / 2));
                resume();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private synchronized void resume() {
        connect("{\"session\":\"" + session + "\"}");
    }

    /** Speaks when there was nothing to say for a while, as long as the connection lasts. */
    private void beat(Link on) {
        Thread.ofVirtual().start(() -> {
            try {
                while (speakIfDue(on)) {
                    Thread.sleep(BEAT_MILLIS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private synchronized boolean speakIfDue(Link on) {
        boolean lasts = link == on && !closed;
        if (lasts && System.nanoTime() - spokeAtNanos >= HEARTBEAT_NANOS) {
            speak(false, WordReader.NO_CELL);
        }
        return lasts;
    }

    /** Says how far it has read, and what the player wants. */
    private synchronized void speak(boolean anew, int wrongCell) {
        Link to = link;
        View seen = view;
        if (to == null || seen == null || isAsleep || !isWelcomed) {
            return;
        }
        int[] row = input;
        if (row != null && seen.tick() > 0) {
            words.input(serverTick(seen) + lead, WordReader.NO_VIEW, game.inputCodec(), row);
        }
        spokeAtNanos = System.nanoTime();
        to.say(words.word(anew, seen.tick(), wrongCell));
    }

    /** How far the server is, by the newest frame and the time since. */
    private long serverTick(View seen) {
        long tickNanos = TimeUnit.MILLISECONDS.toNanos(settings.tickRate());
        return seen.tick() + (System.nanoTime() - framedAtNanos) / tickNanos;
    }

    // ---- what is heard ----

    private synchronized void heard(Link from, SocketPacket packet) {
        if (link != from) {
            return;
        }
        switch (packet.type()) {
            case EVENT -> {
                List<Json> arguments = packet.arguments();
                event(packet.eventName(), arguments.isEmpty() ? Json.NULL : arguments.getFirst());
            }
            case CONNECT_ERROR -> end(packet.data().get("message").text("refused"));
            case DISCONNECT -> end(farewell);
            default -> {}
        }
    }

    private void event(String name, Json body) {
        events.merge(name, 1L, Long::sum);
        switch (name) {
            case "welcome" -> welcome(body);
            case "settings" -> {
                settings = Messages.settings(body.get("settings"));
                if (view != null) {
                    view.announce(settings, (long) body.get("atTick").number(0));
                }
            }
            case "closed" -> farewell = body.get("code").text(farewell);
            default -> {}
        }
        listener.accept(new Event(name, body));
        notifyAll();
    }

    private void welcome(Json body) {
        session = body.get("session").text("");
        player = body.get("player").text("");
        settings = Messages.settings(body.get("settings"));
        view = new View(game, Messages.grid(body.get("grid")), settings);
        attempts = 0;
        lead = FIRST_LEAD;
        isWelcomed = true;
        speak(true, WordReader.NO_CELL);
        if (link != null) {
            beat(link);
        }
    }

    private synchronized void framed(Link from, byte[] frame) {
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
            from.say("2" + namespace + ",[\"diverged\"," + Messages.divergence(found) + "]");
        }
        notifyAll();
    }

    /** Keeps what a link calls out of what a player may call. */
    private final class LinkOwner implements Link.Owner {
        @Override
        public void heard(Link from, SocketPacket packet) {
            Room.this.heard(from, packet);
        }

        @Override
        public void framed(Link from, byte[] frame) {
            Room.this.framed(from, frame);
        }

        @Override
        public void lost(Link broken) {
            Room.this.lost(broken);
        }

        @Override
        public boolean isReading() {
            synchronized (Room.this) {
                return !isAsleep;
            }
        }
    }
}
