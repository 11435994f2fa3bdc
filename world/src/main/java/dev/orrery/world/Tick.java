package dev.orrery.world;

import dev.orrery.rules.Digest;
import dev.orrery.rules.Settings;
import dev.orrery.wire.CellGrid;
import dev.orrery.wire.Counters;
import dev.orrery.world.Inbox.Wish;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The tick of one instance, one direction and no way back: what arrived becomes entries, the journal gets them first, the
 * world is stepped over them, and what changed becomes frames. {@link #run} is owned by the world's thread.
 */
public final class Tick {
    private final World world;
    private final Journal journal;
    private final Counters<WorldCounter> counters;
    private final Inbox inbox;
    private final Intake intake;
    private final Stepper stepper;
    private final Publisher publisher;
    private final CellGrid grid;
    private volatile Readings readings;

    /**
     * @param settings with which the world begins
     * @param journal gets what enters the world
     * @param listener hears what becomes of seats, and of failures of the game
     */
    public Tick(
            Game game,
            Plan plan,
            Settings settings,
            int seed,
            Identity identity,
            Journal journal,
            Counters<WorldCounter> counters,
            TickListener listener) {
        this.world = new World(game, plan, settings, seed);
        this.journal = journal;
        this.counters = counters;
        this.inbox = new Inbox(counters);
        this.intake = new Intake(world, inbox, counters, identity.graceMillis(), listener);
        this.stepper = new Stepper(world, journal, failure -> {
            counters.increment(WorldCounter.GAME_FAILURES);
            listener.failed(failure);
        });
        this.publisher = new Publisher(world, identity, counters);
        this.grid = world.grid();
        this.readings = world.readings();
    }

    /**
     * Takes the instance through one tick.
     *
     * @throws GameFailedException if the game throws too often: the instance cannot go on
     */
    public FrameSet run() {
        advance();
        publisher.greet(intake.greeted());
        return publisher.publish(intake.seats());
    }

    /** The same without frames: nobody is told of this tick. For replicas that nobody watches. */
    public void advance() {
        List<Entry> entries = intake.gather();
        journal.append(world.tick() + 1, entries);
        stepper.step(entries);
        journal.stepped(world);
        intake.settle();
        counters.increment(WorldCounter.TICKS);
        readings = world.readings();
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
        return new Seat(player, name, world.plan().playerInput().initial());
    }

    /**
     * What a new connection takes a seat with.
     *
     * @param session the secret with which its player may come back, told in the greeting
     */
    public Line line(String session) {
        return new Line(session, new InputWindow(world.plan().playerInput(), readings.tick()));
    }

    /** The cells in which clients are told of the world. */
    public CellGrid grid() {
        return grid;
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

    /** The world as of the newest tick; to be looked at, not to be changed. */
    public World world() {
        return world;
    }

    /** The world's digest at the end of the newest tick. */
    Digest digest() {
        return world.digest();
    }

    /** What the newest tick wants done outside, in its order: for the authority alone. The list is reused by the next tick. */
    public List<Outgoing> effects() {
        return world.outbox();
    }
}
