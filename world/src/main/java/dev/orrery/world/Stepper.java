package dev.orrery.world;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Steps a world whose game may throw. The world then returns to the end of the tick before and steps again without the entry at
 * which the game threw; if none was being applied, without all of the tick's. What is omitted is journalled, so that every
 * replica omits it. A game that throws too often is given up. Owned by the world's thread.
 */
final class Stepper {
    private static final int MAX_FAILURES = 3;
    private static final int WITHIN_TICKS = 100;

    private final World world;
    private final Journal journal;
    private final Consumer<GameFailure> report;
    private final ByteWriter before = new ByteWriter();
    private final long[] failedAt = new long[MAX_FAILURES];
    private int failures;

    Stepper(World world, Journal journal, Consumer<GameFailure> report) {
        this.world = world;
        this.journal = journal;
        this.report = report;
    }

    /**
     * Takes the world through one tick.
     *
     * @param entries those that are omitted are replaced by {@link Entry.Skipped}
     * @throws GameFailedException if the game is given up; the world is then at the end of the tick before
     */
    void step(List<Entry> entries) {
        before.clear();
        Snapshot.write(world, false, before);
        while (true) {
            Throwable thrown = tryStep(entries);
            if (thrown == null) {
                return;
            }
            long tick = world.tick();
            int index = world.applying();
            back();
            failed(tick, index < 0 ? null : entries.get(index), thrown, omit(tick, index, entries));
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

    private void back() {
        try {
            Snapshot.read(world, new ByteReader(before.array(), 0, before.length()));
        } catch (RecordException e) {
            throw new IllegalStateException("a world cannot read its own snapshot", e);
        }
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

    private void failed(long tick, @Nullable Entry entry, Throwable thrown, boolean omitted) {
        failedAt[failures++ % MAX_FAILURES] = tick;
        // The next place holds the oldest of the last three.
        boolean tooOften = failures >= MAX_FAILURES && tick - failedAt[failures % MAX_FAILURES] < WITHIN_TICKS;
        GameFailure failure = new GameFailure(tick, entry, thrown, tooOften || !omitted);
        report.accept(failure);
        if (failure.isLast()) {
            throw new GameFailedException(failure);
        }
    }
}
