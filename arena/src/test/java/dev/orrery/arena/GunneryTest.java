package dev.orrery.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.orrery.arena.rules.Shell;
import dev.orrery.arena.rules.Ship;
import dev.orrery.rules.DMath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GunneryTest {
    @ParameterizedTest
    @ValueSource(ints = {40, 50, 100, 200})
    void shouldFlyAsFarAtAnyTickRate(int tickMillis) {
        Duel duel = new Duel(tickMillis);
        Duel.put(duel.ada, 300, 900, 0);
        Duel.put(duel.bob, 300, 1_500, 0);
        duel.fire("ada");
        duel.step();
        Shell shell = duel.shells().getFirst();
        double from = shell.x;
        duel.step(800 / tickMillis);
        assertThat(shell.x - from).isCloseTo(0.8 * 225 * 2.6, within(1.0));
        duel.step(400 / tickMillis);
        assertThat(duel.shells()).isEmpty();
    }

    @Test
    void shouldFireNoFasterThanItLoads() {
        Duel duel = new Duel(50);
        int fired = 0;
        for (int i = 0; i < 70; i++) {
            duel.fire("ada");
            duel.step();
            fired += (int) duel.shells().stream()
                    .filter(shell -> shell.millisLeft == Shell.FLIGHT_MILLIS)
                    .count();
        }
        assertThat(fired).isEqualTo(70 * 50 / 350);
    }

    @Test
    void shouldFireOncePerPress() {
        Duel duel = new Duel(100);
        duel.fire("ada");
        duel.step(3);
        assertThat(duel.shells()).hasSize(1);
        duel.step(20);
        assertThat(duel.shells()).isEmpty();
    }

    @Test
    void shouldDamageWhatItHitsAndScore() {
        Duel duel = new Duel(100);
        duel.fire("ada");
        duel.step(5);
        assertThat(duel.bob.hull).isEqualTo(88);
        assertThat(duel.ada.hull).isEqualTo(100);
        assertThat(duel.ada.score).isEqualTo(1);
        assertThat(duel.shells()).isEmpty();
    }

    /** A shell is in no place long: whoever is on its way between two ticks is hit all the same. */
    @Test
    void shouldHitWhatIsBetweenTwoTicks() {
        for (int x = 40; x < 400; x += 7) {
            Duel duel = new Duel(200);
            Duel.put(duel.bob, Duel.X + x, Duel.Y, 0);
            duel.fire("ada");
            duel.step(7);
            assertThat(duel.bob.hull).as("at %d px", x).isEqualTo(88);
        }
    }

    @Test
    void shouldNotHarmWhoIsShieldedUntilTheyFire() {
        Duel duel = new Duel(100);
        duel.bob.shielded = true;
        duel.bob.shieldMillis = 2_000;
        duel.fire("ada");
        duel.step(5);
        assertThat(duel.bob.hull).isEqualTo(100);
        assertThat(duel.ada.score).isZero();
        duel.fire("bob");
        duel.step();
        assertThat(duel.bob.shielded).isFalse();
        duel.bob.shielded = true;
        duel.bob.shieldMillis = 250;
        duel.step(3);
        assertThat(duel.bob.shielded).isFalse();
    }

    /** A breakwater lies between the two, from 1420 to 1460. */
    private static Duel acrossABreakwater() {
        Duel duel = new Duel(100);
        Duel.put(duel.ada, 1_000, 1_520, -Math.PI / 2);
        Duel.put(duel.bob, 1_000, 1_380, 0);
        duel.step(); // and the lance knows where Bob is
        return duel;
    }

    @Test
    void shouldStopShellsByLand() {
        Duel duel = acrossABreakwater();
        duel.fire("ada");
        duel.step();
        assertThat(duel.shells()).hasSize(1);
        duel.step(7);
        assertThat(duel.bob.hull).isEqualTo(100);
        assertThat(duel.shells()).isEmpty();
    }

    @Test
    void shouldStopLancesByLand() {
        Duel duel = acrossABreakwater();
        duel.lance("ada", 1);
        duel.step();
        assertThat(duel.bob.hull).isEqualTo(100);
        assertThat(duel.ada.lanceMillis).isEqualTo(Gunnery.LANCE_MILLIS);
        assertThat(duel.harbour().reach(1_000, 1_520, 0, -1, 420)).isCloseTo(60, within(1e-9));
        Duel.put(duel.bob, 1_000, 1_470, 0);
        duel.step(20);
        duel.lance("ada", 1);
        duel.step();
        assertThat(duel.bob.hull).isEqualTo(70);
    }

    /** By what the pilot saw: where the other was two ticks ago, though they are 60 px farther by now. */
    @Test
    void shouldJudgeTheLanceByWhatWasSeen() {
        for (int viewLag = 1; viewLag <= 4; viewLag++) {
            Duel duel = new Duel(100);
            Duel.put(duel.bob, Duel.X + 300, Duel.Y - 400, Math.PI / 2);
            duel.steer("bob", 0, 1);
            double[] passed = new double[40];
            int crossing = -1;
            for (int t = 0; t < 40 && crossing < 0; t++) {
                duel.step();
                passed[t] = duel.bob.y;
                crossing = t >= viewLag && Math.abs(passed[t - viewLag + 1] - Duel.Y) < Ship.RADIUS - 3 ? t : -1;
            }
            assertThat(crossing).isPositive();
            duel.lance("ada", viewLag);
            duel.step();
            assertThat(duel.bob.hull).as("view lag %d", viewLag).isEqualTo(70);
            assertThat(duel.ada.score).isEqualTo(1);
        }
    }

    @Test
    void shouldMissWhoWasSeenElsewhere() {
        Duel duel = new Duel(100);
        Duel.put(duel.bob, Duel.X + 300, Duel.Y - 400, Math.PI / 2);
        duel.steer("bob", 0, 1);
        for (int t = 0; t < 60 && Math.abs(duel.bob.y - Duel.Y) > Ship.RADIUS - 3; t++) {
            duel.step();
        }
        assertThat(duel.bob.y).isBetween(Duel.Y - Ship.RADIUS, Duel.Y + Ship.RADIUS);
        duel.lance("ada", 5);
        duel.step();
        assertThat(duel.bob.hull).isEqualTo(100);
    }

    @Test
    void shouldReachNoFartherThanItReaches() {
        Duel duel = new Duel(100);
        Duel.put(duel.ada, 300, 900, 0);
        Duel.put(duel.bob, 300 + 436, 900, 0);
        duel.lance("ada", 1);
        duel.step();
        assertThat(duel.bob.hull).isEqualTo(100);
        Duel.put(duel.bob, 300 + 430, 900, 0);
        duel.step(20);
        duel.lance("ada", 1);
        duel.step();
        assertThat(duel.bob.hull).isEqualTo(70);
    }

    @Test
    void shouldSinkDriftAndBeAfloatAgain() {
        Duel duel = new Duel(100);
        duel.bob.hull = 10;
        duel.steer("bob", 0, -1);
        duel.fire("ada");
        for (int t = 0; t < 20 && duel.bob.hull > 0; t++) {
            Duel.put(duel.bob, Duel.X + 200, Duel.Y, -Math.PI / 2);
            duel.step();
        }
        assertThat(duel.ada.score).isEqualTo(11);
        assertThat(duel.bob.hull).isZero();
        double y = duel.bob.y;
        duel.fire("bob");
        duel.step();
        assertThat(duel.shells()).isEmpty();
        duel.steer("bob", 0, -1);
        duel.step(28);
        assertThat(duel.bob.hull).isZero();
        assertThat(Math.abs(duel.bob.y - y)).isLessThan(60);
        duel.step();
        assertThat(duel.bob.hull).isEqualTo(100);
        assertThat(duel.bob.shielded).isTrue();
        assertThat(DMath.hypot(duel.bob.x - duel.ada.x, duel.bob.y - duel.ada.y))
                .isGreaterThan(500);
        assertThat(duel.world.playerOf(duel.bob)).isNotNull();
    }

    @Test
    void shouldKeepHullAndScoreThroughAGate() {
        Duel duel = new Duel(100);
        duel.ada.hull = 40;
        duel.ada.score = 17;
        Duel.put(
                duel.ada,
                duel.harbour().gates.getFirst().x(),
                duel.harbour().gates.getFirst().y(),
                0);
        duel.step();
        assertThat(duel.world.players()).hasSize(1);
    }
}
