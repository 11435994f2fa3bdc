package dev.orrery.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.rules.Settings;
import dev.orrery.wire.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Worlds whose game throws: they step back, go on without what it threw at, and replay like all others. */
final class FailingGameTest {
    private final Brawl brawl = new Brawl(11, 10);

    private void order(String command) {
        brawl.tick.command(new Command(command, Json.NULL, Command.OPERATOR));
    }

    private void assertReplays() throws Exception {
        Replay replay = Replay.open(brawl.game, brawl.plan, brawl.recorder.recording());
        assertThat(replay.run()).isNull();
        assertThat(replay.world().tick()).isEqualTo(brawl.tick.readings().tick());
        assertThat(stored(replay.world()))
                .as("to the past that shots are judged by")
                .isEqualTo(stored(brawl.tick.world()));
    }

    private static byte[] stored(World world) {
        ByteWriter out = new ByteWriter();
        Snapshot.write(world, Snapshot.Use.KEEP, out);
        return out.copy();
    }

    @Test
    void shouldGoOnWithoutTheEntryAtWhichItThrew() throws Exception {
        brawl.run(50);
        int ordered = brawl.tick.world().single(Round.class).ordered;
        order("first");
        order("throw");
        order("last");
        brawl.run(1);
        assertThat(brawl.tick.world().single(Round.class).ordered).isEqualTo(ordered + 2);
        assertThat(brawl.tick.readings().tick()).isEqualTo(51);
        assertThat(brawl.failures).hasSize(1);
        GameFailure failure = brawl.failures.getFirst();
        assertThat(failure.tick()).isEqualTo(51);
        assertThat(failure.toString()).contains("tick 51").contains("throw").contains("as the test wants");
        assertThat(failure.isLast()).isFalse();
        brawl.run(50);
        assertReplays();
    }

    /** What threw there may not throw here: a replica omits what the journal says, not what it would stumble over itself. */
    @Test
    void shouldOmitWhatWasSkippedThoughTheGameIsMended() throws Exception {
        brawl.run(5);
        order("any");
        order("throw");
        brawl.run(60);
        assertThat(brawl.failures).hasSize(1);
        BrawlGame mended = new BrawlGame(false);
        Replay replay = Replay.open(mended, mended.plan(), brawl.recorder.recording());
        assertThat(replay.run()).isNull();
    }

    @Test
    void shouldGoOnWhenTheStackOverflows() throws Exception {
        brawl.run(5);
        order("overflow");
        brawl.run(20);
        assertThat(brawl.failures).hasSize(1);
        assertThat(brawl.failures.getFirst().thrown()).isInstanceOf(StackOverflowError.class);
        assertReplays();
    }

    @Test
    void shouldTurnAwayWhomItCannotTakeIn() throws Exception {
        brawl.run(5);
        Guest guest = new Guest(brawl.tick.seat("eve", BrawlGame.UNWELCOME), brawl.tick.line("secret"));
        guest.seat().take(guest.line());
        brawl.tick.join(guest.seat());
        guest.line().window().offer(1, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, new int[] {16, 0, 0});
        int actors = brawl.tick.world().all(Fighter.class).size();
        brawl.run(1);
        assertThat(brawl.refused).containsExactly("eve");
        assertThat(guest.seat().hasLeft()).isTrue();
        assertThat(guest.line().greeting()).isEmpty();
        assertThat(brawl.tick.world().players()).noneMatch(player -> player.id().equals("eve"));
        assertThat(brawl.tick.world().all(Fighter.class)).hasSize(actors);
        assertThat(brawl.failures).as("her input did not count as another").hasSize(1);
        brawl.run(150);
        assertReplays();
    }

    @Test
    void shouldLetGoOfWhomItCannotLetGo() throws Exception {
        Guest guest = new Guest(brawl.tick.seat("cli", BrawlGame.CLINGING), brawl.tick.line("secret"));
        guest.seat().take(guest.line());
        brawl.tick.join(guest.seat());
        brawl.run(5);
        int actors = brawl.tick.world().all(Fighter.class).size();
        guest.seat().leave();
        brawl.run(1);
        assertThat(brawl.tick.world().players()).noneMatch(player -> player.id().equals("cli"));
        assertThat(brawl.tick.world().all(Fighter.class)).hasSize(actors - 1);
        brawl.run(100);
        assertReplays();
    }

    @Test
    void shouldGiveUpAtTheThirdFailureWithinAHundredTicks() {
        brawl.run(5);
        for (int i = 0; i < 2; i++) {
            order("throw");
            brawl.run(40);
        }
        order("throw");
        assertThatThrownBy(() -> brawl.run(1))
                .isInstanceOf(GameFailedException.class)
                .hasMessageContaining("in tick 86");
        assertThat(brawl.failures).hasSize(3);
        assertThat(brawl.failures.getLast().isLast()).isTrue();
    }

    /** However many ticks it has to return to its newest snapshot. */
    @Test
    void shouldForgiveWhatIsLongAgo() throws Exception {
        brawl.run(5);
        for (int i = 0; i < 2 * History.BACK_TICKS; i++) {
            order("throw");
            brawl.run(61);
            assertReplays();
        }
        assertThat(brawl.failures).hasSize(2 * History.BACK_TICKS);
    }

    @Test
    void shouldGoOnWithoutAllEntriesWhenItThrewAtNone() throws Exception {
        brawl.run(5);
        int ordered = brawl.tick.world().single(Round.class).ordered;
        order("bomb");
        order("any");
        brawl.run(1);
        assertThat(brawl.tick.world().single(Round.class).ordered).isEqualTo(ordered);
        assertThat(brawl.tick.readings().tick()).isEqualTo(6);
        assertThat(brawl.failures).hasSize(1);
        assertThat(brawl.failures.getFirst().entry()).isNull();
        brawl.run(100);
        assertReplays();
    }

    /** What a player wants is not lost with the tick in which it could not enter. */
    @Test
    void shouldLetInputsEnterWithTheNextTick() {
        Tick quiet = new Tick(
                brawl.game,
                brawl.plan,
                brawl.tick.readings().settings(),
                1,
                Brawl.IDENTITY,
                Journal.NONE,
                brawl.counters,
                seat -> {});
        Guest ada = Guest.join(quiet, "ada");
        quiet.run();
        ada.line().window().offer(1, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, new int[] {16, 0, 0});
        quiet.command(new Command("bomb", Json.NULL, Command.OPERATOR));
        quiet.run();
        Player player = quiet.world().players().iterator().next();
        assertThat(player.input(Jab.class).dx).isZero();
        ada.line().window().offer(2, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, new int[] {16, 0, 0});
        quiet.run();
        assertThat(player(quiet).input(Jab.class).dx).isEqualTo(1);
    }

    private static Player player(Tick tick) {
        return tick.world().players().iterator().next();
    }

    @Test
    void shouldGiveUpAtOnceWhenNothingIsLeftToOmit() throws Exception {
        brawl.run(5);
        order("fuse");
        brawl.run(2);
        order("any");
        assertThatThrownBy(() -> brawl.run(5)).isInstanceOf(GameFailedException.class);
        assertThat(brawl.failures).hasSizeBetween(1, 2);
        assertThat(brawl.failures.getLast().isLast()).isTrue();
        Replay replay = Replay.open(brawl.game, brawl.plan, brawl.recorder.recording());
        assertThatThrownBy(() -> replay.run())
                .as("the recording leads to the same place")
                .isInstanceOf(GameFailedException.class)
                .hasMessage(brawl.failures.getLast().toString());
    }

    /** There is no way back for a world whose game throws where it did not before: it is given up for what it threw at first. */
    @Test
    void shouldGiveUpAGameThatDoesNotRepeatItself() {
        boolean[] broken = {false};
        Game game = new Game() {
            @Override
            public Plan plan() {
                return brawl.plan;
            }

            @Override
            public void join(World world, Player player) {}

            @Override
            public void leave(World world, Player player) {}

            @Override
            public void tick(World world) {
                if (broken[0]) {
                    throw new IllegalStateException("in tick " + world.tick());
                }
            }
        };
        List<GameFailure> failures = new ArrayList<>();
        TickListener listener = new TickListener() {
            @Override
            public void left(Seat seat) {}

            @Override
            public void failed(GameFailure failure) {
                failures.add(failure);
            }
        };
        Tick tick =
                new Tick(game, brawl.plan, Settings.DEFAULT, 1, Brawl.IDENTITY, Journal.NONE, brawl.counters, listener);
        for (int i = 0; i < History.BACK_TICKS - 1; i++) {
            tick.advance();
        }
        broken[0] = true;
        assertThatThrownBy(tick::advance)
                .isInstanceOf(GameFailedException.class)
                .hasMessageContaining("in tick " + History.BACK_TICKS);
        assertThat(failures).hasSize(1);
        assertThat(failures.getFirst().isLast()).isTrue();
    }
}
