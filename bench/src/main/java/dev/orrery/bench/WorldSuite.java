package dev.orrery.bench;

import dev.orrery.arena.rules.Ship;
import dev.orrery.wire.Json;
import dev.orrery.world.RecordException;
import dev.orrery.world.Replay;
import dev.orrery.world.World;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code bench world}: what a tick of a crowded world costs, how punctually the ticks of many worlds begin, what a journal takes, and
 * how fast it is stepped again.
 */
final class WorldSuite {
    private static final int CROWD = 1_000;
    private static final int WARM_UP_TICKS = 600;
    private static final int TICKS = 3_000;
    private static final double LIMIT_MILLIS = 3;

    /** Within it each of the crowd has about sixty others, px. */
    private static final double NEAR = 310;

    private static final int WORLDS = 100;
    private static final int WORLDS_WARM_UP_SECONDS = 10;
    private static final int WORLDS_SECONDS = 20;
    private static final int SLOW_MILLIS = 80;
    private static final double LATEST_MILLIS = 1;

    private static final int ROOM = 50;
    private static final int ROOM_TICKS = 6_000;
    private static final double LEAST_SPEED = 50;

    private final StringBuilder table = new StringBuilder();
    private final Map<String, Json> figures = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    private WorldSuite() {}

    static Report run() throws BenchException {
        WorldSuite suite = new WorldSuite();
        suite.crowd();
        suite.worlds();
        suite.room();
        return new Report(suite.table.toString(), new Json.Obj(suite.figures), suite.failures);
    }

    private void crowd() {
        Crowd crowd = new Crowd(CROWD, 1, false);
        measure(crowd, WARM_UP_TICKS);
        TickTimes ticks = measure(crowd, TICKS);
        line("world: %,d players, %.0f near each", CROWD, near(crowd));
        line("  a tick takes its thread   %s", ticks.thread());
        line("  and by the clock          %s", ticks.clock());
        figures.put("crowdThread", ticks.thread().json());
        figures.put("crowdClock", ticks.clock().json());
        figures.put("crowdNear", new Json.Num(near(crowd)));
        require(
                ticks.thread().millis(0.99) <= LIMIT_MILLIS,
                "a tick of the crowd takes its thread more than " + LIMIT_MILLIS + " ms (p99)");
    }

    /**
     * @param thread time in which the thread ran: what a tick costs
     * @param clock time that passed: on a machine that does other things as well, it tells of those
     */
    private record TickTimes(Percentiles thread, Percentiles clock) {}

    private static TickTimes measure(Crowd crowd, int ticks) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long[] thread = new long[ticks];
        long[] clock = new long[ticks];
        for (int i = 0; i < ticks; i++) {
            crowd.steer();
            long begun = System.nanoTime();
            long begunThread = threads.getCurrentThreadCpuTime();
            crowd.tick().advance();
            thread[i] = threads.getCurrentThreadCpuTime() - begunThread;
            clock[i] = System.nanoTime() - begun;
            crowd.comeHome();
        }
        return new TickTimes(new Percentiles(thread), new Percentiles(clock));
    }

    private static double near(Crowd crowd) {
        World world = crowd.tick().world();
        int near = 0;
        List<Ship> ships = world.all(Ship.class);
        for (Ship ship : ships) {
            near += world.near(ship, NEAR, Ship.class).size();
        }
        return near / (double) ships.size();
    }

    private void worlds() throws BenchException {
        int threads = Runtime.getRuntime().availableProcessors();
        Percentiles bare = Worlds.bareTimer(WORLDS_WARM_UP_SECONDS);
        line("worlds: %d with %d players each on %d threads; a tick begins after it was due", WORLDS, ROOM, threads);
        line("  (a thread that only waits %s)", bare);
        figures.put("bareTimer", bare.json());
        try (Worlds worlds = new Worlds(threads, WORLDS, ROOM, 20 * WORLDS_SECONDS)) {
            worlds.delays(WORLDS_WARM_UP_SECONDS);
            punctual("alone", "worldsAlone", worlds);
            if (threads > 1) { // or no core is free
                worlds.addHanging();
                punctual("beside one that hangs", "worldsBesideHanging", worlds);
                worlds.addSlow(SLOW_MILLIS);
                punctual("and one of " + SLOW_MILLIS + " ms a tick", "worldsBesideSlow", worlds);
            }
        }
    }

    private void punctual(String beside, String figure, Worlds worlds) throws BenchException {
        Percentiles delays = worlds.delays(WORLDS_SECONDS);
        line("  %-25s %s", beside, delays);
        figures.put(figure, delays.json());
        require(
                delays.millis(0.99) <= LATEST_MILLIS,
                "ticks of many worlds, " + beside + ", begin more than " + LATEST_MILLIS + " ms late (p99)");
    }

    private void room() throws BenchException {
        Crowd crowd = new Crowd(ROOM, 2, true);
        long before = crowd.recorder().writtenBytes();
        measure(crowd, ROOM_TICKS);
        double hours = ROOM_TICKS * crowd.tick().readings().settings().tickRate() / 3_600_000.0;
        double perPlayerHour = (crowd.recorder().writtenBytes() - before) / hours / ROOM;
        line("journal: %d players, a hash every tick: %,.0f bytes a player-hour", ROOM, perPlayerHour);
        figures.put("journalBytesPerPlayerHour", new Json.Num(perPlayerHour));

        double speed = replay(crowd, hours);
        line("replay: %,.0f × real time, every hash compared", speed);
        figures.put("replaySpeed", new Json.Num(speed));
        require(speed >= LEAST_SPEED, "a replay is slower than " + LEAST_SPEED + " × real time");
    }

    private static double replay(Crowd crowd, double hours) throws BenchException {
        try {
            byte[] recording = crowd.recorder().recording();
            long begun = System.nanoTime();
            Replay replay = Replay.open(crowd.game(), crowd.plan(), recording);
            Replay.Mismatch mismatch = replay.run();
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (mismatch != null) {
                throw new BenchException(mismatch.toString());
            }
            return hours * 3_600 / seconds;
        } catch (RecordException e) {
            throw new BenchException("the recording cannot be replayed", e);
        }
    }

    private void line(String format, Object... arguments) {
        table.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }

    private void require(boolean holds, String failure) {
        if (!holds) {
            failures.add(failure);
        }
    }
}
