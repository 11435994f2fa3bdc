package dev.orrery.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.rules.Settings;
import dev.orrery.wire.Counters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NearAndEventsTest {
    /** Stones on a line, 10 px apart; each tick the first one looks around and tells whom it met. */
    private static final class Stones implements Game {
        private final List<List<Double>> seen = new ArrayList<>();

        @Override
        public Plan plan() {
            return Plan.of("stones", new Object())
                    .player(Walker.class, Walk.class)
                    .actor(Stone.class)
                    .event(Met.class);
        }

        @Override
        public void start(World world) {
            for (int i = 0; i < 300; i++) {
                Stone stone = world.spawn(new Stone());
                stone.x = 10 * (299 - i) % 1000;
                stone.y = 500;
            }
        }

        @Override
        public void join(World world, Player player) {}

        @Override
        public void leave(World world, Player player) {}

        @Override
        public void tick(World world) {
            List<Stone> all = world.all(Stone.class);
            Stone first = all.getFirst();
            List<Stone> near = world.near(first, 25, Stone.class);
            seen.add(near.stream().map(stone -> stone.x).toList());
            assertThat(near)
                    .isEqualTo(all.stream()
                            .filter(stone -> stone != first && Math.hypot(stone.x - first.x, stone.y - first.y) <= 25)
                            .toList());
            assertThat(world.near(first, 25, Walker.class)).isEmpty();
            Met met = new Met();
            met.one = world.ref(first);
            met.other = world.ref(near.getFirst());
            world.emit(met);
            world.despawn(near.getFirst());
            assertThat(world.near(first, 25, Stone.class)).hasSize(near.size() - 1);
        }
    }

    @Test
    void shouldFindWhoIsNearInOrderAndTellOfEventsInTheirTick() {
        Stones game = new Stones();
        Tick tick = new Tick(
                game,
                game.plan(),
                Settings.DEFAULT,
                1,
                new Identity("a", "/stones/a", "", "", 1_000),
                Journal.NONE,
                new Counters<>(WorldCounter.class),
                left -> {});
        Guest ada = Guest.join(tick, "p1");
        FrameSet first = tick.run();
        FrameSet second = tick.run();
        assertThat(game.seen.getFirst()).hasSizeGreaterThan(4);
        assertThat(ada.line().greeting().getFirst()).isNotNull();
        assertThat(first.events()).hasSize(1);
        assertThat(second.events().getFirst().text())
                .matches("42/stones/a,\\[\"event\",\\{\"tick\":2,\"name\":\"met\",\"one\":\\d+,\"other\":\\d+}]");
    }

    @Test
    void shouldSayWhatThePlanLacksForAnEvent() {
        WalkGame game = new WalkGame();
        World world = new World(game, game.plan(), Settings.DEFAULT, 1);
        assertThatThrownBy(() -> world.emit(new Met())).hasMessageContaining("its plan must call event(…)");
    }
}
