package dev.orrery.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DMathTest {
    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        1,
        -1,
        0.25,
        0.75,
        Double.MIN_VALUE,
        -Double.MIN_VALUE,
        Double.MIN_NORMAL,
        0x1p-600,
        0x1p600,
        Double.MAX_VALUE,
        -Double.MAX_VALUE,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        Double.NaN
    };

    @Test
    void shouldKeepSineAndCosineWithinTheirBound() {
        double worst = 0;
        for (int i = -4_000_000; i <= 4_000_000; i++) {
            worst = Math.max(worst, trigonometricError(i * 0x1p-18));
        }
        for (int quarter = -667_500; quarter <= 667_500; quarter++) {
            double angle = quarter * (Math.PI / 2);
            worst = Math.max(worst, trigonometricError(angle));
            worst = Math.max(worst, trigonometricError(angle + 0.7853));
        }
        assertThat(worst).isLessThanOrEqualTo(0x1p-52);
    }

    private static double trigonometricError(double angle) {
        return Math.max(
                Math.abs(DMath.sin(angle) - StrictMath.sin(angle)), Math.abs(DMath.cos(angle) - StrictMath.cos(angle)));
    }

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0x1.0000000000001p20,
                -0x1p21,
                1e300,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Double.NaN
            })
    void shouldGiveNoNumberForAnAngleBeyondItsRange(double angle) {
        assertThat(DMath.sin(angle)).isNaN();
        assertThat(DMath.cos(angle)).isNaN();
    }

    @Test
    void shouldTakeTheLargestAngle() {
        assertThat(trigonometricError(DMath.MAX_ANGLE)).isLessThan(0x1p-52);
        assertThat(trigonometricError(-DMath.MAX_ANGLE)).isLessThan(0x1p-52);
    }

    @Test
    void shouldKeepArcTangentWithinItsBound() {
        double worst = 0;
        for (int i = 0; i < 2_000_000; i++) {
            double angle = i * (2 * Math.PI / 2_000_000);
            worst = Math.max(worst, arcError(StrictMath.sin(angle), StrictMath.cos(angle)));
        }
        Random random = new Random(5);
        for (int i = 0; i < 2_000_000; i++) {
            double y = Math.scalb(random.nextDouble() - 0.5, random.nextInt(-60, 60));
            double x = Math.scalb(random.nextDouble() - 0.5, random.nextInt(-60, 60));
            worst = Math.max(worst, arcError(y, x));
        }
        assertThat(worst).isLessThanOrEqualTo(0x1p-50);
    }

    private static double arcError(double y, double x) {
        return Math.abs(DMath.atan2(y, x) - StrictMath.atan2(y, x));
    }

    @Test
    void shouldAgreeOnSpecialDirectionsAndLengths() {
        for (double y : SPECIAL) {
            for (double x : SPECIAL) {
                double angle = DMath.atan2(y, x);
                double strict = StrictMath.atan2(y, x);
                if (Double.isNaN(strict)) {
                    assertThat(angle).isNaN();
                } else {
                    assertThat(Math.abs(angle - strict))
                            .as("atan2(%s, %s)", y, x)
                            .isLessThanOrEqualTo(0x1p-50);
                    assertThat(Math.copySign(1, angle))
                            .as("sign of atan2(%s, %s)", y, x)
                            .isEqualTo(Math.copySign(1, strict));
                }
                assertThat(lengthErrorUlps(y, x)).as("hypot(%s, %s)", y, x).isLessThanOrEqualTo(2);
            }
        }
    }

    @Test
    void shouldKeepLengthWithinItsBound() {
        Random random = new Random(6);
        double worst = 0;
        for (int i = 0; i < 2_000_000; i++) {
            int exponent = random.nextInt(-1000, 1000);
            double x = Math.scalb(random.nextDouble(), exponent);
            double y = Math.scalb(random.nextDouble(), exponent + random.nextInt(-20, 20));
            worst = Math.max(worst, lengthErrorUlps(x, y));
        }
        assertThat(worst).isLessThanOrEqualTo(2);
    }

    private static double lengthErrorUlps(double x, double y) {
        double strict = StrictMath.hypot(x, y);
        double mine = DMath.hypot(x, y);
        return Double.compare(strict, mine) == 0 ? 0 : Math.abs(mine - strict) / Math.ulp(strict);
    }

    @Test
    void shouldSaturateInsteadOfWrapping() {
        assertThat(DMath.toInt(Double.NaN)).isZero();
        assertThat(DMath.toInt(1e300)).isEqualTo(Integer.MAX_VALUE);
        assertThat(DMath.toInt(Double.NEGATIVE_INFINITY)).isEqualTo(Integer.MIN_VALUE);
        assertThat(DMath.toInt(-2.9)).isEqualTo(-2);
        assertThat(DMath.toInt(2147483646.9)).isEqualTo(2147483646);
    }

    @Test
    void shouldDivideByAnything() {
        assertThat(DMath.div(7, 0)).isZero();
        assertThat(DMath.mod(7, 0)).isZero();
        assertThat(DMath.div(-7, 2)).isEqualTo(-3);
        assertThat(DMath.mod(-7, 2)).isEqualTo(-1);
        assertThat(DMath.div(Integer.MIN_VALUE, -1)).isEqualTo(Integer.MIN_VALUE);
        assertThat(DMath.mod(Integer.MIN_VALUE, -1)).isZero();
    }

    @Test
    void shouldWrapAnglesToOneTurn() {
        Random random = new Random(7);
        for (int i = 0; i < 1_000_000; i++) {
            double angle = (random.nextDouble() - 0.5) * 2 * DMath.MAX_ANGLE;
            double wrapped = DMath.wrapAngle(angle);
            assertThat(Math.abs(wrapped)).isLessThanOrEqualTo(DMath.PI);
            assertThat(Math.abs(DMath.sin(wrapped) - DMath.sin(angle))).isLessThan(0x1p-31);
            assertThat(Math.abs(DMath.cos(wrapped) - DMath.cos(angle))).isLessThan(0x1p-31);
        }
        assertThat(DMath.wrapAngle(DMath.PI)).isEqualTo(DMath.PI);
        assertThat(DMath.wrapAngle(Double.NaN)).isNaN();
    }
}
