package dev.orrery.world;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A replica that is fed by a recording: steps the same world again, and compares it with every hash and snapshot on the way.
 * Owned by one thread.
 */
public final class Replay {
    private final Game game;
    private final Plan plan;
    private final Opening opening;
    private final JournalReader reader;
    private final World world;
    private final Stepper stepper;
    private final long fromTick;
    private long differsFromTick = -1;
    private @Nullable Mismatch mismatch;
    private int compared;
    private List<Entry> entered = List.of();

    /**
     * The first tick at which the replayed world was another one than the recorded.
     *
     * @param tick the first whose hash differs
     * @param seenAtTick at the end of which the differences were found: the first snapshot that is not before it
     * @param differences empty if the recording has no later snapshot
     */
    public record Mismatch(long tick, long seenAtTick, List<Difference> differences) {
        @Override
        public String toString() {
            return "the replay differs from tick " + tick + " on"
                    + (differences.isEmpty()
                            ? "; no later snapshot tells where"
                            : "; at the end of tick " + seenAtTick + ":\n  "
                                    + String.join(
                                            "\n  ",
                                            differences.stream()
                                                    .map(Difference::toString)
                                                    .toList()));
        }
    }

    /** @param reader at the record that follows the opening, or at a later snapshot */
    private Replay(Game game, Plan plan, JournalReader reader, Opening opening) throws RecordException {
        this.game = game;
        this.plan = plan;
        this.reader = reader;
        this.opening = opening;
        if (reader.type() == RecordType.SNAPSHOT) {
            world = World.restored(game, plan, opening.seed(), reader.snapshot());
            reader.numbered(world);
            reader.next();
        } else {
            world = new World(game, plan, opening.settings(), opening.seed());
        }
        stepper = new Stepper(world, Journal.NONE, failure -> {});
        fromTick = world.tick();
    }

    /**
     * Makes the world as it was where a recording begins.
     *
     * @param recording of {@link Recorder#recording}
     * @throws RecordException if it is damaged, or of another game than this one as it is now
     */
    public static Replay open(Game game, Plan plan, byte[] recording) throws RecordException {
        return open(game, plan, recording, 0);
    }

    /**
     * Makes the world as a recording's snapshot has it.
     *
     * @param fromTick it is the newest that is not later than this; if there is none, it begins where the recording does
     * @throws RecordException as above
     */
    public static Replay open(Game game, Plan plan, byte[] recording, long fromTick) throws RecordException {
        int inputLength = plan.playerInput().rowLength();
        int passed = snapshotsUpTo(fromTick, new JournalReader(recording, inputLength));
        JournalReader reader = new JournalReader(recording, inputLength);
        if (!reader.next() || reader.type() != RecordType.OPENING) {
            throw RecordException.Reason.NO_OPENING.exception();
        }
        Opening opening = reader.opening();
        opening.require(plan);
        reader.next();
        for (int i = reader.type() == RecordType.SNAPSHOT ? 1 : 0; i < passed; i++) {
            do {
                reader.next();
            } while (reader.type() != RecordType.SNAPSHOT);
        }
        return new Replay(game, plan, reader, opening);
    }

    private static int snapshotsUpTo(long tick, JournalReader reader) throws RecordException {
        int count = 0;
        while (tick > 0 && reader.next() && (reader.type() == RecordType.OPENING || reader.tick() <= tick)) {
            count += reader.type() == RecordType.SNAPSHOT ? 1 : 0;
        }
        return count;
    }

    /** The replica; to be looked at between steps. */
    public World world() {
        return world;
    }

    /** What entered the world in the newest tick, as it was stepped. */
    public List<Entry> entered() {
        return entered;
    }

    /** What the recording is of. */
    public Opening opening() {
        return opening;
    }

    /** At the end of which the recording begins. */
    public long fromTick() {
        return fromTick;
    }

    /** How many hashes and snapshots were compared so far. */
    public int compared() {
        return compared;
    }

    /** Where the replica became another world; null if it did not so far. */
    public @Nullable Mismatch mismatch() {
        return mismatch == null && differsFromTick >= 0
                ? new Mismatch(differsFromTick, differsFromTick, List.of())
                : mismatch;
    }

    /**
     * Steps to the end of the recording. Returns {@link #mismatch}.
     *
     * @throws GameFailedException where the recorded game was given up, too
     */
    public @Nullable Mismatch run() throws RecordException {
        boolean more = true;
        while (more) {
            more = step();
        }
        return mismatch();
    }

    /**
     * Steps one tick; false, and nothing is stepped, if the recording tells of no later one.
     *
     * @throws GameFailedException where the recorded game was given up, too
     */
    public boolean step() throws RecordException {
        boolean ended = reader.type() == RecordType.END && reader.tick() <= world.tick();
        if (reader.type() == null || ended) {
            return false;
        }
        entered = entries(world.tick() + 1);
        stepper.step(entered);
        compare();
        return true;
    }

    private List<Entry> entries(long tick) throws RecordException {
        List<Entry> entries = new ArrayList<>();
        if (is(RecordType.ENTRIES, tick)) {
            entries.addAll(reader.entries());
            reader.next();
        }
        while (is(RecordType.SKIP, tick)) {
            int index = reader.skip();
            if (index < 0 || index >= entries.size()) {
                throw RecordException.Reason.BAD_VALUE.exception();
            }
            entries.set(index, new Entry.Skipped(entries.get(index)));
            reader.next();
        }
        return entries;
    }

    private void compare() throws RecordException {
        final long tick = world.tick();
        while (is(RecordType.HASH, tick)) {
            compared++;
            boolean same = reader.lane() == world.digest().low()
                    & reader.lane() == world.digest().high();
            differsFromTick = same || differsFromTick >= 0 ? differsFromTick : tick;
            reader.next();
        }
        while (is(RecordType.SNAPSHOT, tick)) {
            compared++;
            World recorded = World.restored(game, plan, opening.seed(), reader.snapshot());
            reader.numbered(recorded);
            compare(recorded);
            reader.next();
        }
        boolean passed = reader.type() == RecordType.END ? reader.tick() < tick : reader.tick() <= tick;
        if (reader.type() != null && passed) {
            throw RecordException.Reason.BAD_VALUE.exception();
        }
    }

    private void compare(World recorded) {
        boolean same = recorded.digest().low() == world.digest().low()
                && recorded.digest().high() == world.digest().high();
        if (!same && mismatch == null) {
            differsFromTick = differsFromTick >= 0 ? differsFromTick : world.tick();
            mismatch = new Mismatch(differsFromTick, world.tick(), Difference.between(recorded, world));
        }
    }

    private boolean is(RecordType type, long tick) {
        return reader.type() == type && reader.tick() == tick;
    }
}
