package dev.orrery.arena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.arena.rules.Ship;
import dev.orrery.rules.Settings;
import dev.orrery.wire.Counters;
import dev.orrery.world.FrameSet;
import dev.orrery.world.Identity;
import dev.orrery.world.InputWindow;
import dev.orrery.world.Journal;
import dev.orrery.world.Line;
import dev.orrery.world.Plan;
import dev.orrery.world.Seat;
import dev.orrery.world.Tick;
import dev.orrery.world.WorldCounter;
import org.junit.jupiter.api.Test;

/** What clients are told of ships that something beside their own step has changed. */
final class TouchedTest {
    private static final int[] FIRE = {64, 0, 0, 1, 0};

    private final Arena arena = new Arena();
    private final Plan plan = arena.plan();
    private final Tick tick = new Tick(
            arena,
            plan,
            Settings.DEFAULT,
            1,
            new Identity("a", "/arena/a", "", "", 30_000),
            Journal.NONE,
            new Counters<>(WorldCounter.class),
            seat -> {});
    private final Seat seat = tick.seat("ada", "Ada");
    private final Line line = tick.line("secret");

    private String step() {
        FrameSet frames = tick.run();
        return frames.update() == null ? "" : frames.update().text();
    }

    private Ship join() {
        seat.take(line);
        tick.join(seat);
        step();
        tick.world().all(Ship.class).stream()
                .filter(ship -> tick.world().playerOf(ship) == null)
                .forEach(tick.world()::despawn);
        return tick.world().all(Ship.class).getLast();
    }

    @Test
    void shouldTellOfTheEndOfAShieldAndOfNothingThatNobodySees() {
        Ship ship = join();
        String named = "\"touched\":[" + tick.world().ref(ship) + "]";
        int touched = 0;
        for (int t = 0; t < 40; t++) {
            touched += step().contains(named) ? 1 : 0;
        }
        assertThat(ship.shielded).isFalse();
        assertThat(touched).as("the shield failed once").isEqualTo(1);
        line.window().offer(1, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, FIRE);
        for (int t = 0; t < 6; t++) {
            assertThat(step())
                    .as("the gun is loaded, which nobody sees")
                    .contains("\"set\"")
                    .doesNotContain("touched");
        }
    }
}
