package dev.orrery.testkit;

import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import dev.orrery.world.Command;
import dev.orrery.world.Game;
import dev.orrery.world.GameFailedException;
import dev.orrery.world.InputKind;
import dev.orrery.world.Plan;
import dev.orrery.world.RecordException;
import dev.orrery.world.Replay;
import dev.orrery.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A game played in virtual time: one instance with its real tick, and players on networks as bad as wanted. Ten minutes take a fraction of
 * a second, and the same seed gives the same run, bit for bit.
 *
 * <pre>{@code
 * Run run = Simulation.of(new Chase()).seed(7).players(8).network(Network.bad()).minutes(10)
 *         .invariant("there is one hound", world -> hounds(world) == 1)
 *         .run();
 * }</pre>
 *
 * Whatever the game, this must hold in every run: at each tick, each player's input is the newest that is due, none twice and none out of
 * order; no two players share an actor; frames come in the order of their ticks; and a replay of the journal, from its beginning and from a
 * snapshot on the way, gives every hash again. What does not is a {@link SimulationFailure}, which names the seed.
 *
 * <p>Owned by one thread.
 */
public final class Simulation {
    private static final long MICROS_PER_SECOND = 1_000_000;
    /** Random players come within so long of the beginning. */
    private static final int ARRIVAL_SECONDS = 5;

    private final Game game;
    private final Plan plan;
    private final List<Named> players = new ArrayList<>();
    private final List<Invariant> invariants = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();
    private Network network = Network.perfect();
    private Settings settings;
    private int seed = 1;
    private int randomPlayers;
    private long ticks;
    private boolean survivesFailures;

    private record Named(String name, @Nullable Script script) {}

    private record Invariant(String what, Predicate<World> holds) {}

    /** What enters a world beside its players. */
    private record Order(double seconds, java.util.function.Consumer<SimulatedServer> given) {}

    private Simulation(Game game) {
        this.game = game;
        this.plan = game.plan();
        this.settings = plan.settings();
    }

    public static Simulation of(Game game) {
        return new Simulation(game);
    }

    /** Of everything that is random: the world, its players and their networks. 1 if not said. */
    public Simulation seed(int newSeed) {
        seed = newSeed;
        return this;
    }

    /** So many players come who do at random what the game's input allows. */
    public Simulation players(int count) {
        randomPlayers = count;
        return this;
    }

    /** A player who does what a script says. */
    public Simulation player(String name, UnaryOperator<Script> script) {
        players.add(new Named(name, script.apply(new Script())));
        return this;
    }

    /** {@link Network#perfect} if not said. */
    public Simulation network(Network newNetwork) {
        network = newNetwork;
        return this;
    }

    /** With which the world begins; those of the game's plan if not said. */
    public Simulation settings(Settings newSettings) {
        settings = newSettings;
        return this;
    }

    /** Other settings are asked for at a time; they hold a second later. */
    public Simulation retune(double atSeconds, UnaryOperator<Settings> change) {
        orders.add(new Order(atSeconds, server -> server.tick().retune(change, retuned -> {})));
        return this;
    }

    /** A command comes at a time, as of an operator. */
    public Simulation command(double atSeconds, Command command) {
        orders.add(new Order(atSeconds, server -> server.tick().command(command)));
        return this;
    }

    /** Something must hold at the end of every tick. The world is to be looked at, not to be changed. */
    public Simulation invariant(String what, Predicate<World> holds) {
        invariants.add(new Invariant(what, holds));
        return this;
    }

    /** A game that throws fails the simulation, unless this is said: then its world steps back and goes on, as on a server. */
    public Simulation survivingFailures() {
        survivesFailures = true;
        return this;
    }

    /** How long it takes, by the settings at the beginning. */
    public Simulation seconds(double seconds) {
        ticks = Math.round(seconds * 1_000 / settings.tickRate());
        return this;
    }

    public Simulation minutes(double minutes) {
        return seconds(60 * minutes);
    }

    /**
     * Plays.
     *
     * @throws SimulationFailure if something does not hold
     */
    public Run run() {
        Run run = play(snapshotEveryTicks());
        try {
            requireSameReplay(run, 0);
            requireSameReplay(run, Rand.below((int) ticks + 1, seed, 0, 0, 0));
        } catch (RecordException e) {
            throw failure(0, "the recording cannot be read: " + e.getMessage(), e);
        }
        return run;
    }

    /** Somewhere on the way, so that each seed begins a replay elsewhere. */
    private int snapshotEveryTicks() {
        return 1 + Rand.below((int) Math.clamp(ticks, 20, 300), seed, 0, 0, 1);
    }

    private Run play(int snapshotEveryTicks) {
        VirtualTime time = new VirtualTime();
        SimulatedServer server = new SimulatedServer(this, game, plan, time, snapshotEveryTicks);
        int number = 0;
        for (Named named : players) {
            Mind mind = Mind.scripted(java.util.Objects.requireNonNull(named.script()), inputKind());
            add(new SimulatedPlayer(named.name(), mind, this, server, time, number++), server, 0);
        }
        for (int i = 0; i < randomPlayers; i++) {
            long inMicros = Rand.below((int) (ARRIVAL_SECONDS * MICROS_PER_SECOND), seed, i, 0, 2);
            String name = "player" + i;
            add(new SimulatedPlayer(name, Mind.random(inputKind()), this, server, time, number++), server, inMicros);
        }
        for (Order order : orders) {
            time.at(
                    (long) (order.seconds() * MICROS_PER_SECOND),
                    () -> order.given().accept(server));
        }
        server.schedule();
        while (!server.isAt(ticks)) {
            time.next();
        }
        return new Run(server);
    }

    private static void add(SimulatedPlayer player, SimulatedServer server, long inMicros) {
        server.add(player);
        player.start(inMicros);
    }

    // ---- what must hold ----

    private void requireSameReplay(Run run, long fromTick) throws RecordException {
        Replay replay = Replay.open(game, plan, run.recording(), fromTick);
        try {
            Replay.Mismatch mismatch = replay.run();
            if (mismatch != null) {
                throw failure(mismatch.tick(), explain(mismatch, replay.fromTick()), null);
            }
        } catch (GameFailedException e) {
            throw failure(
                    replay.world().tick() + 1,
                    "in a replay, " + e.failure(),
                    e.failure().thrown());
        }
    }

    /** Plays the same once more with a snapshot at every tick, which tell what differs first. */
    private String explain(Replay.Mismatch mismatch, long fromTick) {
        String what = "a replay from the end of tick " + fromTick + " comes to another world: " + mismatch;
        try {
            Replay.Mismatch closer =
                    Replay.open(game, plan, play(1).recording()).run();
            return closer == null ? what : what + "\nplayed once more, " + closer;
        } catch (RecordException | GameFailedException | SimulationFailure e) {
            return what + "\nplayed once more, " + e.getMessage();
        }
    }

    void requireInvariants(World world) {
        for (Invariant invariant : invariants) {
            if (!invariant.holds().test(world)) {
                throw failure(world.tick(), "it does not hold that " + invariant.what(), null);
            }
        }
    }

    SimulationFailure failure(long tick, String what, @Nullable Throwable cause) {
        return new SimulationFailure(seed, tick, what, cause);
    }

    // ---- for its parts ----

    int seed() {
        return seed;
    }

    Network network() {
        return network;
    }

    Settings settings() {
        return settings;
    }

    boolean maySurviveFailures() {
        return survivesFailures;
    }

    InputKind inputKind() {
        return plan.playerInput();
    }
}
