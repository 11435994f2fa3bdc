package dev.orrery.world;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import dev.orrery.wire.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplayTest {
    private static final int TICKS = 300;

    @Test
    void shouldGiveEveryHashAgain() throws Exception {
        for (int seed = 1; seed <= 20; seed++) {
            Brawl brawl = new Brawl(seed, 0);
            brawl.run(TICKS);
            Replay replay = Replay.open(brawl.game, brawl.plan, brawl.recorder.recording());
            assertThat(replay.run()).as("seed %d", seed).isNull();
            assertThat(replay.compared()).isEqualTo(TICKS);
            assertThat(replay.world().tick()).isEqualTo(TICKS);
            assertThat(brawl.failures).isEmpty();
        }
    }

    @Test
    void shouldHaveShotPushedAndRetunedInThoseRuns() {
        Brawl brawl = new Brawl(3, 0);
        brawl.run(TICKS);
        World world = brawl.tick.world();
        assertThat(world.single(Round.class).hits).isPositive();
        assertThat(world.single(Round.class).ordered).isPositive();
        assertThat(world.all(Fighter.class)).anyMatch(fighter -> fighter.pushes[0] > 0);
        assertThat(brawl.counters.count(WorldCounter.SETTINGS_CHANGES)).isPositive();
        assertThat(brawl.counters.count(WorldCounter.DROPS)).isPositive();
        assertThat(brawl.counters.count(WorldCounter.RESUMES)).isPositive();
        assertThat(brawl.counters.count(WorldCounter.LEAVES)).isPositive();
    }

    @Test
    void shouldBeginAtAnySnapshotOnTheWay() throws Exception {
        Brawl brawl = new Brawl(5, 25);
        brawl.run(TICKS);
        Replay replay = Replay.open(brawl.game, brawl.plan, brawl.recorder.recording());
        assertThat(replay.run()).isNull();
        assertThat(replay.compared()).isEqualTo(TICKS + TICKS / 25);
    }

    @Test
    void shouldBeginAtTheNewestSnapshotThatIsNotLater() throws Exception {
        Brawl brawl = new Brawl(5, 25);
        brawl.run(TICKS);
        byte[] recording = brawl.recorder.recording();
        for (int from : new int[] {0, 24, 25, 26, 130, TICKS, 2 * TICKS}) {
            Replay replay = Replay.open(brawl.game, brawl.plan, recording, from);
            long expected = Math.min(TICKS, from) / 25 * 25;
            assertThat(replay.fromTick()).isEqualTo(expected);
            assertThat(replay.run()).as("from tick %d", from).isNull();
            assertThat(replay.world().tick()).isEqualTo(TICKS);
            assertThat(replay.compared()).isEqualTo((int) ((TICKS - expected) + (TICKS - expected) / 25));
        }
        Replay cut =
                Replay.open(brawl.game, brawl.plan, Cuts.atSnapshots(recording).get(3), 130);
        assertThat(cut.fromTick()).isEqualTo(125);
        assertThat(cut.run()).isNull();
    }

    /** A thousand worlds that are made of bytes at a random tick and go on as those did that never were. */
    @Test
    void shouldGoOnFromASnapshotAsIfNothingHadHappened() throws Exception {
        int trials = 0;
        for (int seed = 1; trials < 1_000; seed++) {
            Brawl brawl = new Brawl(seed, 7);
            brawl.run(200);
            for (byte[] recording : Cuts.atSnapshots(brawl.recorder.recording())) {
                Replay replay = Replay.open(brawl.game, brawl.plan, recording);
                long from = replay.fromTick();
                assertThat(replay.run()).as("seed %d from tick %d", seed, from).isNull();
                assertThat(replay.world().tick()).isEqualTo(200);
                trials++;
            }
        }
    }

    /** The same game but for one rule. */
    private static final class Weaker implements Game {
        private final BrawlGame game = new BrawlGame();

        @Override
        public Plan plan() {
            return game.plan();
        }

        @Override
        public void start(World world) {
            game.start(world);
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
        public void command(World world, Command command) {
            game.command(world, command);
        }

        @Override
        public void tick(World world) {
            game.tick(world);
            if (world.tick() == 150) {
                world.all(Fighter.class).getFirst().health--;
            }
        }
    }

    @Test
    void shouldNameTickActorFieldAndBothValues() throws Exception {
        Brawl brawl = new Brawl(9, 1);
        brawl.run(200);
        Replay replay = Replay.open(new Weaker(), brawl.plan, brawl.recorder.recording());
        Replay.Mismatch mismatch = requireNonNull(replay.run());
        assertThat(mismatch.tick()).isEqualTo(150);
        assertThat(mismatch.seenAtTick()).isEqualTo(150);
        assertThat(mismatch.differences()).hasSize(1);
        Difference difference = mismatch.differences().getFirst();
        assertThat(difference.of()).matches("actor \\d+ \\(fighter\\)");
        assertThat(difference.field()).isEqualTo("health");
        assertThat(Integer.parseInt(difference.recorded())).isEqualTo(Integer.parseInt(difference.replayed()) + 1);
        assertThat(mismatch.toString()).contains("from tick 150 on").contains("health: recorded");
    }

    @Test
    void shouldRefuseWhatIsDamagedOrOfSomethingElse() throws Exception {
        Brawl brawl = new Brawl(2, 20);
        brawl.run(60);
        byte[] recording = brawl.recorder.recording();
        WalkGame other = new WalkGame();
        assertThatThrownBy(() -> Replay.open(other, other.plan(), recording))
                .isInstanceOfSatisfying(
                        RecordException.class,
                        e -> assertThat(e.reason()).isEqualTo(RecordException.Reason.OTHER_GAME));
        for (int i = 0; i < 2_000; i++) {
            byte[] spoiled = recording.clone();
            int at = Rand.below(spoiled.length, 7, i, 0, 0);
            spoiled[at] ^= (byte) (1 + Rand.below(255, 7, i, 0, 1));
            assertRefusedOrNamed(brawl, spoiled);
            byte[] cut = java.util.Arrays.copyOf(recording, Rand.below(recording.length, 7, i, 0, 2));
            assertRefusedOrNamed(brawl, cut);
        }
    }

    /** No other exception may come out, and what is read without one must be a beginning of the true recording. */
    private static void assertRefusedOrNamed(Brawl brawl, byte[] bytes) {
        try {
            assertThat(Replay.open(brawl.game, brawl.plan, bytes).run()).isNull();
        } catch (RecordException e) {
            assertThat(e).hasMessageStartingWith("the recording cannot be read: ");
        }
    }

    @Test
    void shouldKeepTheLastMinuteOfALongFlight() throws Exception {
        Brawl brawl = new Brawl(4, 0);
        Recorder flight = Recorder.flight(brawl.plan, "", 4, Settings.DEFAULT);
        Tick tick = new Tick(
                brawl.game, brawl.plan, Settings.DEFAULT, 4, Brawl.IDENTITY, flight, brawl.counters, seat -> {});
        Guest ada = Guest.join(tick, "ada");
        for (int t = 1; t <= 2_000; t++) {
            ada.line().window().offer(t, InputWindow.NEXT_TICK, t - 2, new int[] {t % 16, t % 7, t % 255});
            tick.advance();
        }
        Replay replay = Replay.open(brawl.game, brawl.plan, flight.recording());
        assertThat(replay.fromTick()).isBetween(1_300L, 1_700L);
        assertThat(replay.run()).isNull();
        assertThat(replay.world().tick()).isEqualTo(2_000);
        assertThat(flight.recording().length).isLessThan(40_000);
    }

    @Test
    void shouldReadCommandsAsTheyWere() throws Exception {
        Json body = Json.parse("{\"who\":\"player1\",\"n\":[1,-0.5,\"\\u0000é\uD83D\"]}");
        Brawl brawl = new Brawl(6, 0);
        brawl.tick.command(new Command("order", body, "b"));
        brawl.tick.advance();
        JournalReader reader = new JournalReader(brawl.recorder.recording(), 3);
        reader.next();
        reader.next();
        assertThat(reader.type()).isEqualTo(RecordType.ENTRIES);
        assertThat(reader.entries())
                .filteredOn(Entry.Commanded.class::isInstance)
                .isEqualTo(List.of(new Entry.Commanded(new Command("order", body, "b"))));
    }
}
