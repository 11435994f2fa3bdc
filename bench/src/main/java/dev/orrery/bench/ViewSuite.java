package dev.orrery.bench;

import com.sun.management.ThreadMXBean;
import dev.orrery.rules.Settings;
import dev.orrery.wire.Json;
import dev.orrery.world.FrameSet;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code bench view}: what it takes to encode a tick and to compose the frames of those who look on, and how much heap. */
final class ViewSuite {
    private static final int ACTORS = 500;
    private static final int VIEWS = 100;
    private static final double EXTENT = 5_000;
    private static final double SIGHT = 550;
    private static final int WARM_UP_TICKS = 3_000;
    private static final int TICKS = 2_000;
    private static final double LIMIT_MILLIS = 0.5;

    private static final int MANY = 3_000;
    private static final double MANY_EXTENT = 12_700;
    private static final int MANY_TICKS = 600;
    private static final Settings TWENTY_HERTZ = new Settings(50, 3.75, 5, 0.1, MANY, 5);
    private static final double MANY_BUDGET_MILLIS = 50;

    private final StringBuilder table = new StringBuilder();
    private final Map<String, Json> figures = new LinkedHashMap<>();
    private final List<String> failures = new ArrayList<>();

    private ViewSuite() {}

    static Report run() throws BenchException {
        ViewSuite suite = new ViewSuite();
        suite.views();
        suite.many();
        return new Report(suite.table.toString(), new Json.Obj(suite.figures), suite.failures);
    }

    private void views() {
        Watchers watchers =
                new Watchers(new RamblerGame(EXTENT, SIGHT), Settings.DEFAULT, ACTORS, 50, BytesSuite::eightDirections);
        Times times = measure(watchers, VIEWS, WARM_UP_TICKS, TICKS);
        double encode = times.withBlocks() - withoutBlocks();
        line(
                "view: %d moving actors, %d views of %.0f: encode %.3f ms, compose %.3f ms a tick; %.1f bytes a frame",
                ACTORS,
                VIEWS,
                (double) ACTORS * (2 * SIGHT + 500) * (2 * SIGHT + 500) / EXTENT / EXTENT,
                encode,
                times.composeMillis(),
                times.bytesPerFrame());
        line("  heap of the connection's thread: %.2f bytes a frame", times.heapPerFrame());
        figures.put("encodeMillis", new Json.Num(encode));
        figures.put("composeMillis", new Json.Num(times.composeMillis()));
        figures.put("heapPerFrame", new Json.Num(times.heapPerFrame()));
        require(
                encode + times.composeMillis() <= LIMIT_MILLIS,
                "encoding a tick and composing " + VIEWS + " views takes more than " + LIMIT_MILLIS + " ms");
        require(times.heapPerFrame() < 1, "composing a frame takes heap");
    }

    /** The same ticks, told to nobody: all that is not encoding. */
    private static double withoutBlocks() {
        Watchers watchers =
                new Watchers(new RamblerGame(EXTENT, SIGHT), Settings.DEFAULT, ACTORS, 50, BytesSuite::eightDirections);
        long nanos = 0;
        for (int t = 0; t < WARM_UP_TICKS + TICKS; t++) {
            watchers.steer();
            long begun = System.nanoTime();
            watchers.tick().advance();
            nanos += t < WARM_UP_TICKS ? 0 : System.nanoTime() - begun;
        }
        return nanos / 1e6 / TICKS;
    }

    private void many() {
        Watchers watchers =
                new Watchers(new RamblerGame(MANY_EXTENT, SIGHT), TWENTY_HERTZ, MANY, 50, BytesSuite::eightDirections);
        Times times = measure(watchers, MANY, MANY_TICKS / 2, MANY_TICKS);
        double all = times.withBlocks() + times.composeMillis();
        line(
                "view: %,d players in one world at 20 Hz: tick %.2f ms, all frames %.2f ms, so %.0f %% of one core; %.2f µs a player and"
                        + " tick; %.1f bytes a frame",
                MANY,
                times.withBlocks(),
                times.composeMillis(),
                100 * all / MANY_BUDGET_MILLIS,
                1_000 * all / MANY,
                times.bytesPerFrame());
        figures.put("manyTickMillis", new Json.Num(times.withBlocks()));
        figures.put("manyComposeMillis", new Json.Num(times.composeMillis()));
        figures.put("manyBytesPerFrame", new Json.Num(times.bytesPerFrame()));
        require(all <= MANY_BUDGET_MILLIS, MANY + " players do not hold 20 Hz on one core");
    }

    /**
     * @param withBlocks of the world's thread, ms a tick
     * @param composeMillis of the connections' threads, ms a tick
     */
    private record Times(double withBlocks, double composeMillis, double heapPerFrame, double bytesPerFrame) {}

    private static Times measure(Watchers watchers, int views, int warmUpTicks, int ticks) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long tickNanos = 0;
        long composeNanos = 0;
        long heap = 0;
        long frames = 0;
        long bytes = 0;
        for (int t = 0; t < warmUpTicks + ticks; t++) {
            watchers.steer();
            final long begun = System.nanoTime();
            FrameSet set = watchers.step();
            final long stepped = System.nanoTime();
            final long heapBefore = threads.getCurrentThreadAllocatedBytes();
            int count = 0;
            for (int view = 0; view < views; view++) {
                int length = watchers.compose(view, set);
                count += length > 0 ? 1 : 0;
                bytes += t < warmUpTicks ? 0 : length;
            }
            long heapAfter = threads.getCurrentThreadAllocatedBytes();
            if (t >= warmUpTicks) {
                composeNanos += System.nanoTime() - stepped;
                tickNanos += stepped - begun;
                heap += heapAfter - heapBefore;
                frames += count;
            }
        }
        return new Times(
                tickNanos / 1e6 / ticks, composeNanos / 1e6 / ticks, heap / (double) frames, bytes / (double) frames);
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
