package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.rules.Settings;
import dev.orrery.wire.Counters;
import dev.orrery.world.Game;
import dev.orrery.world.Identity;
import dev.orrery.world.InputWindow;
import dev.orrery.world.Line;
import dev.orrery.world.Plan;
import dev.orrery.world.Player;
import dev.orrery.world.Recorder;
import dev.orrery.world.Seat;
import dev.orrery.world.Tick;
import dev.orrery.world.World;
import dev.orrery.world.WorldCounter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Recordings of {@link QuietGame}, replayed with it or with one that has changed since. */
final class ReplayCommandTest {
    private static final int TICKS = 50;
    private static final int TURN = 20;

    @TempDir
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void setUp() throws Exception {
        file = Files.write(folder.resolve("one.orrery"), record(64));
    }

    /** Ada goes right, and from the turn on as fast as that, in quanta. */
    private static byte[] record(int speedFromTurn) {
        return record(speedFromTurn, Settings.DEFAULT);
    }

    /** @param later settings that are asked for when she has come */
    private static byte[] record(int speedFromTurn, Settings later) {
        Game game = new QuietGame();
        Plan plan = game.plan();
        Recorder recorder = Recorder.whole(plan, "", 7, Settings.DEFAULT, 10);
        Identity identity = new Identity("quiet-1", "/quiet/quiet-1", "", "", 30_000);
        Counters<WorldCounter> counters = new Counters<>(WorldCounter.class);
        Tick tick = new Tick(game, plan, Settings.DEFAULT, 7, identity, recorder, counters, seat -> {});
        Seat ada = tick.seat("ada", "Ada");
        Line line = tick.line("secret");
        ada.take(line);
        tick.join(ada);
        for (int i = 1; i <= TICKS; i++) {
            int speed = i < TURN ? 32 : speedFromTurn;
            line.window().offer(i, InputWindow.NEXT_TICK, InputWindow.NEXT_TICK, new int[] {speed});
            tick.advance();
            if (i == 1 && later != Settings.DEFAULT) {
                tick.retune(settings -> later, announced -> {});
            }
        }
        return recorder.recording();
    }

    private record Outcome(int exitCode, String said) {}

    private static Outcome replay(Game game, Object... arguments) {
        StringWriter said = new StringWriter();
        List<String> texts = new ArrayList<>();
        for (Object argument : arguments) {
            texts.add(argument.toString());
        }
        int exitCode = new CommandLine(new ReplayCommand(game))
                .setOut(new PrintWriter(said, true))
                .execute(texts.toArray(String[]::new));
        return new Outcome(exitCode, said.toString());
    }

    @Test
    void shouldComeToTheSameWorld() {
        Outcome outcome = replay(new QuietGame(), file);
        assertThat(outcome.said())
                .contains("game quiet, seed 7, from the end of tick 0", "the same world up to tick 50, 55 ");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void shouldTellWhatEntered() {
        Outcome outcome = replay(new QuietGame(), file, "--from", TURN, "--to", TURN + 5);
        assertThat(outcome.said().lines().filter(line -> line.startsWith("tick")))
                .containsExactly("tick 20: Steered[player=ada, row=[64], viewLag=1]");
        assertThat(outcome.said()).contains("the same world up to tick 25");
        assertThat(replay(new QuietGame(), file).said()).doesNotContain("Steered");
    }

    @Test
    void shouldFindTheNewestRecordingOfAnInstance() throws Exception {
        Path kept = Files.createDirectories(folder.resolve("recordings"));
        Files.writeString(kept.resolve("quiet-1-9.orrery"), "older");
        Files.copy(file, kept.resolve("quiet-1-50.orrery"));
        Files.writeString(kept.resolve("quiet-12-80.orrery"), "of another");
        Outcome outcome = replay(new QuietGame(), "quiet-1", "--data", folder);
        assertThat(outcome.said()).contains("quiet-1-50.orrery");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void shouldSayWhereItBecomesAnotherWorld() {
        Outcome outcome = replay(new Changed(false), file);
        assertThat(outcome.said())
                .contains(
                        "the replay differs from tick 33 on; at the end of tick 40:",
                        "(guest), x: recorded ",
                        "replayed 500.0");
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void shouldLeadToTheSameException() {
        Outcome outcome = replay(new Changed(true), file);
        assertThat(outcome.said()).contains("tick 35", "as the test wants", "ReplayCommandTest$Changed.tick");
        assertThat(outcome.exitCode()).isEqualTo(2);
    }

    /** Ada's client predicts all but that she came, and that she turned. */
    @Test
    void shouldTellWhatClientsAreSent() {
        Outcome outcome = replay(new QuietGame(), file, "--bytes");
        assertThat(outcome.said())
                .containsPattern("frames: \\d+ for 1 players, \\d+\\.\\d bytes each \\(p99 \\d+, most \\d+\\)");
        assertThat(outcome.said())
                .contains("header", "change wish.dx", "whole guest.x", "the same world up to tick 50");
        assertThat(outcome.exitCode()).isZero();
    }

    /** Clients predict with the settings that hold. */
    @Test
    void shouldFindFramesTrueWhereSettingsChange() throws Exception {
        Path slower = Files.write(
                folder.resolve("slower.orrery"),
                record(64, new Settings(50, Settings.DEFAULT.movementSpeed(), 5, 0.1, 100, 5)));
        Outcome outcome = replay(new QuietGame(), slower, "--bytes", "--from", 1);
        assertThat(outcome.said()).contains("Retuned", "frames: ", "the same world up to tick 50");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void shouldRefuseWhatIsNoRecording() throws Exception {
        Files.write(file, new byte[] {1, 2, 3});
        assertThat(replay(new QuietGame(), file).exitCode()).isEqualTo(1);
        assertThat(replay(new QuietGame(), "nobody", "--data", folder).exitCode())
                .isEqualTo(1);
    }

    @Test
    void shouldTellWhereTwoRecordingsPart() throws Exception {
        Path other = Files.write(folder.resolve("other.orrery"), record(16));
        Outcome outcome = replay(new QuietGame(), file, "--diff", other);
        assertThat(outcome.said())
                .contains(
                        "they differ at the end of tick 20",
                        "only into the first entered Steered[player=ada, row=[64]",
                        "only into the second entered Steered[player=ada, row=[16]",
                        "(guest), x: ",
                        "player ada, input dx: 1.0 in the first, 0.25 in the second");
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void shouldTellThatTwoRecordingsAreOfOneWorld() throws Exception {
        Path same = Files.write(folder.resolve("same.orrery"), record(64));
        Outcome outcome = replay(new QuietGame(), file, "--diff", same);
        assertThat(outcome.said()).contains("the same world from tick 0 to tick 50");
        assertThat(outcome.exitCode()).isZero();
    }

    /** The game after somebody has worked on it: it stops everyone from tick 33 on, or throws from tick 35 on. */
    private static final class Changed implements Game {
        private final QuietGame game = new QuietGame();
        private final boolean throwing;

        Changed(boolean throwing) {
            this.throwing = throwing;
        }

        @Override
        public Plan plan() {
            return game.plan();
        }

        @Override
        public void join(World world, Player player) {
            game.join(world, player);
        }

        @Override
        public void leave(World world, Player player) {
            game.leave(world, player);
        }

        @Override
        public void tick(World world) {
            if (throwing && world.tick() >= 35) {
                throw new IllegalStateException("as the test wants");
            }
            if (!throwing && world.tick() >= 33) {
                world.all(Guest.class).forEach(guest -> guest.x = 500);
            }
        }
    }
}
