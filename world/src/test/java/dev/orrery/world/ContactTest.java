package dev.orrery.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.rules.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ContactTest {
    private final World world = new World(new FleetGame(), new FleetGame().plan(), Settings.DEFAULT, 1);

    private Fighter at(double x, double y) {
        Fighter fighter = world.spawn(new Fighter());
        fighter.x = x;
        fighter.y = y;
        return fighter;
    }

    @Test
    void shouldLetEachPairMeetOnceAskingTheLowerId() {
        Fighter a = at(100, 100);
        Fighter b = at(110, 100);
        Fighter far = at(100, 131);
        world.step(List.of());
        assertThat(a.x).isEqualTo(95);
        assertThat(b.x).isEqualTo(115);
        assertThat(a.pushes).containsExactly(1, 0, 0);
        assertThat(b.pushes).containsExactly(0, 1, 0);
        assertThat(far.pushes).containsExactly(0, 0, 0);
        world.step(List.of());
        assertThat(a.pushes).as("on the rim they still touch").containsExactly(2, 0, 0);
        assertThat(a.x).isEqualTo(95);
    }

    @Test
    void shouldMeetInTheOrderOfSlotsWhereverTheyStand() {
        Fighter last = at(100, 100);
        Fighter middle = at(100, 100);
        Fighter first = at(100, 100);
        world.despawn(last);
        Fighter again = at(100, 100); // takes the lowest slot
        world.step(List.of());
        assertThat(again.pushes).containsExactly(2, 0, 0);
        assertThat(middle.pushes).containsExactly(1, 1, 0);
        assertThat(first.pushes).containsExactly(0, 2, 0);
    }

    /** Each meeting changes what the next one finds, so another order would end elsewhere. */
    @Test
    void shouldMeetLowerSlotsFirst() {
        Fighter a = at(100, 100);
        Fighter b = at(110, 100);
        Fighter c = at(120, 100);
        world.step(List.of());
        assertThat(List.of(a.x, b.x, c.x)).containsExactly(97.5, 106.25, 126.25);
    }

    @Test
    void shouldTellWhomAnotherThanItsOwnStepHasChanged() {
        Fighter a = at(100, 100);
        at(400, 100);
        world.step(List.of());
        world.step(List.of());
        assertThat(world.body(a).isTouched()).isFalse();
        at(a.x + 5, a.y);
        world.step(List.of());
        assertThat(world.body(a).isTouched()).isTrue();
        assertThat(world.bodies().at(2)).isNotNull().matches(body -> !body.isTouched());
    }
}
