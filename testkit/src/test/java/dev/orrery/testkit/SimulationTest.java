package dev.orrery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.rules.Settings;
import dev.orrery.wire.Json;
import dev.orrery.world.Command;
import dev.orrery.world.WorldCounter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SimulationTest {
    /** More of them, for a long run, by {@code -Dorrery.seeds=10000}. */
    private static final int SEEDS = Integer.getInteger("orrery.seeds", 200);

    static Simulation bad(int seed) {
        return Simulation.of(new DuelGame())
                .seed(seed)
                .players(6)
                .network(Network.bad())
                .retune(10 + seed % 7, s -> faster(s, 40 + 20 * (seed % 5)))
                .command(5, new Command("shuffle", Json.NULL, "test"))
                .command(8 + seed % 11, new Command("away", Json.NULL, "test"))
                .invariant(
                        "health stays within its bounds",
                        world -> world.all(Duelist.class).stream()
                                .allMatch(duelist -> duelist.health > 0 && duelist.health <= 100))
                .invariant(
                        "there is a duelist for each player and wanderer",
                        world -> world.all(Duelist.class).size()
                                == DuelGame.WANDERERS + world.players().size())
                .seconds(60);
    }

    static Settings faster(Settings s, int tickRate) {
        return new Settings(tickRate, s.movementSpeed(), s.broadcastFrames(), s.smoothing(), 100, 5);
    }

    /** Replays, inputs in order, one actor a player: {@link Simulation} requires it in each. */
    @Test
    void shouldHoldInEveryRun() {
        Map<WorldCounter, Long> happened = new EnumMap<>(WorldCounter.class);
        for (int seed = 1; seed <= SEEDS; seed++) {
            Run run = bad(seed).run();
            assertThat(run.ticks()).isEqualTo(600);
            for (WorldCounter counter : WorldCounter.values()) {
                happened.merge(counter, run.count(counter), Long::sum);
            }
        }
        System.out.println("in " + SEEDS + " runs: " + happened);
        assertThat(happened)
                .extractingByKeys(
                        WorldCounter.JOINS,
                        WorldCounter.LEAVES,
                        WorldCounter.DROPS,
                        WorldCounter.RESUMES,
                        WorldCounter.GRACES_ENDED,
                        WorldCounter.TRANSFERS,
                        WorldCounter.ARRIVALS,
                        WorldCounter.COMMANDS,
                        WorldCounter.SETTINGS_CHANGES,
                        WorldCounter.INPUTS_NEUTRAL)
                .allMatch(count -> count > SEEDS / 10);
    }

    @Test
    void shouldPlayTheSameAgain() {
        for (int seed = 1; seed <= 5; seed++) {
            assertThat(bad(seed).run().fingerprint()).isEqualTo(bad(seed).run().fingerprint());
        }
        assertThat(bad(1).run().fingerprint()).isNotEqualTo(bad(2).run().fingerprint());
    }

    /** Prints fingerprints, for another JVM to compare. */
    public static void main(String[] args) {
        for (String seed : args) {
            System.out.println(bad(Integer.parseInt(seed)).run().fingerprint());
        }
    }

    @Test
    void shouldPlayTheSameInAnotherJvm() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SimulationTest.class.getName(),
                        "3",
                        "4",
                        "5")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> printed = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(other.waitFor()).isZero();
        assertThat(printed)
                .containsExactly(
                        bad(3).run().fingerprint(),
                        bad(4).run().fingerprint(),
                        bad(5).run().fingerprint());
    }

    @Test
    void shouldFollowAScript() {
        Run run = Simulation.of(new DuelGame())
                .player("ada", script -> script.hold(Aim.towards(-1, -1)).forSeconds(8))
                .player(
                        "bob",
                        script -> script.hold(Aim.towards(1, 1)).forSeconds(8).cut())
                .player(
                        "eve",
                        script -> script.hold(Aim.towards(1, 0)).forSeconds(5).leave())
                .seconds(9)
                .run();
        assertThat(run.actor("ada", Duelist.class).x).isLessThan(60);
        assertThat(run.actor("bob", Duelist.class).x).isGreaterThan(940);
        assertThat(run.world().players()).hasSize(2);
        assertThat(run.count(WorldCounter.DROPS)).isEqualTo(1);
        assertThat(run.count(WorldCounter.LEAVES)).isEqualTo(1);
    }

    @Test
    void shouldBringAPlayerBack() {
        Run run = Simulation.of(new DuelGame())
                .player(
                        "ada",
                        script -> script.hold(Aim.towards(-1, 0))
                                .forSeconds(3)
                                .cut()
                                .forSeconds(10)
                                .back()
                                .forSeconds(1)
                                .hold(Aim.towards(1, 0)))
                .network(new Network(50, 20, 0, 0, 0, 0, 0, 0))
                .seconds(30)
                .run();
        assertThat(run.count(WorldCounter.RESUMES)).isEqualTo(1);
        assertThat(run.actor("ada", Duelist.class).x).isGreaterThan(900);
    }

    @Test
    void shouldHoldOnWhatIsHeldWhenAConnectionIsCut() {
        Run run = Simulation.of(new DuelGame())
                .player(
                        "ada",
                        script -> script.hold(Aim.towards(1, 0))
                                .forSeconds(0.5)
                                .cut()
                                .forSeconds(1)
                                .back())
                .seconds(20)
                .run();
        assertThat(run.actor("ada", Duelist.class).x).isGreaterThan(900);
    }

    /** Ten minutes with eight players; one second is the budget on a machine that does nothing else. */
    @Test
    void shouldPlayTenMinutesInATrice() {
        Simulation.of(new DuelGame())
                .players(8)
                .network(Network.good())
                .minutes(10)
                .run();
        long begun = System.nanoTime();
        Run run = Simulation.of(new DuelGame())
                .seed(2)
                .players(8)
                .network(Network.good())
                .minutes(10)
                .run();
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf("ten minutes of eight players and their replays took %.2f s%n", seconds);
        assertThat(run.ticks()).isEqualTo(6_000);
        assertThat(seconds).isLessThan(10);
    }
}
