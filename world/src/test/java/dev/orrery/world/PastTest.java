package dev.orrery.world;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.rules.Settings;
import dev.orrery.wire.Counters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A runner passes by from left to right; where it was, the past must know. */
final class PastTest {
    private static final double SPEED = Settings.DEFAULT.pixelsPerTick();

    private final FleetGame game = new FleetGame();

    /** One runs to the right from x = 100 on. */
    private World run(int ticks) {
        World world = new World(game, game.plan(), Settings.DEFAULT, 1);
        world.step(List.of(new Entry.Joined("ada", "Ada")));
        ada(world).x = 100;
        world.step(List.of(new Entry.Steered("ada", new int[] {16, 0, 0}, 1)));
        for (int i = 2; i < ticks; i++) {
            world.step(List.of());
        }
        return world;
    }

    private static Fighter ada(World world) {
        return (Fighter) requireNonNull(world.players().iterator().next().actor());
    }

    @Test
    void shouldRememberHalfASecond() {
        World world = run(10);
        double now = ada(world).x;
        for (int back = 0; back < 5; back++) {
            Past past = world.past(10 - back);
            assertThat(past.tick()).isEqualTo(10 - back);
            assertThat(requireNonNull(past.of(ada(world))).x).isEqualTo(now - back * SPEED);
        }
        assertThat(world.past(2).tick()).as("the oldest there is").isEqualTo(6);
        assertThat(world.past(99).tick()).isEqualTo(10);
        assertThat(ada(world).x).as("looking changes nothing").isEqualTo(now);
    }

    @Test
    void shouldForgetWhoIsGoneAndNotYetKnowWhoCameLater() {
        World world = run(4);
        Fighter late = world.spawn(new Fighter());
        world.step(List.of());
        assertThat(world.past(4).of(late)).isNull();
        assertThat(world.past(5).of(late)).isNotNull();
        world.despawn(late);
        assertThat(world.past(5).of(late)).isNull();
    }

    /** Shoots along a line; who stood there is hit in the order of the line. */
    @Test
    void shouldFindByRayWhereTheyWere() {
        BrawlGame brawl = new BrawlGame();
        World world = new World(brawl, brawl.plan(), Settings.DEFAULT, 1);
        world.all(Fighter.class).forEach(world::despawn);
        Fighter far = world.spawn(new Fighter());
        Fighter near = world.spawn(new Fighter());
        Fighter aside = world.spawn(new Fighter());
        far.x = 500;
        near.x = 300;
        aside.x = 400;
        far.y = near.y = 200;
        aside.y = 231;
        world.step(List.of());
        far.y = near.y = 600;
        aside.y = 600;
        Past then = world.past(1);
        assertThat(then.ray(0, 200, 1000, 200, 30, Fighter.class)).containsExactly(near, far);
        assertThat(then.ray(1000, 200, 0, 200, 30, Fighter.class)).containsExactly(far, near);
        assertThat(then.ray(0, 200, 1000, 200, 31, Fighter.class)).containsExactly(near, aside, far);
        assertThat(then.ray(0, 200, 250, 200, 30, Fighter.class))
                .as("too short")
                .isEmpty();
        assertThat(then.circle(400, 200, 100, Fighter.class)).containsExactly(far, near, aside);
        assertThat(then.circle(400, 200, 99, Fighter.class)).containsExactly(aside);
    }

    @Test
    void shouldHoldAClientsViewWithinTheWindow() {
        FleetGame fleet = new FleetGame();
        List<Integer> lags = new ArrayList<>();
        Tick tick = new Tick(
                fleet,
                fleet.plan(),
                Settings.DEFAULT,
                1,
                new Identity("a", "/fleet/a", "", "", 1_000),
                (number, entries) -> entries.forEach(entry -> {
                    if (entry instanceof Entry.Steered steered) {
                        lags.add(steered.viewLag());
                    }
                }),
                new Counters<>(WorldCounter.class),
                seat -> {});
        Guest ada = Guest.join(tick, "ada");
        for (int i = 0; i < 20; i++) {
            tick.run();
        }
        long[] views = {InputWindow.NO_VIEW, 20, 19, 1, 10_000};
        for (int i = 0; i < views.length; i++) {
            long now = tick.readings().tick();
            long view = i == 1 || i == 2 ? now - (i - 1) : views[i];
            ada.line().window().offer(i, InputWindow.NEXT_TICK, view, new int[] {i + 1, 0, 0});
            tick.run();
        }
        assertThat(lags).containsExactly(1, 1, 2, 5, 1);
    }
}
