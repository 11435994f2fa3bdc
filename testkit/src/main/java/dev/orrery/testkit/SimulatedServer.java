package dev.orrery.testkit;

import dev.orrery.wire.Counters;
import dev.orrery.wire.EncodedPacket;
import dev.orrery.world.Command;
import dev.orrery.world.Effect;
import dev.orrery.world.Entry;
import dev.orrery.world.FrameSet;
import dev.orrery.world.Game;
import dev.orrery.world.GameFailedException;
import dev.orrery.world.GameFailure;
import dev.orrery.world.Identity;
import dev.orrery.world.Journal;
import dev.orrery.world.Line;
import dev.orrery.world.Outgoing;
import dev.orrery.world.Plan;
import dev.orrery.world.Player;
import dev.orrery.world.Recorder;
import dev.orrery.world.Seat;
import dev.orrery.world.Tick;
import dev.orrery.world.TickListener;
import dev.orrery.world.World;
import dev.orrery.world.WorldCounter;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** One instance in virtual time: a real tick with its seats and windows, and what must hold of it whatever the game. */
final class SimulatedServer {
    private static final int GRACE_MILLIS = 30_000;

    private final Simulation simulation;
    private final VirtualTime time;
    private final SplittableRandom random;
    private final Recorder recorder;
    private final Tick tick;
    private final Counters<WorldCounter> counters = new Counters<>(WorldCounter.class);
    private final List<GameFailure> failures = new ArrayList<>();
    private final List<SimulatedPlayer> players = new ArrayList<>();
    private final Map<String, int[]> inputs = new HashMap<>();
    private final MessageDigest fingerprint = sha256();
    private long dueMicros;
    private long pauseAtMicros;
    private long mistrustUntilTick = -1;

    SimulatedServer(Simulation simulation, Game game, Plan gamePlan, VirtualTime time, int snapshotEveryTicks) {
        this.simulation = simulation;
        this.time = time;
        this.random = new SplittableRandom(~simulation.seed());
        this.recorder = Recorder.whole(gamePlan, "", simulation.seed(), simulation.settings(), snapshotEveryTicks);
        this.tick = new Tick(
                game,
                gamePlan,
                simulation.settings(),
                simulation.seed(),
                new Identity("simulated", "/" + gamePlan.name() + "/simulated", "", "", GRACE_MILLIS),
                new Watched(),
                counters,
                new TickListener() {
                    @Override
                    public void left(Seat seat) {}

                    @Override
                    public void failed(GameFailure failure) {
                        failures.add(failure);
                        mistrustUntilTick = failure.tick() + 1;
                    }
                });
        pauseAtMicros = Pipeline.nextIn(simulation.network().pausesPerMinute(), random);
        dueMicros = 1_000L * tickMillis();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The journal, and what it says of each player's input. */
    private final class Watched implements Journal {
        @Override
        public void append(long at, List<Entry> entries) {
            recorder.append(at, entries);
            for (Entry entry : entries) {
                switch (entry) {
                    case Entry.Joined joined -> inputs.put(joined.player(), neutral());
                    case Entry.Arrived arrived -> inputs.put(arrived.player(), neutral());
                    case Entry.Dropped dropped -> inputs.put(dropped.player(), neutral());
                    case Entry.Resumed resumed -> inputs.put(resumed.player(), neutral());
                    case Entry.Steered steered -> inputs.put(steered.player(), steered.row());
                    case Entry.Left left -> inputs.remove(left.player());
                    case Entry.Commanded _, Entry.Retuned _, Entry.Skipped _ -> {}
                }
            }
        }

        @Override
        public void skip(long at, int index) {
            recorder.skip(at, index);
        }

        @Override
        public void stepped(World world) {
            recorder.stepped(world);
        }
    }

    private int[] neutral() {
        return simulation.inputKind().initial();
    }

    World world() {
        return tick.world();
    }

    Tick tick() {
        return tick;
    }

    Counters<WorldCounter> counters() {
        return counters;
    }

    List<GameFailure> failures() {
        return failures;
    }

    byte[] recording() {
        return recorder.recording();
    }

    int tickMillis() {
        return tick.readings().settings().tickRate();
    }

    void add(SimulatedPlayer player) {
        players.add(player);
    }

    void command(Command command) {
        tick.command(command);
    }

    /** Digest of everything that was journalled, sent and hashed. */
    byte[] fingerprint() {
        fingerprint.update(recording());
        return fingerprint.digest();
    }

    /** Plans the next tick, and after it the one that follows. */
    void schedule() {
        time.at(dueMicros, () -> {
            if (time.nowMicros() >= pauseAtMicros) {
                pauseAtMicros =
                        time.nowMicros() + Pipeline.nextIn(simulation.network().pausesPerMinute(), random);
                dueMicros += 1_000 * random.nextLong(simulation.network().pauseMillis() + 1);
                schedule();
                return;
            }
            step();
            dueMicros += 1_000L * tickMillis();
            schedule();
        });
    }

    private void step() {
        final int tickMillis = tickMillis(); // of the tick before, by which silence is judged
        FrameSet frames;
        try {
            frames = tick.run();
        } catch (GameFailedException e) {
            throw simulation.failure(
                    tick.readings().tick() + 1,
                    e.failure().toString(),
                    e.failure().thrown());
        }
        if (!failures.isEmpty() && !simulation.maySurviveFailures()) {
            GameFailure failure = failures.getFirst();
            throw simulation.failure(failure.tick(), failure.toString(), failure.thrown());
        }
        requireOneActorEach();
        requireInputsInOrder(frames.tick(), tickMillis);
        simulation.requireInvariants(world());
        fingerprint(frames);
        for (Outgoing outgoing : tick.effects()) {
            if (outgoing.effect() instanceof Effect.Transfer transfer) {
                bringBack(transfer);
            }
        }
        for (SimulatedPlayer player : players) {
            player.send(frames);
        }
    }

    private void fingerprint(FrameSet frames) {
        EncodedPacket update = frames.update();
        if (update != null) {
            fingerprint.update(update.payload());
        }
        frames.events().forEach(event -> fingerprint.update(event.payload()));
    }

    /** There is no other world to go to, so whoever is sent there arrives here again. */
    private void bringBack(Effect.Transfer transfer) {
        for (SimulatedPlayer player : players) {
            if (player.id().equals(transfer.player())) {
                Seat seat = tick.seat(transfer.player(), transfer.name());
                tick.arrive(seat, transfer.kind(), transfer.row());
                player.sentTo(seat);
            }
        }
    }

    // ---- what must hold ----

    private void requireOneActorEach() {
        Set<Object> actors = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Player player : world().players()) {
            Object actor = player.actor();
            if (actor != null && (!actors.add(actor) || world().playerOf(actor) != player)) {
                throw simulation.failure(
                        world().tick(), "player " + player.id() + " shares an actor with another", null);
            }
        }
    }

    private void requireInputsInOrder(long at, int tickMillis) {
        for (SimulatedPlayer player : players) {
            InputOracle oracle = player.oracle();
            int[] expected = oracle == null ? neutral() : oracle.take(at, tickMillis);
            int[] journalled = inputs.get(player.id());
            Player there = player(player.id());
            if (there == null || journalled == null || at <= mistrustUntilTick) {
                continue;
            }
            if (!Arrays.equals(expected, journalled) || !Arrays.equals(expected, there.inputRow())) {
                throw simulation.failure(
                        at,
                        "the input of " + player.id() + " must be " + Arrays.toString(expected)
                                + ", the newest that is due; the journal has " + Arrays.toString(journalled)
                                + ", the world " + Arrays.toString(there.inputRow()),
                        null);
            }
        }
    }

    private @Nullable Player player(String id) {
        for (Player player : world().players()) {
            if (player.id().equals(id)) {
                return player;
            }
        }
        return null;
    }

    /** Whether so many ticks have come about. */
    boolean isAt(long wanted) {
        return tick.readings().tick() >= wanted;
    }

    /** A connection with the secret of its own; the seat's from the next tick on. */
    Line line(String player) {
        return tick.line("secret of " + player);
    }
}
