package dev.orrery.bench;

import dev.orrery.arena.Arena;
import dev.orrery.arena.rules.Drive;
import dev.orrery.arena.rules.Harbour;
import dev.orrery.arena.rules.Shell;
import dev.orrery.arena.rules.Ship;
import dev.orrery.client.BitCounts;
import dev.orrery.client.SeenGame;
import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import dev.orrery.wire.Json;
import dev.orrery.world.FrameSet;
import dev.orrery.world.Game;
import dev.orrery.world.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code bench bytes}: what a client is sent of a hundred others, as frames and as JSON. A client reads every frame and finds it true. */
final class BytesSuite {
    private static final int PLAYERS = 100;
    private static final int WARM_UP_TICKS = 100;
    private static final int TICKS = 2_000;
    private static final double TURN = 0.05;

    private static final int MANY = 3_000;
    private static final double MANY_EXTENT = 12_700;
    /** So far that about sixty are seen, px. */
    private static final double MANY_SIGHT = 550;

    private final StringBuilder table = new StringBuilder();
    private final Map<String, Json> figures = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    private BytesSuite() {}

    static Report run() throws BenchException {
        BytesSuite suite = new BytesSuite();
        SeenGame movers = SeenGame.of(new Object()).player(Mover.class, Heading.class);
        suite.measure("8 directions", 16, new MoverGame(), movers, BytesSuite::eightDirections);
        suite.measure("free headings", 24, new MoverGame(), movers, BytesSuite::freeHeadings);
        suite.measure("30 % moving", 9, new MoverGame(), movers, BytesSuite::thirtyPercent);
        SeenGame ships =
                SeenGame.of(new Harbour()).player(Ship.class, Drive.class).actor(Shell.class);
        suite.many(24);
        suite.measure("arena, colliding", 64, new Arena(), ships, BytesSuite::eightDirections);
        suite.measure("arena, fighting", Double.MAX_VALUE, new Arena(), ships, BytesSuite::fighting);
        return new Report(suite.table.toString(), new Json.Obj(suite.figures), suite.failures);
    }

    private static int dice(int bound, int player, int tick, int salt) {
        return Rand.below(bound, 11, tick, player, salt);
    }

    private static boolean turns(int player, int tick) {
        return tick < 2 || dice(1_000, player, tick, 0) < TURN * 1_000;
    }

    static boolean eightDirections(int player, int tick, int[] row) {
        if (!turns(player, tick)) {
            return false;
        }
        row[0] = 64 * (dice(3, player, tick, 1) - 1);
        row[1] = 64 * (row[0] == 0 ? 2 * dice(2, player, tick, 2) - 1 : dice(3, player, tick, 2) - 1);
        return true;
    }

    private static boolean freeHeadings(int player, int tick, int[] row) {
        if (!turns(player, tick)) {
            return false;
        }
        double angle = dice(10_000, player, tick, 1) * Math.PI / 5_000;
        row[0] = (int) Math.round(64 * StrictMath.cos(angle));
        row[1] = (int) Math.round(64 * StrictMath.sin(angle));
        return true;
    }

    private static boolean thirtyPercent(int player, int tick, int[] row) {
        return player % 10 < 3 && eightDirections(player, tick, row);
    }

    private static boolean fighting(int player, int tick, int[] row) {
        boolean fires = dice(10, player, tick, 3) == 0;
        if (fires) {
            row[3] = 1 + row[3] % 255;
        }
        return eightDirections(player, tick, row) | fires;
    }

    /** Everyone sees everyone, ten times a second. */
    private void measure(String name, double limit, Game game, SeenGame seen, Watchers.Hand hand)
            throws BenchException {
        Watchers watchers = new Watchers(game, Settings.DEFAULT, PLAYERS, 50, hand);
        Watchers.Client client = watchers.new Client(seen, 0);
        BitCounts counts = new BitCounts(seen);
        client.view().account(counts);
        measure(name, limit, watchers, List.of(client));
        if (game instanceof Arena) {
            table.append(counts.table(WARM_UP_TICKS + TICKS));
        }
    }

    private void measure(String name, double limit, Watchers watchers, List<Watchers.Client> clients)
            throws BenchException {
        // One of them is a plain client, for whom everything is encoded as events too.
        watchers.line(PLAYERS - 1).speak(Line.Speech.EVENTS);
        long[] frames = new long[TICKS * clients.size()];
        long json = 0;
        long deltas = 0;
        FieldDelta delta = new FieldDelta();
        for (int t = 0; t < WARM_UP_TICKS + TICKS; t++) {
            watchers.steer();
            FrameSet set = watchers.step();
            for (int i = 0; i < clients.size(); i++) {
                int bytes = clients.get(i).hear(set);
                if (t >= WARM_UP_TICKS) {
                    frames[(t - WARM_UP_TICKS) * clients.size() + i] = bytes;
                }
            }
            int plain = delta.bytes(clients.getFirst().view());
            if (t >= WARM_UP_TICKS) {
                var update = set.update();
                json += update == null ? 0 : update.payload().length;
                deltas += plain;
            }
        }
        line(name, frames, json / (double) TICKS, deltas / (double) TICKS, limit);
    }

    /** A world of thousands: what is near is seen, twenty times a second. */
    private void many(double limit) throws BenchException {
        SeenGame ramblers = SeenGame.of(new Object()).player(Rambler.class, Heading.class);
        Settings settings = new Settings(50, 3.75, 5, 0.1, MANY, 5);
        Watchers watchers =
                new Watchers(new RamblerGame(MANY_EXTENT, MANY_SIGHT), settings, MANY, 50, BytesSuite::eightDirections);
        List<Watchers.Client> clients = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(watchers.new Client(ramblers, i * 150));
        }
        measure("3,000, 20 Hz", limit, watchers, clients);
        double seen = clients.stream()
                .mapToInt(client -> client.view().cells().stream()
                        .mapToInt(cell -> client.view().actorsOf(cell).size())
                        .sum())
                .average()
                .orElse(0);
        table.append(String.format(Locale.ROOT, "  of whom %.0f are seen%n", seen));
    }

    private void line(String name, long[] frames, double json, double deltas, double limit) {
        double mean = Arrays.stream(frames).average().orElse(0);
        long[] sorted = frames.clone();
        Arrays.sort(sorted);
        long p99 = sorted[sorted.length * 99 / 100];
        table.append(String.format(
                Locale.ROOT,
                "%-18s mean %7.2f  p99 %5d bytes a client and tick; as deltas of fields %,.0f, as JSON %,.0f%n",
                name,
                mean,
                p99,
                deltas,
                json));
        figures.put(
                name,
                new Json.Obj(Map.of(
                        "mean",
                        new Json.Num(mean),
                        "p99",
                        new Json.Num(p99),
                        "deltas",
                        new Json.Num(deltas),
                        "json",
                        new Json.Num(json))));
        if (mean > limit) {
            failures.add(name + " takes more than " + limit + " bytes");
        }
    }
}
