package dev.orrery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.wire.Json;
import dev.orrery.world.Command;
import dev.orrery.world.Player;
import dev.orrery.world.Replay;
import dev.orrery.world.World;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Games with the mistakes that the build refuses where it can see them, and with some that it cannot: a simulation finds each, and says
 * where. They are not built with the gate.
 */
final class FaultyGamesTest {
    private static Simulation simulate(DuelGame game) {
        return Simulation.of(game).seed(11).players(4).network(Network.good()).seconds(60);
    }

    /** Tick, seed; actor, field and both values. */
    private static void assertFound(DuelGame game) {
        assertThatThrownBy(() -> simulate(game).run())
                .isInstanceOfSatisfying(SimulationFailure.class, failure -> {
                    assertThat(failure.seed()).isEqualTo(11);
                    assertThat(failure.tick()).isBetween(1L, 600L);
                })
                .hasMessageStartingWith("tick ")
                .hasMessageContaining("comes to another world")
                .hasMessageContaining(".seed(11)")
                .hasMessageFindingMatch("actor \\d+ \\(\\w+\\), \\w+: recorded \\S+, replayed \\S+");
    }

    private static final class CountsInAField extends DuelGame {
        private int joins;

        @Override
        public void join(World world, Player player) {
            super.join(world, player);
            Duelist duelist = (Duelist) Objects.requireNonNull(player.actor());
            duelist.score = ++joins;
        }
    }

    @Test
    void shouldFindStateInTheGame() {
        assertFound(new CountsInAField());
    }

    private static final class CountsInAStatic extends DuelGame {
        private static int ticks;

        @Override
        public void tick(World world) {
            super.tick(world);
            ticks++;
            world.all(Duelist.class).getFirst().score = ticks % 1_000;
        }
    }

    @Test
    void shouldFindStaticState() {
        assertFound(new CountsInAStatic());
    }

    /** A replay from the beginning fills the map alike; one from a snapshot has it empty. */
    private static final class RemembersByActor extends DuelGame {
        private final Map<Object, Integer> ages = new IdentityHashMap<>();

        @Override
        public void tick(World world) {
            super.tick(world);
            for (Duelist duelist : world.all(Duelist.class)) {
                duelist.score = ages.merge(duelist, 1, Integer::sum) / 10;
            }
        }
    }

    @Test
    void shouldFindStateBesideTheActors() {
        assertFound(new RemembersByActor());
    }

    private static final class DrawsFromOutside extends DuelGame {
        @Override
        public void tick(World world) {
            super.tick(world);
            if (world.tick() % 100 == 99) {
                world.all(Duelist.class).getFirst().x = new Random().nextInt(1_000);
            }
        }
    }

    @Test
    void shouldFindRandomnessFromOutside() {
        assertFound(new DrawsFromOutside());
    }

    private static final class ReadsTheClock extends DuelGame {
        @Override
        public void tick(World world) {
            super.tick(world);
            world.all(Duelist.class).getFirst().score = (int) (System.nanoTime() % 10_000);
        }
    }

    @Test
    void shouldFindClocks() {
        assertFound(new ReadsTheClock());
    }

    /** Whoever comes first of a set that is ordered by where objects lie. */
    private static final class WalksASet extends DuelGame {
        @Override
        public void tick(World world) {
            super.tick(world);
            new HashSet<>(world.all(Duelist.class)).iterator().next().score++;
        }
    }

    @Test
    void shouldFindUnorderedIteration() {
        assertFound(new WalksASet());
    }

    private static final class KeysByHash extends DuelGame {
        @Override
        public void tick(World world) {
            super.tick(world);
            Map<Object, Integer> byHash = new HashMap<>();
            world.all(Duelist.class).forEach(duelist -> byHash.put(duelist, System.identityHashCode(duelist) % 100));
            byHash.forEach((duelist, hash) -> ((Duelist) duelist).score = hash);
        }
    }

    @Test
    void shouldFindIdentityHashes() {
        assertFound(new KeysByHash());
    }

    private static final class ForgetsToDespawn extends DuelGame {
        @Override
        public void leave(World world, Player player) {}
    }

    @Test
    void shouldSayWhichInvariantDoesNotHoldAndWhen() {
        Simulation simulation = simulate(new ForgetsToDespawn())
                .players(0)
                .player("eve", script -> script.forSeconds(12).leave())
                .invariant(
                        "nobody is left behind",
                        world -> world.all(Duelist.class).size()
                                == DuelGame.WANDERERS + world.players().size());
        assertThatThrownBy(simulation::run)
                .isInstanceOfSatisfying(
                        SimulationFailure.class,
                        failure -> assertThat(failure.tick()).isBetween(115L, 125L))
                .hasMessageContaining("it does not hold that nobody is left behind")
                .hasMessageContaining(".seed(11)");
    }

    private static final class SharesAnActor extends DuelGame {
        @Override
        public void join(World world, Player player) {
            if (world.players().size() > 1) {
                player.control(
                        Objects.requireNonNull(world.players().iterator().next().actor()));
            } else {
                super.join(world, player);
            }
        }
    }

    @Test
    void shouldSayAtWhichEntryAGameThrows() {
        assertThatThrownBy(() -> simulate(new SharesAnActor()).run())
                .isInstanceOf(SimulationFailure.class)
                .hasMessageFindingMatch("the game threw in tick \\d+ at Joined\\[player=player\\d")
                .hasMessageContaining("is controlled by another player")
                .hasRootCauseInstanceOf(IllegalStateException.class);
    }

    private static final class DividesByNothing extends DuelGame {
        @Override
        public void tick(World world) {
            super.tick(world);
            if (world.tick() == 77) {
                Duelist first = world.all(Duelist.class).getFirst();
                first.x = Math.sqrt(-1 - first.y);
            }
        }
    }

    @Test
    void shouldFindNotANumber() {
        assertThatThrownBy(() -> simulate(new DividesByNothing()).run())
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("tick 77")
                .hasMessageContaining("field x is NaN");
    }

    /** A world that throws at one command steps back, goes on without it, and so does its replay. */
    @Test
    void shouldGoOnWithoutWhatAGameThrewAt() throws Exception {
        DuelGame game = new DuelGame();
        Run run = simulate(game)
                .command(20, new Command("throw", Json.NULL, "test"))
                .command(20, new Command("shuffle", Json.NULL, "test"))
                .command(40, new Command("throw", Json.NULL, "test"))
                .survivingFailures()
                .run();
        assertThat(run.failures())
                .hasSize(2)
                .allMatch(failure -> failure.toString().contains("name=throw"));
        assertThat(run.ticks()).isEqualTo(600);
        Replay replay = Replay.open(game, game.plan(), run.recording());
        assertThat(replay.run()).isNull();
        assertThatThrownBy(() -> simulate(game)
                        .command(20, new Command("throw", Json.NULL, "test"))
                        .run())
                .isInstanceOf(SimulationFailure.class)
                .hasMessageContaining("Command[name=throw");
    }
}
