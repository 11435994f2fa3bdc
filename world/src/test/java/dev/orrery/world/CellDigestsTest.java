package dev.orrery.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.rules.Settings;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CellDigestsTest {
    /** Nothing moves by itself. */
    private static final class Still implements Game {
        @Override
        public Plan plan() {
            return Plan.of("still", new Object()).single(Round.class).player(Fighter.class, Jab.class);
        }

        @Override
        public void start(World world) {
            world.spawn(new Fighter());
        }

        @Override
        public void join(World world, Player player) {}

        @Override
        public void leave(World world, Player player) {}
    }

    private final Game game = new Still();
    private final World world = new World(game, game.plan(), Settings.DEFAULT, 1);

    private List<Integer> lanes() {
        List<Integer> lanes = new ArrayList<>();
        for (int cell = 0; cell < world.cells().count(); cell++) {
            lanes.add(world.cells().of(cell).low());
        }
        return lanes;
    }

    private List<Integer> changedCells(Runnable change) {
        List<Integer> before = lanes();
        change.run();
        world.step(List.of());
        List<Integer> after = lanes();
        List<Integer> changed = new ArrayList<>();
        for (int cell = 0; cell < before.size(); cell++) {
            if (!before.get(cell).equals(after.get(cell))) {
                changed.add(cell);
            }
        }
        return changed;
    }

    @Test
    void shouldTellInWhichCellSomethingThatEveryoneSeesHasChanged() {
        // 1000 x 1000 px in cells of 500, and the global one
        assertThat(world.cells().count()).isEqualTo(5);
        Fighter fighter = world.all(Fighter.class).getFirst();
        fighter.x = 700;
        fighter.y = 100;
        world.step(List.of());
        assertThat(changedCells(() -> fighter.health--)).containsExactly(1);
        assertThat(changedCells(() -> fighter.y = 600)).containsExactly(1, 3);
        assertThat(changedCells(() -> world.single(Round.class).hits++)).containsExactly(4);
    }

    @Test
    void shouldNotTellOfWhatOthersDoNotSee() {
        Fighter fighter = world.all(Fighter.class).getFirst();
        int before = world.digest().low();
        assertThat(changedCells(() -> {
                    fighter.shotsSeen++;
                    fighter.loaded = !fighter.loaded;
                }))
                .isEmpty();
        assertThat(world.digest().low()).as("the world's own digest has it").isNotEqualTo(before);
    }
}
