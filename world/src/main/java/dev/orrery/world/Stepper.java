package dev.orrery.world;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Steps a world whose game may throw. The world then returns to the end of the tick before and steps again without the entry at
 * which the game threw; if none was being applied, without all of the tick's. What is omitted is journalled, so that every
 * replica omits it. A game that throws too often is given up. Owned by the world's thread.
 *
 * <p>As a world is a pure function of what enters it, it is not stored at every tick: it returns to the newest snapshot, which is at most
 * {@link History#BACK_TICKS} old, and takes the same steps as before.
 *
 * <pre>
 *   snapshot  tick  tick  tick  tick ✕          ✕: return to the snapshot, three steps again, then the fourth without what threw
 * </pre>
 */
final class Stepper {
    private static final int MAX_FAILURES = 3;
    private static final int WITHIN_TICKS = 100;

    private final World world;
    private final Journal journal;
    private final Consumer<GameFailure> report;
    private final ByteWriter snapshot = new ByteWriter();
    /** What entered in each tick since the snapshot. */
    private final List<List<Entry>> since = new ArrayList<>();

    private int ticksSince = History.BACK_TICKS;
    private final long[] failedAt = new long[MAX_FAILURES];
    private int failures;

    Stepper(World world, Journal journal, Consumer<GameFailure> report) {
        this.world = world;
        this.journal = journal;
        this.report = report;
        for (int i = 0; i < History.BACK_TICKS; i++) {
            since.add(new ArrayList<>());
        }
    }

    /**
     * Takes the world through one tick.
     *
     * @param entries those that are omitted are replaced by {@link Entry.Skipped}
     * @throws GameFailedException if the game is given up; the world is then of no use
     */
    void step(List<Entry> entries) {
        if (ticksSince == History.BACK_TICKS) {
            ticksSince = 0;
            snapshot.clear();
            Snapshot.write(world, Snapshot.Use.STEP_BACK, snapshot);
        }
        while (true) {
            Throwable thrown = tryStep(entries);
            if (thrown == null) {
                keep(entries);
                return;
            }
            long tick = world.tick();
            int index = world.applying();
            Entry entry = index < 0 ? null : entries.get(index);
            failed(tick, entry, thrown, back() && omit(tick, index, entries));
        }
    }

    @SuppressWarnings("CatchingUnchecked") // Whatever a game throws is the game's.
    private @Nullable Throwable tryStep(List<Entry> entries) {
        try {
            world.step(entries);
            return null;
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            return e;
        }
    }

    private void keep(List<Entry> entries) {
        List<Entry> kept = since.get(ticksSince++);
        kept.clear();
        for (int i = 0; i < entries.size(); i++) {
            kept.add(entries.get(i));
        }
    }

    /** False if the game throws where it did not before: it does not repeat itself, and there is no way back. */
    private boolean back() {
        try {
            Snapshot.read(world, Snapshot.Use.STEP_BACK, new ByteReader(snapshot.array(), 0, snapshot.length()));
        } catch (RecordException e) {
            throw new IllegalStateException("a world cannot read its own snapshot", e);
        }
        boolean same = true;
        for (int i = 0; same && i < ticksSince; i++) {
            same = tryStep(since.get(i)) == null;
        }
        return same;
    }

    /** False if there was nothing to omit any more. */
    private boolean omit(long tick, int index, List<Entry> entries) {
        boolean omitted = false;
        String absent = index < 0 ? null : newcomer(entries.get(index));
        for (int i = Math.max(0, index); i < entries.size(); i++) {
            Entry entry = entries.get(i);
            boolean meant = index < 0 || i == index || absent != null && absent.equals(about(entry));
            if (meant && !(entry instanceof Entry.Skipped)) {
                entries.set(i, new Entry.Skipped(entry));
                journal.skip(tick, i);
                omitted = true;
            }
        }
        return omitted;
    }

    /** Who would have come by an entry, and now is not there: nothing else in the tick can be about them. */
    private static @Nullable String newcomer(Entry entry) {
        return switch (entry) {
            case Entry.Joined joined -> joined.player();
            case Entry.Arrived arrived -> arrived.player();
            default -> null;
        };
    }

    private static @Nullable String about(Entry entry) {
        return switch (entry) {
            case Entry.Joined joined -> joined.player();
            case Entry.Arrived arrived -> arrived.player();
            case Entry.Dropped dropped -> dropped.player();
            case Entry.Resumed resumed -> resumed.player();
            case Entry.Left left -> left.player();
            case Entry.Steered steered -> steered.player();
            case Entry.Commanded _, Entry.Retuned _, Entry.Skipped _ -> null;
        };
    }

    private void failed(long tick, @Nullable Entry entry, Throwable thrown, boolean mayGoOn) {
        failedAt[failures++ % MAX_FAILURES] = tick;
        // The next place holds the oldest of the last three.
        boolean tooOften = failures >= MAX_FAILURES && tick - failedAt[failures % MAX_FAILURES] < WITHIN_TICKS;
        GameFailure failure = new GameFailure(tick, entry, thrown, tooOften || !mayGoOn);
        report.accept(failure);
        if (failure.isLast()) {
            throw new GameFailedException(failure);
        }
    }
}
