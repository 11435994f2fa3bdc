package dev.orrery.rules;

/**
 * Mathematics with the same bits on every runtime: built only from operations that IEEE 754 rounds exactly (+ − × ÷ √),
 * comparisons, {@code floor} and {@code int}. Errors are stated against {@link StrictMath}, absolute, and tested.
 *
 * <p>The sine, cosine and arc tangent series are Taylor's; the reduction by a multiple of π/2 that is split into parts
 * with trailing zeros, so that the products are exact, is Cody and Waite's (Software Manual for the Elementary
 * Functions, 1980).
 *
 * <p>Stateless; may be used by any thread.
 */
public final class DMath {
    /** π, rounded to a double. */
    public static final double PI = 0x1.921fb54442d18p1;

    /** 2π, rounded to a double: one whole turn. */
    public static final double TURN = 0x1.921fb54442d18p2;

    /** Largest argument, in radians either way, whose sine and cosine are defined: 2^20, some 166,000 turns. */
    public static final double MAX_ANGLE = 0x1p20;

    private static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;
    // π/2 in three parts; the first two have 32 bits, so that their products with a count of quarter turns are exact.
    private static final double QUARTER_HIGH = 0x1.921fb54400000p+0;
    private static final double QUARTER_MIDDLE = 0x1.0b4611a600000p-34;
    private static final double QUARTER_LOW = 0x1.3198a2e037073p-69;

    private static final double ATAN_HALF = 0x1.dac670561bb4fp-2;
    private static final double QUARTER_PI = 0x1.921fb54442d18p-1;
    private static final double HALF_PI = 0x1.921fb54442d18p0;

    private DMath() {}

    /**
     * The sine of an angle in radians, within 2^-52 up to {@link #MAX_ANGLE}. NaN beyond and for NaN: a field that takes
     * it refuses it by name, which shows a heading that was never wrapped.
     */
    public static double sin(double angle) {
        if (!(Math.abs(angle) <= MAX_ANGLE)) {
            return Double.NaN;
        }
        double quarters = Math.floor(angle * TWO_OVER_PI + 0.5);
        double rest = rest(angle, quarters);
        return switch ((int) quarters & 3) {
            case 0 -> sineOfSmall(rest);
            case 1 -> cosineOfSmall(rest);
            case 2 -> -sineOfSmall(rest);
            default -> -cosineOfSmall(rest);
        };
    }

    /** The cosine of an angle in radians; bounds and limits as for {@link #sin}. */
    public static double cos(double angle) {
        if (!(Math.abs(angle) <= MAX_ANGLE)) {
            return Double.NaN;
        }
        double quarters = Math.floor(angle * TWO_OVER_PI + 0.5);
        double rest = rest(angle, quarters);
        return switch ((int) quarters & 3) {
            case 0 -> cosineOfSmall(rest);
            case 1 -> -sineOfSmall(rest);
            case 2 -> -cosineOfSmall(rest);
            default -> sineOfSmall(rest);
        };
    }

    private static double rest(double angle, double quarters) {
        return angle - quarters * QUARTER_HIGH - quarters * QUARTER_MIDDLE - quarters * QUARTER_LOW;
    }

    /** Taylor to x^17; the next term is below 2^-63 at π/4. */
    private static double sineOfSmall(double x) {
        double s = x * x;
        double tail = 1.0 / 355687428096000.0;
        tail = tail * s - 1.0 / 1307674368000.0;
        tail = tail * s + 1.0 / 6227020800.0;
        tail = tail * s - 1.0 / 39916800.0;
        tail = tail * s + 1.0 / 362880.0;
        tail = tail * s - 1.0 / 5040.0;
        tail = tail * s + 1.0 / 120.0;
        tail = tail * s - 1.0 / 6.0;
        return x + x * s * tail;
    }

    /** Taylor to x^16; the next term is below 2^-58 at π/4. */
    private static double cosineOfSmall(double x) {
        double s = x * x;
        double tail = 1.0 / 20922789888000.0;
        tail = tail * s - 1.0 / 87178291200.0;
        tail = tail * s + 1.0 / 479001600.0;
        tail = tail * s - 1.0 / 3628800.0;
        tail = tail * s + 1.0 / 40320.0;
        tail = tail * s - 1.0 / 720.0;
        tail = tail * s + 1.0 / 24.0;
        return 1 - (0.5 * s - s * s * tail);
    }

    /**
     * The direction of (x, y) as an angle in radians from -π to π, within 2^-50 of {@link StrictMath#atan2} and with its
     * results for zeros and infinities. NaN if a coordinate is.
     */
    public static double atan2(double y, double x) {
        if (Double.isNaN(x) || Double.isNaN(y)) {
            return Double.NaN;
        }
        double acute = acute(Math.abs(y), Math.abs(x));
        double angle = negative(x) ? PI - acute : acute;
        return negative(y) ? -angle : angle;
    }

    /** The angle of a point of the first quadrant, 0 to π/2. */
    private static double acute(double y, double x) {
        if (y == 0) {
            return 0;
        }
        if (x == y) {
            return QUARTER_PI;
        }
        return y < x ? atanUpToOne(y / x) : HALF_PI - atanUpToOne(x / y);
    }

    /** By atan t = atan c + atan((t − c) / (1 + tc)) with c of 0, ½ or 1, so that the series sees at most ¼. */
    private static double atanUpToOne(double t) {
        if (t < 0.25) {
            return atanOfSmall(t);
        }
        if (t < 0.75) {
            return ATAN_HALF + atanOfSmall((t - 0.5) / (1 + t * 0.5));
        }
        return QUARTER_PI + atanOfSmall((t - 1) / (1 + t));
    }

    /** Taylor to x^25; the next term is below 2^-58 at ¼. */
    private static double atanOfSmall(double x) {
        double s = x * x;
        double tail = 1.0 / 25;
        tail = tail * s - 1.0 / 23;
        tail = tail * s + 1.0 / 21;
        tail = tail * s - 1.0 / 19;
        tail = tail * s + 1.0 / 17;
        tail = tail * s - 1.0 / 15;
        tail = tail * s + 1.0 / 13;
        tail = tail * s - 1.0 / 11;
        tail = tail * s + 1.0 / 9;
        tail = tail * s - 1.0 / 7;
        tail = tail * s + 1.0 / 5;
        tail = tail * s - 1.0 / 3;
        return x + x * s * tail;
    }

    /** Whether a number is below zero or is −0. */
    private static boolean negative(double value) {
        return value < 0 || (value == 0 && 1 / value < 0);
    }

    /**
     * The length of (x, y), within 2 units in the last place, without overflow on the way. Infinite if a coordinate is,
     * else NaN if one is.
     */
    public static double hypot(double x, double y) {
        double a = Math.abs(x);
        double b = Math.abs(y);
        if (a == Double.POSITIVE_INFINITY || b == Double.POSITIVE_INFINITY) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = Math.max(a, b);
        if (largest > 0x1p500) {
            return Math.sqrt(a * 0x1p-600 * (a * 0x1p-600) + b * 0x1p-600 * (b * 0x1p-600)) * 0x1p600;
        }
        if (largest < 0x1p-500) {
            return Math.sqrt(a * 0x1p600 * (a * 0x1p600) + b * 0x1p600 * (b * 0x1p600)) * 0x1p-600;
        }
        return Math.sqrt(a * a + b * b);
    }

    /** The value held between two bounds; NaN stays NaN. */
    public static double clamp(double value, double min, double max) {
        return Math.max(min, Math.min(max, value));
    }

    /** The value held between two bounds. */
    public static int clamp(int value, int min, int max) {
        return Math.max(min, Math.min(max, value));
    }

    /** The quotient as {@code /} gives it, towards zero; 0 if the divisor is 0. */
    public static int div(int dividend, int divisor) {
        return divisor == 0 ? 0 : dividend / divisor;
    }

    /** The remainder as {@code %} gives it, with the sign of the dividend; 0 if the divisor is 0. */
    public static int mod(int dividend, int divisor) {
        return divisor == 0 ? 0 : dividend % divisor;
    }

    /** The whole part, towards zero, held within an int; 0 for NaN. JavaScript would wrap around instead. */
    public static int toInt(double value) {
        if (value >= Integer.MAX_VALUE) {
            return Integer.MAX_VALUE;
        }
        if (value <= Integer.MIN_VALUE) {
            return Integer.MIN_VALUE;
        }
        return Double.isNaN(value) ? 0 : (int) value;
    }

    /** The same direction as an angle from -π to π, within 2^-31 for angles up to {@link #MAX_ANGLE}. */
    public static double wrapAngle(double angle) {
        if (Math.abs(angle) <= PI) {
            return angle;
        }
        return clamp(angle - TURN * Math.floor((angle + PI) / TURN), -PI, PI);
    }
}
