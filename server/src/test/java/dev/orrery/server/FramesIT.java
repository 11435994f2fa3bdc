package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.orrery.client.Room;
import dev.orrery.client.Seen;
import dev.orrery.client.SeenGame;
import dev.orrery.client.View;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.json.JSONArray;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that are told of the world in frames, over real sockets. */
final class FramesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path data = Path.of("");

    private Managed managed;

    @BeforeEach
    void start() throws Exception {
        managed = new Managed(data);
    }

    @AfterEach
    void stop() {
        managed.close();
    }

    private Room join(String name) throws Exception {
        return join(name, SeenGame.of(new Object()).player(Guest.class, Wish.class));
    }

    private Room join(String name, SeenGame game) throws Exception {
        return Room.join(URI.create(managed.server().url()), "meet", game, name);
    }

    private static Wish wish(double dx) {
        Wish wish = new Wish();
        wish.dx = dx;
        return wish;
    }

    /** Quanta of x by the actors' ids. */
    private static Map<Integer, Integer> places(View view) {
        Map<Integer, Integer> places = new TreeMap<>();
        for (int cell : view.cells()) {
            for (Seen seen : view.actorsOf(cell)) {
                places.put(seen.id(), seen.row()[0]);
            }
        }
        return places;
    }

    private double counted(String name) throws Exception {
        return managed.operator().get("/api/v1/counters").json().list().stream()
                .filter(counter -> counter.get("name").text("").equals(name))
                .mapToDouble(counter -> counter.get("count").number(-1))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldShowTheSameAtEqualTicksAsEventsDo() throws Exception {
        Map<Long, Map<Integer, Integer>> told = new ConcurrentHashMap<>();
        Map<Integer, Integer> now = new TreeMap<>();
        try (Visitor plain = Visitor.join(managed.server(), "Plain")) {
            plain.on("state", state -> hear(state, now, told));
            plain.on("update", update -> hear(update, now, told));
            try (Room framed = join("Framed")) {
                Map<Long, Map<Integer, Integer>> seen = new HashMap<>();
                for (int i = 0; i < 40; i++) {
                    framed.steer(wish(i % 7 == 3 ? 0 : (i % 5 - 2) / 2.0));
                    plain.send("input", new JSONObject(Map.of("seq", i, "dx", i % 3 == 0 ? 1 : -0.25)));
                    long tick = framed.look(View::tick);
                    framed.await(view -> view.tick() > tick, PATIENCE);
                    framed.look(view -> seen.put(view.tick(), places(view)));
                }
                long last = framed.look(View::tick);
                plain.awaitTick(last);
                int compared = 0;
                for (Map.Entry<Long, Map<Integer, Integer>> entry : seen.entrySet()) {
                    Map<Integer, Integer> there = told.get(entry.getKey());
                    if (there != null) {
                        assertThat(entry.getValue())
                                .as("tick %d", entry.getKey())
                                .isEqualTo(there);
                        compared++;
                    }
                }
                assertThat(compared).isGreaterThan(20);
                assertThat(seen.values().stream().distinct().count()).isGreaterThan(10);
            }
        }
    }

    private static void hear(JSONObject body, Map<Integer, Integer> now, Map<Long, Map<Integer, Integer>> told) {
        synchronized (now) {
            if (body.has("actors")) {
                now.clear();
            }
            JSONArray gone = body.optJSONArray("gone");
            for (int i = 0; gone != null && i < gone.length(); i++) {
                now.remove(gone.optInt(i));
            }
            JSONArray set = body.has("actors") ? body.optJSONArray("actors") : body.optJSONArray("set");
            for (int i = 0; set != null && i < set.length(); i++) {
                JSONObject actor = set.optJSONObject(i);
                if (actor.has("x")) {
                    now.put(actor.optInt("id"), (int) (actor.optDouble("x") * 256));
                }
            }
            told.put(body.optLong("tick"), new TreeMap<>(now));
        }
    }

    @Test
    void shouldSendNothingButAHeartbeatWhileNobodyMoves() throws Exception {
        try (Room room = join("Still")) {
            long tick = room.look(View::tick);
            room.await(view -> view.tick() > tick + 10, PATIENCE);
            long frames = room.frames();
            long bytes = room.frameBytes();
            room.await(view -> view.tick() > tick + 40, PATIENCE);
            assertThat(room.frames() - frames).isBetween(2L, 6L);
            assertThat(room.frameBytes() - bytes).isLessThan(6 * 8);
            assertThat(room.look(View::wrongCell)).isEqualTo(-1);
        }
    }

    @Test
    void shouldComeBackWhereItWas() throws Exception {
        try (Room room = join("Back")) {
            room.steer(wish(1));
            room.await(view -> places(view).values().stream().anyMatch(x -> x > 10_000), PATIENCE);
            String player = room.player();
            room.drop();
            long tick = room.look(View::tick);
            room.await(view -> view.tick() > tick + 5, PATIENCE);
            assertThat(room.player()).isEqualTo(player);
            assertThat(room.events("welcome")).isEqualTo(2);
            assertThat(room.look(FramesIT::places).values())
                    .allMatch(x -> x > 10_000)
                    .hasSize(1);
        }
    }

    @Test
    void shouldSendLittleToWhoDoesNotRead() throws Exception {
        try (Room awake = join("Awake");
                Room asleep = join("Asleep")) {
            asleep.await(view -> places(view).size() == 2, PATIENCE);
            long bytes = asleep.frameBytes();
            asleep.fallAsleep();
            final double before = counted("server_frames_withheld");
            long tick = awake.look(View::tick);
            for (int i = 0; i < 100; i++) {
                awake.steer(wish(i % 2 == 0 ? 1 : -0.5));
                long next = tick + i;
                awake.await(view -> view.tick() > next, PATIENCE);
            }
            assertThat(counted("server_frames_withheld") - before).isGreaterThan(50);
            long last = awake.look(View::tick);
            asleep.wakeUp();
            asleep.await(view -> view.tick() > last, PATIENCE);
            assertThat(asleep.frameBytes() - bytes).isLessThan(8_192);
            long both = Math.max(asleep.look(View::tick), awake.look(View::tick)) + 3;
            awake.steer(wish(0));
            asleep.await(view -> view.tick() > both + 5, PATIENCE);
            awake.await(view -> view.tick() > both + 5, PATIENCE);
            assertThat(asleep.look(FramesIT::places)).isEqualTo(awake.look(FramesIT::places));
        }
    }

    /** Planted: a client whose rules are not the server's. It is found, healed, and named in the log. */
    @Test
    void shouldFindHealAndNameWhoComputesOtherwise() throws Exception {
        LogWatch log = LogWatch.of(PlayerConnection.class);
        SeenGame wrong = SeenGame.of(new Object()).player(WrongGuest.class, Wish.class);
        try (Room room = join("Wrong", wrong)) {
            room.steer(wish(0.5));
            long since = System.nanoTime();
            log.await(event -> event.getFormattedMessage().contains("guest.x"), Duration.ofSeconds(50));
            assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(50));
            assertThat(counted("server_cells_healed")).isPositive();
            assertThat(counted("server_divergences")).isPositive();
            room.steer(wish(0));
            long tick = room.look(View::tick);
            room.await(view -> view.tick() > tick + 15 && view.wrongCell() < 0, PATIENCE);
            try (Room right = join("Right")) {
                right.await(view -> places(view).size() == 2, PATIENCE);
                long both = Math.max(room.look(View::tick), right.look(View::tick)) + 2;
                room.await(view -> view.tick() >= both, PATIENCE);
                right.await(view -> view.tick() >= both, PATIENCE);
                assertThat(room.look(FramesIT::places)).isEqualTo(right.look(FramesIT::places));
            }
            assertThat(log.events().stream().map(ILoggingEvent::getFormattedMessage))
                    .anyMatch(message -> message.matches(
                            ".*guest\\.x of actor \\d+ otherwise at tick \\d+: \\d+ and not \\d+ quanta.*"));
        } finally {
            log.close();
        }
    }

    /** Words that no correct client says close the connection, and are counted; nobody else notices. */
    @Test
    void shouldCloseWhoSaysWhatIsNoWord() throws Exception {
        try (Room bystander = join("Bystander")) {
            byte[][] words = {
                {0x32, 0x00}, // text as bytes, when packets come as text by now
                {(byte) 0x80}, // cut off
                {(byte) 0x84, 0x01, 0x00, 0x00}, // an input without a row
                {(byte) 0x83, 0x01}, // bits that are 0
                {(byte) 0x80, 0x01, 0x00}, // something behind its end
            };
            for (int i = 0; i < words.length; i++) {
                double before = counted("malformed_bad_word");
                RawFramed raw = RawFramed.join(managed.server());
                raw.send(words[i]);
                assertThat(raw.end()).as("word %d", i).isEqualTo(1002);
                assertThat(counted("malformed_bad_word")).isEqualTo(before + 1);
            }
            long tick = bystander.look(View::tick);
            bystander.await(view -> view.tick() > tick + 3, PATIENCE);
            assertThat(bystander.events("welcome")).isEqualTo(1);
        }
    }

    /** Who speaks Orrery's parser is in one namespace, sends no attachments, and says nothing before it is let in. */
    @Test
    void shouldKeepToOneNamespaceAndNoAttachments() throws Exception {
        String[] packets = {"40/meet/other,{}", "451-/meet/x,[\"input\",{\"_placeholder\":true,\"num\":0}]"};
        for (String packet : packets) {
            RawFramed raw = RawFramed.join(managed.server());
            raw.send(packet);
            assertThat(raw.end()).isEqualTo(1002);
        }
        RawFramed early = RawFramed.open(managed.server());
        early.send(new byte[] {(byte) 0x80, 0x00});
        assertThat(early.end()).isEqualTo(1002);
    }

    /** To ask for everything again and again costs the server no more than to ask now and then. */
    @Test
    void shouldBeginAnewOnlySoOften() throws Exception {
        RawFramed raw = RawFramed.join(managed.server());
        long begun = System.nanoTime();
        int asked = 0;
        while (raw.begun() < 5) {
            raw.send(new byte[] {(byte) 0xC0, 0x00});
            asked++;
            Thread.sleep(10); // not as fast as it can: that would be a flood
        }
        // Five beginnings take at least the time between them, however slow the machine is.
        assertThat(System.nanoTime() - begun).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(4 * 250));
        assertThat(asked).isGreaterThan(5);
        raw.send("41/meet/" + managed.instance() + ",");
    }
}
