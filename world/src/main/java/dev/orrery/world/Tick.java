package dev.orrery.world;

import dev.orrery.rules.Digest;
import dev.orrery.rules.Settings;
import dev.orrery.wire.Counters;
import dev.orrery.wire.EncodedPacket;
import dev.orrery.world.Inbox.Wish;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The tick of one instance, one direction and no way back: what arrived becomes entries, the journal gets them first, the
 * world is stepped over them, and what changed becomes frames. {@link #run} is owned by the world's thread.
 */
public final class Tick {
    /** The rest waits for the tick after: a rush of joins must not stall those who play. */
    private static final int MAX_WISHES_PER_TICK = 64;

    private static final int HEARTBEAT_MILLIS = 1_000;
    /** Clients learn of other settings this long before they hold, so that all adopt them at the same tick. */
    private static final int ANNOUNCE_MILLIS = 1_000;

    private final World world;
    private final InputKind playerInput;
    private final Journal journal;
    private final JsonFrames frames;
    private final Counters<WorldCounter> counters;
    private final int graceMillis;
    private final Consumer<Seat> onLeft;
    private final Inbox inbox;
    /** By player, in the order in which they came. */
    private final Map<String, Seat> seats = new LinkedHashMap<>();

    private final List<Seat> greeted = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Announcement> announcements = new ArrayList<>();
    private volatile Readings readings;
    private long version;
    private long events;
    private int quietTicks;

    /** Settings that this tick announces, and who wants to know. */
    private record Announcement(Entry.Retuned retuned, Consumer<Entry.Retuned> listener) {}

    /**
     * @param settings with which the world begins
     * @param onLeft told, on the world's thread, of every seat whose player has left
     */
    public Tick(
            Game game,
            Plan plan,
            Settings settings,
            int seed,
            Identity identity,
            Journal journal,
            Counters<WorldCounter> counters,
            Consumer<Seat> onLeft) {
        this.world = new World(game, plan, settings, seed);
        this.playerInput = plan.playerInput();
        this.journal = journal;
        this.frames = new JsonFrames(identity);
        this.counters = counters;
        this.graceMillis = identity.graceMillis();
        this.onLeft = onLeft;
        this.inbox = new Inbox(counters);
        this.readings = world.readings();
    }

    /** Takes the instance through one tick. */
    public FrameSet run() {
        entries.clear();
        greeted.clear();
        announcements.clear();
        followSeats();
        readInbox();
        takeInputs();
        journal.append(world.tick() + 1, entries);
        world.step(entries);
        counters.increment(WorldCounter.TICKS);
        readings = world.readings();
        dismissTravellers();
        greet();
        announcements.forEach(announcement -> announcement.listener().accept(announcement.retuned()));
        return publish();
    }

    // ---- by any thread ----

    /** Asks for a seat, in which the player is admitted at the next tick; false if too many wait already. */
    public boolean join(Seat seat) {
        return inbox.offer(new Wish.Join(seat), WorldCounter.JOINS_REFUSED);
    }

    /**
     * The same for a player who comes from another world; they are away until a line takes the seat.
     *
     * @param kind and row of the actor they had there, as in {@link Effect.Transfer}
     */
    public boolean arrive(Seat seat, String kind, int[] row) {
        return inbox.offer(new Wish.Arrive(seat, kind, row), WorldCounter.JOINS_REFUSED);
    }

    /** Puts a command before the world at the next tick; false if too many wait already. */
    public boolean command(Command command) {
        return inbox.offer(new Wish.Order(command), WorldCounter.COMMANDS_REFUSED);
    }

    /**
     * Asks for other settings; false if too many wishes wait already.
     *
     * @param change of the settings that will hold when everything announced before has come about
     * @param announced told, on the world's thread, of the new settings and the tick from which on they hold
     */
    public boolean retune(UnaryOperator<Settings> change, Consumer<Entry.Retuned> announced) {
        return inbox.offer(new Wish.Retune(change, announced), WorldCounter.COMMANDS_REFUSED);
    }

    /** A new seat, which nobody has taken yet and of which the world does not know yet. */
    public Seat seat(String player, String name) {
        return new Seat(player, name, playerInput.initial());
    }

    /**
     * What a new connection takes a seat with.
     *
     * @param session the secret with which its player may come back, told in the greeting
     */
    public Line line(String session) {
        Readings newest = readings;
        return new Line(session, new InputWindow(playerInput, newest.tick()));
    }

    /** What can be seen of the world as of the newest tick. */
    public Readings readings() {
        return readings;
    }

    /** Whether nothing but time would pass in the world: nobody is in it, nobody waits, nothing is announced. */
    public boolean isIdle() {
        return readings.players() == 0 && readings.announced().isEmpty() && inbox.isEmpty();
    }

    // ---- the world's thread ----

    /** The world's digest at the end of the newest tick. */
    Digest digest() {
        return world.digest();
    }

    /** What the newest tick wants done outside, in its order: for the authority alone. The list is reused by the next tick. */
    public List<Effect> effects() {
        return world.outbox();
    }

    private void followSeats() {
        for (Iterator<Seat> all = seats.values().iterator(); all.hasNext(); ) {
            Seat seat = all.next();
            switch (seat.follow()) {
                case NONE -> {}
                case STILL_AWAY -> {
                    if (seat.absent(world.settings().tickRate(), graceMillis)) {
                        counters.increment(WorldCounter.GRACES_ENDED);
                        leave(seat, all);
                    }
                }
                case DROPPED -> {
                    counters.increment(WorldCounter.DROPS);
                    enter(seat, new Entry.Dropped(seat.player()));
                }
                case RESUMED -> {
                    counters.increment(WorldCounter.RESUMES);
                    greeted.add(seat);
                    enter(seat, new Entry.Resumed(seat.player()));
                }
                case LEFT -> leave(seat, all);
            }
        }
    }

    /** A connection has come or gone: in the world and here, its input begins neutral. */
    private void enter(Seat seat, Entry entry) {
        seat.journal(playerInput.initial());
        entries.add(entry);
    }

    private void leave(Seat seat, Iterator<Seat> all) {
        all.remove();
        leave(seat);
    }

    private void leave(Seat seat) {
        entries.add(new Entry.Left(seat.player()));
        counters.increment(WorldCounter.LEAVES);
        onLeft.accept(seat);
    }

    private void readInbox() {
        for (int i = 0; i < MAX_WISHES_PER_TICK; i++) {
            Wish wish = inbox.poll();
            if (wish == null) {
                return;
            }
            switch (wish) {
                case Wish.Join(Seat seat) -> admit(seat);
                case Wish.Arrive(Seat seat, String kind, int[] row) -> {
                    sit(seat);
                    entries.add(new Entry.Arrived(seat.player(), seat.name(), kind, row));
                    counters.increment(WorldCounter.ARRIVALS);
                }
                case Wish.Order(Command command) -> {
                    entries.add(new Entry.Commanded(command));
                    counters.increment(WorldCounter.COMMANDS);
                }
                case Wish.Retune retune -> retune(retune);
            }
        }
    }

    /** Whoever is gone again before their first tick was never there; as they have not been greeted, they cannot come back. */
    private void admit(Seat seat) {
        if (seat.isAbandoned()) {
            onLeft.accept(seat);
            return;
        }
        seat.follow();
        sit(seat);
        greeted.add(seat);
        entries.add(new Entry.Joined(seat.player(), seat.name()));
        counters.increment(WorldCounter.JOINS);
    }

    /** Who comes back on a new seat has left the old one, even if that was not noticed at the beginning of this tick. */
    private void sit(Seat seat) {
        Seat before = seats.remove(seat.player());
        if (before != null) {
            greeted.remove(before);
            leave(before);
        }
        seats.put(seat.player(), seat);
    }

    /** From the first tick that is far enough away, whatever the lengths of the ticks until then, and after all announced ones. */
    private void retune(Wish.Retune wish) {
        List<Entry.Retuned> earlier = new ArrayList<>(world.announced());
        announcements.forEach(announcement -> earlier.add(announcement.retuned()));
        Settings newest = world.settings();
        int shortest = newest.tickRate();
        long last = world.tick();
        for (Entry.Retuned retuned : earlier) {
            newest = retuned.settings();
            shortest = Math.min(shortest, newest.tickRate());
            last = retuned.fromTick();
        }
        long far = world.tick() + 1 + (ANNOUNCE_MILLIS + shortest - 1) / shortest;
        Entry.Retuned retuned = new Entry.Retuned(wish.change().apply(newest), Math.max(last + 1, far));
        entries.add(retuned);
        announcements.add(new Announcement(retuned, wish.announced()));
        counters.increment(WorldCounter.SETTINGS_CHANGES);
    }

    private void takeInputs() {
        final int silenceTicks = InputWindow.silenceTicks(world.settings().tickRate());
        for (Seat seat : seats.values()) {
            Line line = seat.known();
            if (line == null) {
                continue;
            }
            InputWindow window = line.window();
            switch (window.take(world.tick() + 1, silenceTicks)) {
                case NEW -> {
                    line.answer();
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

    /** Whoever was sent to another world has no seat here any more. */
    private void dismissTravellers() {
        for (Effect effect : world.outbox()) {
            if (effect instanceof Effect.Transfer transfer) {
                counters.increment(WorldCounter.TRANSFERS);
                seats.remove(transfer.player());
                greeted.removeIf(seat -> seat.player().equals(transfer.player()));
            }
        }
    }

    private void greet() {
        for (Seat seat : greeted) {
            Player player = world.player(seat.player());
            Line line = seat.known();
            if (player != null && line != null) {
                List<EncodedPacket> greeting = new ArrayList<>();
                greeting.add(frames.welcome(world, player, line.session()));
                world.announced().forEach(retuned -> greeting.add(frames.settings(retuned)));
                line.greet(greeting);
            }
        }
    }

    private FrameSet publish() {
        EncodedPacket update = frames.update(world);
        quietTicks = update == null ? quietTicks + 1 : 0;
        if (quietTicks * world.settings().tickRate() >= HEARTBEAT_MILLIS) {
            update = frames.heartbeat(world.tick());
            quietTicks = 0;
        }
        if (update != null) {
            version++;
        }
        List<EncodedPacket> happened = frames.events(world);
        long before = events;
        events += happened.size();
        return new FrameSet(world.tick(), version, update, state(), before, happened, acks());
    }

    private @Nullable EncodedPacket state() {
        boolean wanted = false;
        for (Seat seat : seats.values()) {
            Line line = seat.known();
            wanted |= line != null && line.takeStateWish();
        }
        if (!wanted) {
            return null;
        }
        counters.increment(WorldCounter.STATES_ENCODED);
        return frames.state(world);
    }

    private Map<Line, EncodedPacket> acks() {
        Map<Line, EncodedPacket> acks = null;
        for (Seat seat : seats.values()) {
            Line line = seat.known();
            if (line != null && line.takeAnswer()) {
                if (acks == null) {
                    acks = new IdentityHashMap<>();
                }
                InputWindow window = line.window();
                acks.put(line, frames.ack(world.tick(), window.takenSeq(), window.takenLate()));
            }
        }
        return acks == null ? Map.of() : acks;
    }
}
