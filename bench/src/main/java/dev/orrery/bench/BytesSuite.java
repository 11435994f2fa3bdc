package dev.orrery.bench;

import dev.orrery.arena.Arena;
import dev.orrery.arena.rules.Drive;
import dev.orrery.arena.rules.Harbour;
import dev.orrery.arena.rules.Shell;
import dev.orrery.arena.rules.Ship;
import dev.orrery.client.SeenGame;
import dev.orrery.client.View;
import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import dev.orrery.wire.BlockException;
import dev.orrery.wire.CellArea;
import dev.orrery.wire.Counters;
import dev.orrery.wire.Json;
import dev.orrery.world.FrameComposer;
import dev.orrery.world.FrameSet;
import dev.orrery.world.Game;
import dev.orrery.world.Identity;
import dev.orrery.world.InputWindow;
import dev.orrery.world.Journal;
import dev.orrery.world.Line;
import dev.orrery.world.Plan;
import dev.orrery.world.Seat;
import dev.orrery.world.Tick;
import dev.orrery.world.WorldCounter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** {@code bench bytes}: what a client is sent of a hundred others, as frames and as JSON. A client reads every frame and finds it true. */
final class BytesSuite {
    private static final int PLAYERS = 100;
    private static final int WARM_UP_TICKS = 100;
    private static final int TICKS = 2_000;
    private static final double TURN = 0.05;

    private final StringBuilder table = new StringBuilder();
    private final Map<String, Json> figures = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    private BytesSuite() {}

    /** What a player wants from a tick on; rows are reused. */
    private interface Hand {
        /** @return whether it is something else than before */
        boolean steer(int player, int tick, int[] row);
    }

    static Report run() throws BenchException {
        BytesSuite suite = new BytesSuite();
        SeenGame movers = SeenGame.of(new Object()).player(Mover.class, Heading.class);
        suite.measure("8 directions", 16, new MoverGame(), movers, BytesSuite::eightDirections);
        suite.measure("free headings", 24, new MoverGame(), movers, BytesSuite::freeHeadings);
        suite.measure("30 % moving", 9, new MoverGame(), movers, BytesSuite::thirtyPercent);
        SeenGame ships =
                SeenGame.of(new Harbour()).player(Ship.class, Drive.class).actor(Shell.class);
        suite.measure("arena, colliding", Double.MAX_VALUE, new Arena(), ships, BytesSuite::eightDirections);
        suite.measure("arena, fighting", Double.MAX_VALUE, new Arena(), ships, BytesSuite::fighting);
        return new Report(suite.table.toString(), new Json.Obj(suite.figures), suite.failures);
    }

    private static int dice(int bound, int player, int tick, int salt) {
        return Rand.below(bound, 11, tick, player, salt);
    }

    private static boolean turns(int player, int tick) {
        return tick < 2 || dice(1_000, player, tick, 0) < TURN * 1_000;
    }

    private static boolean eightDirections(int player, int tick, int[] row) {
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

    private void measure(String name, double limit, Game game, SeenGame seen, Hand hand) throws BenchException {
        Plan plan = game.plan();
        Identity identity = new Identity("bench", "/bench/bytes", "", "", 30_000);
        Counters<WorldCounter> counters = new Counters<>(WorldCounter.class);
        Tick tick = new Tick(game, plan, Settings.DEFAULT, 1, identity, Journal.NONE, counters, seat -> {});
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < PLAYERS; i++) {
            Seat seat = tick.seat("player-" + i, "Player " + i);
            Line line = tick.line("secret");
            seat.take(line);
            tick.join(seat);
            lines.add(line);
            if (i % 50 == 49) {
                tick.run();
            }
        }
        // One looks on and is told in frames, the others in events: both are encoded.
        lines.getFirst().speak(Line.Speech.FRAMES);
        tick.run();
        View view = new View(seen, tick.world().grid(), Settings.DEFAULT);
        FrameComposer feed = new FrameComposer(tick.world().grid());
        feed.look(new CellArea(
                0, 0, tick.world().grid().columns() - 1, tick.world().grid().rows() - 1));
        int[][] rows = new int[PLAYERS][plan.playerInput().rowLength()];
        long[] frames = new long[TICKS];
        long json = 0;
        for (int t = 0; t < WARM_UP_TICKS + TICKS; t++) {
            for (int player = 0; player < PLAYERS; player++) {
                boolean changed = hand.steer(player, t, rows[player]);
                if (changed || (t + player) % 2 == 0) {
                    lines.get(player).window().offer(t, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, rows[player]);
                }
            }
            FrameSet set = tick.run();
            feed.offer(Objects.requireNonNull(set.blocks()));
            if (feed.isWaiting()) {
                BitSet wanted = new BitSet();
                feed.addWanted(wanted);
                lines.getFirst().want(wanted);
                continue;
            }
            byte[] frame = Arrays.copyOf(feed.compose(new BitSet()), feed.length());
            read(view, frame);
            if (t >= WARM_UP_TICKS) {
                frames[t - WARM_UP_TICKS] = frame.length;
                var update = set.update();
                json += update == null ? 0 : update.payload().length;
            }
        }
        line(name, frames, json / (double) TICKS, limit);
    }

    private static void read(View view, byte[] frame) throws BenchException {
        try {
            view.read(frame);
            if (view.wrongCell() >= 0) {
                throw new BenchException(
                        "a client has another world in cell " + view.wrongCell() + " at tick " + view.tick());
            }
        } catch (BlockException e) {
            throw new BenchException("a client cannot read a frame", e);
        }
    }

    private void line(String name, long[] frames, double json, double limit) {
        double mean = Arrays.stream(frames).average().orElse(0);
        long[] sorted = frames.clone();
        Arrays.sort(sorted);
        long p99 = sorted[sorted.length * 99 / 100];
        table.append(String.format(
                Locale.ROOT,
                "%-18s mean %7.2f  p99 %5d bytes a client and tick; as JSON %,.0f%n",
                name,
                mean,
                p99,
                json));
        figures.put(
                name,
                new Json.Obj(Map.of("mean", new Json.Num(mean), "p99", new Json.Num(p99), "json", new Json.Num(json))));
        if (mean > limit) {
            failures.add(name + " takes more than " + limit + " bytes");
        }
    }
}
