package dev.orrery.world;

import dev.orrery.rules.Digest;
import dev.orrery.wire.Counters;
import dev.orrery.wire.EncodedPacket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The tick of one instance, one direction and no way back: what arrived becomes entries, the journal gets them first, the
 * world is stepped over them, and what changed becomes frames. {@link #run} is owned by the world's thread.
 */
public final class Tick {
    /** Joins waiting for the next tick. Overflow: the join is refused, its client may try again. */
    private static final int INBOX_CAPACITY = 1_024;

    /** The rest waits for the tick after: a rush of joins must not stall those who play. */
    private static final int MAX_JOINS_PER_TICK = 64;

    private static final int HEARTBEAT_MILLIS = 1_000;

    private final Plan plan;
    private final World world;
    private final Journal journal;
    private final JsonFrames frames;
    private final Counters<WorldCounter> counters;
    private final ArrayBlockingQueue<Seat> inbox = new ArrayBlockingQueue<>(INBOX_CAPACITY);
    private final List<Seat> seats = new ArrayList<>();
    private final List<Seat> newcomers = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final int heartbeatTicks;
    private volatile long newestTick;
    private long version;
    private long events;
    private int quietTicks;

    public Tick(Game game, Plan plan, int seed, Identity identity, Journal journal, Counters<WorldCounter> counters) {
        this.plan = plan;
        this.world = new World(game, plan, seed);
        this.journal = journal;
        this.frames = new JsonFrames(identity);
        this.counters = counters;
        this.heartbeatTicks = Math.max(1, HEARTBEAT_MILLIS / plan.settings().tickRate());
    }

    /** Takes the instance through one tick. */
    public FrameSet run() {
        entries.clear();
        retire();
        admit();
        takeInputs();
        journal.append(world.tick() + 1, entries);
        world.step(entries);
        newestTick = world.tick();
        counters.increment(WorldCounter.TICKS);
        return publish();
    }

    /**
     * Asks for a seat; the player is admitted at the next tick. May be called by any thread.
     *
     * @return null if too many joins wait already
     */
    public @Nullable Seat join(String player, String name) {
        InputWindow window = new InputWindow(plan.playerInput(), plan.settings().tickRate(), newestTick);
        Seat seat = new Seat(player, name, window);
        if (!inbox.offer(seat)) {
            counters.increment(WorldCounter.JOINS_REFUSED);
            return null;
        }
        return seat;
    }

    /** The world's digest at the end of the newest tick. Owned by the world's thread. */
    Digest digest() {
        return world.digest();
    }

    private void retire() {
        for (Iterator<Seat> all = seats.iterator(); all.hasNext(); ) {
            Seat seat = all.next();
            if (seat.hasLeft()) {
                all.remove();
                entries.add(new Entry.Left(seat.player()));
                counters.increment(WorldCounter.LEAVES);
            }
        }
    }

    private void admit() {
        newcomers.clear();
        for (int i = 0; i < MAX_JOINS_PER_TICK; i++) {
            Seat seat = inbox.poll();
            if (seat == null) {
                return;
            }
            if (!seat.hasLeft()) {
                newcomers.add(seat);
                entries.add(new Entry.Joined(seat.player(), seat.name()));
                counters.increment(WorldCounter.JOINS);
            }
        }
    }

    private void takeInputs() {
        seats.addAll(newcomers);
        for (Seat seat : seats) {
            InputWindow window = seat.window();
            switch (window.take(world.tick() + 1)) {
                case NEW -> {
                    seat.answer();
                    steer(seat, window);
                }
                case NEUTRAL -> {
                    counters.increment(WorldCounter.INPUTS_NEUTRAL);
                    steer(seat, window);
                }
                case UNCHANGED -> {}
            }
        }
    }

    /** Only an input that differs from the one in force enters the world; a heartbeat does not. */
    private void steer(Seat seat, InputWindow window) {
        if (!Arrays.equals(seat.journalled(), window.row())) {
            int[] row = window.row().clone();
            seat.journal(row);
            entries.add(new Entry.Steered(seat.player(), row));
        }
    }

    private FrameSet publish() {
        EncodedPacket update = frames.update(world);
        quietTicks = update == null ? quietTicks + 1 : 0;
        if (quietTicks >= heartbeatTicks) {
            update = frames.heartbeat(world.tick());
            quietTicks = 0;
        }
        if (update != null) {
            version++;
        }
        List<EncodedPacket> happened = frames.events(world);
        long before = events;
        events += happened.size();
        for (Seat seat : newcomers) {
            Player player = world.player(seat.player());
            if (player != null) {
                seat.greet(frames.welcome(world, player));
            }
        }
        return new FrameSet(world.tick(), version, update, state(), before, happened, acks());
    }

    private @Nullable EncodedPacket state() {
        boolean wanted = false;
        for (Seat seat : seats) {
            wanted |= seat.takeStateWish();
        }
        if (!wanted) {
            return null;
        }
        counters.increment(WorldCounter.STATES_ENCODED);
        return frames.state(world);
    }

    private Map<Seat, EncodedPacket> acks() {
        Map<Seat, EncodedPacket> acks = null;
        for (Seat seat : seats) {
            if (seat.takeAnswer()) {
                if (acks == null) {
                    acks = new IdentityHashMap<>();
                }
                InputWindow window = seat.window();
                acks.put(seat, frames.ack(world.tick(), window.takenSeq(), window.takenLate()));
            }
        }
        return acks == null ? Map.of() : acks;
    }
}
