package dev.orrery.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.arena.rules.Harbour;
import dev.orrery.arena.rules.Ship;
import dev.orrery.rules.DMath;
import dev.orrery.rules.Settings;
import org.junit.jupiter.api.Test;

final class CollisionTest {
    private static final Harbour HARBOUR = new Harbour();

    private static Ship ship(double x, double y, double vx, double vy) {
        Ship ship = new Ship();
        ship.x = x;
        ship.y = y;
        ship.vx = vx;
        ship.vy = vy;
        return ship;
    }

    @Test
    void shouldExchangeMomentumAndLoseNone() {
        Ship left = ship(500, 500, 20, 3);
        Ship right = ship(520, 505, -10, 0);
        left.contact(right, HARBOUR, Settings.DEFAULT);
        assertThat(left.vx + right.vx).isCloseTo(10, within(1e-9));
        assertThat(left.vy + right.vy).isCloseTo(3, within(1e-9));
        assertThat(DMath.hypot(left.x - right.x, left.y - right.y)).isCloseTo(2 * Ship.RADIUS, within(1e-9));
        double closing = (left.vx - right.vx) * (right.x - left.x) + (left.vy - right.vy) * (right.y - left.y);
        assertThat(closing).isNegative();
    }

    @Test
    void shouldNotMatterWhoIsAsked() {
        Ship one = ship(500, 500, 12, -7);
        Ship two = ship(511, 490, -4, 9);
        Ship otherOne = ship(500, 500, 12, -7);
        Ship otherTwo = ship(511, 490, -4, 9);
        one.contact(two, HARBOUR, Settings.DEFAULT);
        otherTwo.contact(otherOne, HARBOUR, Settings.DEFAULT);
        assertThat(otherOne.x).isCloseTo(one.x, within(1e-9));
        assertThat(otherTwo.vy).isCloseTo(two.vy, within(1e-9));
    }

    @Test
    void shouldLetWhoPartsPart() {
        Ship left = ship(500, 500, -5, 0);
        Ship right = ship(527, 500, 5, 0);
        left.contact(right, HARBOUR, Settings.DEFAULT);
        assertThat(left.vx).isEqualTo(-5);
        assertThat(right.vx).isEqualTo(5);
    }

    @Test
    void shouldPartEvenInTheSamePlace() {
        Ship one = ship(500, 500, 0, 0);
        Ship two = ship(500, 500, 0, 0);
        one.contact(two, HARBOUR, Settings.DEFAULT);
        assertThat(two.x - one.x).isEqualTo(2 * Ship.RADIUS);
    }

    @Test
    void shouldPassThroughWrecks() {
        Ship afloat = ship(500, 500, 12, 0);
        Ship wreck = ship(505, 500, 0, 0);
        wreck.hull = 0;
        afloat.contact(wreck, HARBOUR, Settings.DEFAULT);
        wreck.contact(afloat, HARBOUR, Settings.DEFAULT);
        assertThat(afloat.x).isEqualTo(500);
        assertThat(wreck.vx).isZero();
    }

    /** Two who push each other with all their might stay apart, and neither is thrown back. */
    @Test
    void shouldHoldWhoPushesHead() {
        Duel duel = new Duel(100);
        duel.steer("ada", 1, 0);
        duel.steer("bob", -1, 0);
        for (int t = 0; t < 60; t++) {
            double before = duel.ada.x;
            duel.step();
            assertThat(DMath.hypot(duel.bob.x - duel.ada.x, duel.bob.y - duel.ada.y))
                    .isGreaterThan(Ship.RADIUS);
            assertThat(Math.abs(duel.ada.x - before)).isLessThan(30);
        }
    }
}
