package dev.orrery.world;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import dev.orrery.wire.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who sends more inputs than others gets nothing for it, and takes nothing from them. */
final class FloodTest {
    private static final int TICKS = 1_000;
    private static final int SEED = 3;

    private final List<List<Entry>> journal = new ArrayList<>();
    private final Counters<WorldCounter> counters = new Counters<>(WorldCounter.class);

    /** Whether the eight are stamped for this tick, for all of the window, or not at all. */
    private enum Way {
        UNSTAMPED,
        FOR_THIS_TICK,
        FOR_EVERY_TICK
    }

    @Test
    void shouldMoveEightfoldInputsExactlyAsSingleOnesAndLoseNobodysInput() throws Exception {
        for (Way way : Way.values()) {
            Game game = new StartGame();
            Tick tick = new Tick(
                    game,
                    game.plan(),
                    Settings.DEFAULT,
                    SEED,
                    new Identity("a", "/start/a", "", "", 1_000),
                    (number, entries) -> journal.add(List.copyOf(entries)),
                    counters,
                    seat -> {});
            Guest honest = Guest.join(tick, "honest");
            Guest flooder = Guest.join(tick, "flooder");
            Guest other = Guest.join(tick, "other");
            Mirror mirror = new Mirror();
            mirror.receive(tick.run().state());
            journal.clear();
            int seq = 0;
            for (int t = 2; t <= TICKS; t++) {
                int[] wanted = {Rand.below(129, SEED, t, 0, 0) - 64};
                offer(honest, t, t, wanted);
                for (int i = 0; i < 8; i++) {
                    long stamp =
                            way == Way.UNSTAMPED ? InputWindow.NEXT_TICK : way == Way.FOR_THIS_TICK ? t : t + 7 - i;
                    offer(flooder, ++seq, stamp, wanted);
                }
                offer(other, t, t, new int[] {t % 127 - 63});
                mirror.receive(tick.run().update());
                assertThat(x(mirror, "flooder")).as("%s, tick %d", way, t).isEqualTo(x(mirror, "honest"));
                assertThat(steered("other"))
                        .as("every input of the other acts in its tick")
                        .isEqualTo(t % 127 - 63);
                journal.clear();
            }
            assertThat(counters.count(WorldCounter.INPUTS_NEUTRAL)).isZero();
        }
    }

    /** Everybody starts at the same place. */
    private static final class StartGame implements Game {
        @Override
        public Plan plan() {
            return Plan.of("start", new Object()).player(Walker.class, Walk.class);
        }

        @Override
        public void join(World world, Player player) {
            player.control(world.spawn(new Walker())).x = 500;
        }

        @Override
        public void leave(World world, Player player) {
            world.despawn(player.actor());
        }
    }

    private int steered(String player) {
        return journal.getLast().stream()
                .flatMapToInt(entry ->
                        entry instanceof Entry.Steered(String who, int[] row, int _) && who.equals(player)
                                ? IntStream.of(row)
                                : IntStream.empty())
                .findFirst()
                .orElseThrow();
    }

    private static void offer(Guest guest, long seq, long stamp, int[] row) {
        guest.line().window().offer(seq, stamp, InputWindow.NO_VIEW, row);
    }

    private static double x(Mirror mirror, String player) {
        return mirror.x(
                (int) requireNonNull(mirror.players.get(player)).get("actor").number(0));
    }
}
