package dev.orrery.world;

import dev.orrery.rules.Settings;
import dev.orrery.wire.Counters;
import dev.orrery.wire.Json;
import dev.orrery.wire.WireException;
import dev.orrery.world.Inbox.Wish;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What arrived becomes the entries of a tick: news of seats, then wishes of the inbox, then inputs. Owned by the world's thread.
 */
final class Intake {
    /** The rest waits for the tick after: a rush of joins must not stall those who play. */
    private static final int MAX_WISHES_PER_TICK = 64;

    /** Clients learn of other settings this long before they hold, so that all adopt them at the same tick. */
    private static final int ANNOUNCE_MILLIS = 1_000;

    private final World world;
    private final InputKind playerInput;
    private final Inbox inbox;
    private final Counters<WorldCounter> counters;
    private final int graceMillis;
    private final TickListener listener;
    /** By player, in the order in which they came. */
    private final Map<String, Seat> seats = new LinkedHashMap<>();

    private final List<Seat> greeted = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Announcement> announcements = new ArrayList<>();

    /** Settings that this tick announces, and who wants to know. */
    private record Announcement(Entry.Retuned retuned, Consumer<Entry.Retuned> listener) {}

    Intake(World world, Inbox inbox, Counters<WorldCounter> counters, int graceMillis, TickListener listener) {
        this.world = world;
        this.playerInput = world.plan().playerInput();
        this.inbox = inbox;
        this.counters = counters;
        this.graceMillis = graceMillis;
        this.listener = listener;
    }

    /** The entries of the next tick. The list is reused. */
    List<Entry> gather() {
        entries.clear();
        greeted.clear();
        announcements.clear();
        followSeats();
        readInbox();
        takeInputs();
        return entries;
    }

    /** The world has been stepped over the entries: whoever it did not take, or has sent away, has no seat here any more. */
    void settle() {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i) instanceof Entry.Skipped(Entry omitted)) {
                counters.increment(WorldCounter.ENTRIES_SKIPPED);
                skipped(omitted);
            }
        }
        for (Outgoing outgoing : world.outbox()) {
            if (outgoing.effect() instanceof Effect.Transfer transfer) {
                counters.increment(WorldCounter.TRANSFERS);
                unseat(transfer.player());
            }
        }
        for (int i = 0; i < announcements.size(); i++) {
            announcements.get(i).listener().accept(announcements.get(i).retuned());
        }
    }

    /** Those who are in the world, as far as it knows. */
    Collection<Seat> seats() {
        return seats.values();
    }

    /** Whose newest connection is to be greeted. */
    List<Seat> greeted() {
        return greeted;
    }

    // ---- seats ----

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
        listener.left(seat);
    }

    private void skipped(Entry omitted) {
        switch (omitted) {
            case Entry.Joined joined -> refuse(joined.player());
            case Entry.Arrived arrived -> refuse(arrived.player());
            case Entry.Steered steered -> {
                Seat seat = seats.get(steered.player());
                Player player = world.player(steered.player());
                if (seat != null && player != null) {
                    seat.journal(player.input()); // what is wanted still enters with the next tick
                }
            }
            default -> {}
        }
    }

    /** The game has thrown at their coming. */
    private void refuse(String player) {
        Seat seat = unseat(player);
        if (seat != null) {
            counters.increment(WorldCounter.JOINS_FAILED);
            seat.leave();
            listener.refused(seat);
        }
    }

    private @Nullable Seat unseat(String player) {
        greeted.removeIf(seat -> seat.player().equals(player));
        return seats.remove(player);
    }

    // ---- wishes ----

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
                case Wish.Order(Command command) -> order(command);
                case Wish.Retune retune -> retune(retune);
            }
        }
    }

    /** Whoever is gone again before their first tick was never there; as they have not been greeted, they cannot come back. */
    private void admit(Seat seat) {
        if (seat.isAbandoned()) {
            listener.left(seat);
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

    /** What enters the world is what the journal can say of it, and so what every replica reads. */
    private void order(Command command) {
        try {
            Json body = Json.parse(command.body().toText(), Json.MAX_DEPTH);
            entries.add(new Entry.Commanded(new Command(command.name(), body, command.from())));
            counters.increment(WorldCounter.COMMANDS);
        } catch (WireException e) {
            counters.increment(WorldCounter.COMMANDS_REFUSED);
        }
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

    // ---- inputs ----

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
            entries.add(new Entry.Steered(seat.player(), row, viewLag(window.takenView())));
        }
    }

    /** How far back a client may say that it sees is bounded, or it could shoot at whoever has long taken cover. */
    private int viewLag(long view) {
        if (view == InputWindow.NO_VIEW) {
            return Player.LEAST_VIEW_LAG;
        }
        long lag = world.tick() + 1 - view;
        return (int) Math.clamp(lag, Player.LEAST_VIEW_LAG, (long) History.windowTicks(world.settings()));
    }
}
