package dev.orrery.world;

import dev.orrery.rules.Settings;
import java.util.List;

/**
 * A journal in memory, from which {@link Replay} steps the same world again. Written by the world's thread, {@link #recording}
 * by any.
 */
public final class Recorder implements Journal {
    private static final int FLIGHT_MILLIS = 30_000;
    private static final int FLIGHT_HASH_MILLIS = 1_000;

    /** More than this beside a snapshot, and than some of its lengths, and the next snapshot comes early. */
    private static final int FLIGHT_BYTES = 1 << 20;

    private static final int FLIGHT_LENGTHS = 4;

    private final boolean whole;
    private final int hashEveryTicks;
    private final int snapshotEveryTicks;
    private final ByteWriter opening = new ByteWriter();
    private final JournalWriter writer;
    private ByteWriter older = new ByteWriter();
    private ByteWriter newer = new ByteWriter();
    private int snapshotBytes;
    private long snapshotTick;
    private long newestTick;
    private long droppedBytes;

    private Recorder(Plan plan, Opening first, boolean whole, int hashEveryTicks, int snapshotEveryTicks) {
        this.whole = whole;
        this.hashEveryTicks = hashEveryTicks;
        this.snapshotEveryTicks = snapshotEveryTicks;
        writer = new JournalWriter(plan.playerInput().rowLength());
        writer.into(opening);
        writer.opening(first);
        writer.into(newer);
    }

    /**
     * Keeps everything from tick 0 on, with the hash of each tick: for tests and benchmarks.
     *
     * @param rules hash of rules and schema; may be empty
     * @param snapshotEveryTicks a mismatch in a replay is told field by field at the next snapshot; 0 for none
     */
    public static Recorder whole(Plan plan, String rules, int seed, Settings settings, int snapshotEveryTicks) {
        return new Recorder(plan, Opening.of(plan, rules, seed, settings), true, 1, snapshotEveryTicks);
    }

    /**
     * Keeps the last half minute to minute, from a snapshot on, with a hash every second: what a running instance can afford.
     *
     * @param rules hash of rules and schema; may be empty
     */
    public static Recorder flight(Plan plan, String rules, int seed, Settings settings) {
        return new Recorder(
                plan,
                Opening.of(plan, rules, seed, settings),
                false,
                Math.max(1, FLIGHT_HASH_MILLIS / settings.tickRate()),
                Math.max(1, FLIGHT_MILLIS / settings.tickRate()));
    }

    @Override
    public synchronized void append(long tick, List<Entry> entries) {
        newestTick = tick;
        writer.entries(tick, entries);
    }

    @Override
    public synchronized void skip(long tick, int index) {
        writer.skip(tick, index);
    }

    @Override
    public synchronized void stepped(World world) {
        if (world.tick() % hashEveryTicks == 0) {
            writer.hash(world.tick(), world.digest());
        }
        if (isSnapshotDue(world.tick())) {
            snapshot(world);
        }
    }

    /** All that is kept, as {@link Replay#open} reads it: to the newest tick that was begun. */
    public synchronized byte[] recording() {
        ByteWriter recording = new ByteWriter();
        recording.bytes(opening.array(), 0, opening.length());
        recording.bytes(older.array(), 0, older.length());
        recording.bytes(newer.array(), 0, newer.length());
        writer.end(newestTick, recording);
        return recording.copy();
    }

    /** How much has been written so far, what is kept no more included. */
    public synchronized long writtenBytes() {
        return droppedBytes + older.length() + newer.length();
    }

    private boolean isSnapshotDue(long tick) {
        if (snapshotEveryTicks > 0 && tick - snapshotTick >= snapshotEveryTicks) {
            return true;
        }
        return !whole && newer.length() - snapshotBytes > Math.max(FLIGHT_BYTES, FLIGHT_LENGTHS * snapshotBytes);
    }

    private void snapshot(World world) {
        if (!whole) {
            ByteWriter oldest = older;
            older = newer;
            newer = oldest;
            droppedBytes += newer.length();
            newer.clear();
            writer.into(newer);
        }
        int before = newer.length();
        writer.snapshot(world);
        snapshotBytes = newer.length() - before;
        snapshotTick = world.tick();
    }
}
