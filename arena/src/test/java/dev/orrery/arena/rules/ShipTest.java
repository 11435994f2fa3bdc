package dev.orrery.arena.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.rules.DMath;
import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a ship feels, in numbers. */
class ShipTest {
    private final Harbour harbour = new Harbour();
    private final ShipKind kind = new ShipKind();
    private final int[] row = new int[kind.table().rowLength()];
    private Settings settings = Settings.DEFAULT;

    @Test
    void shouldReachMostOfItsSpeedInFourTicksAndThenExactlyTheTopSpeed() {
        Ship ship = at(330, 1200);
        run(ship, drive(0, -1), 4);
        assertThat(speed(ship)).isGreaterThan(0.8 * settings.pixelsPerTick());
        run(ship, drive(0, -1), 16);
        assertThat(speed(ship)).isBetween(settings.pixelsPerTick() * 0.999, settings.pixelsPerTick() * 1.001);
    }

    @Test
    void shouldTurnHalfWayRoundInThreeTicks() {
        Ship ship = at(1000, 1800);
        run(ship, drive(-1, 0), 3);
        assertThat(Math.abs(ship.heading)).isGreaterThan(3.1);
        run(ship, drive(-1, 0), 2);
        assertThat(ship.vx).isLessThan(-0.6 * settings.pixelsPerTick());
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 50, 200})
    void shouldGoAsFarAtAnotherTickRate(int tickRate) {
        double usual = distanceInTwoSeconds(Settings.DEFAULT);
        double other = distanceInTwoSeconds(new Settings(tickRate, 3.75, 5, 0.1, 100, 5));
        assertThat(other).isBetween(usual * 0.98, usual * 1.02);
    }

    private double distanceInTwoSeconds(Settings settings) {
        this.settings = settings;
        Ship ship = at(1100, 1800);
        run(ship, drive(0, -1), 2000 / settings.tickRate());
        return 1800 - ship.y;
    }

    @Test
    void shouldHoldADiagonalThrottleToFull() {
        Ship ship = at(1000, 1600);
        run(ship, drive(1, 1), 4);
        assertThat(speed(ship)).isLessThanOrEqualTo(settings.pixelsPerTick());
    }

    @Test
    void shouldBoostOncePerPressAndNotWhileItRests() {
        Ship ship = at(1250, 1800);
        Drive drive = drive(0, -1);
        run(ship, drive, 5);
        drive.boost = 1;
        run(ship, drive, 4);
        assertThat(speed(ship)).isGreaterThan(1.5 * settings.pixelsPerTick());
        drive.boost = 2;
        run(ship, drive, 8);
        assertThat(speed(ship)).isLessThan(1.1 * settings.pixelsPerTick());
        run(ship, new Drive(), 30);
        assertThat(ship.cooldownTicks).isZero();
        drive.boost = 2;
        run(ship, drive, 1);
        assertThat(ship.boostTicks).as("the press was used up").isZero();
        drive.boost = 3;
        run(ship, drive, 1);
        assertThat(ship.boostTicks).isPositive();
    }

    @Test
    void shouldNotBoostWhenItsPilotFallsSilent() {
        Ship ship = at(1250, 1800);
        ship.boostSeen = 9;
        run(ship, new Drive(), 1);
        Drive back = drive(0, 1);
        back.boost = 9;
        run(ship, back, 1);
        assertThat(ship.boostTicks).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {3.75, 20, 100})
    void shouldNeverStandInAnObstacle(double movementSpeed) {
        settings = new Settings(100, movementSpeed, 5, 0.1, 100, 5);
        Ship ship = at(200, 200);
        ship.seed = 4;
        for (int tick = 0; tick < 100_000; tick++) {
            int leg = tick / 20;
            Drive drive = drive(Rand.signed(1, leg, 0, 0), Rand.signed(1, leg, 0, 1));
            drive.boost = 1 + (leg & 127);
            run(ship, drive, 1);
            assertThat(clearance(ship.x, ship.y))
                    .as("tick %s at %s, %s", tick, ship.x, ship.y)
                    .isGreaterThan(Ship.RADIUS - 0.02);
        }
        assertThat(ship.bumps).isGreaterThan(100);
    }

    @Test
    void shouldBounceDifferentlyByItsSeed() {
        Ship one = at(1000, 1720);
        Ship other = at(1000, 1720);
        other.seed = 1;
        run(one, drive(0, -1), 40);
        run(other, drive(0, -1), 40);
        assertThat(one.x).isNotEqualTo(other.x);
    }

    @Test
    void shouldHaveBerthsFreeOfObstacles() {
        assertThat(harbour.berths)
                .allSatisfy(berth -> assertThat(clearance(berth.x(), berth.y())).isGreaterThan(5 * Ship.RADIUS));
    }

    private double clearance(double x, double y) {
        double least = Math.min(Math.min(x, y), Math.min(Harbour.SIZE - x, Harbour.SIZE - y));
        for (Harbour.Rock rock : harbour.rocks) {
            least = Math.min(least, Math.hypot(x - rock.x(), y - rock.y()) - rock.radius());
        }
        for (Harbour.Wall wall : harbour.walls) {
            double dx = x - DMath.clamp(x, wall.left(), wall.right());
            double dy = y - DMath.clamp(y, wall.top(), wall.bottom());
            least = Math.min(least, Math.hypot(dx, dy));
        }
        return least;
    }

    private static Ship at(double x, double y) {
        Ship ship = new Ship();
        ship.x = x;
        ship.y = y;
        return ship;
    }

    private static Drive drive(double x, double y) {
        Drive drive = new Drive();
        drive.x = x;
        drive.y = y;
        return drive;
    }

    private void run(Ship ship, Drive drive, int ticks) {
        for (int i = 0; i < ticks; i++) {
            ship.step(drive, harbour, settings);
            kind.write(ship, row, 0);
            kind.read(row, 0, ship);
        }
    }

    private static double speed(Ship ship) {
        return Math.hypot(ship.vx, ship.vy);
    }
}
