package dev.orrery.rules;

/** Snapping: after it a {@code double} field <em>is</em> an int count of its quanta, on every runtime the same. */
public final class Quanta {
    private Quanta() {}

    /**
     * The count of quanta nearest to a value, {@code floor(value / quantum + 0.5)}, held within bounds.
     *
     * @param quantum a power of two, so that the division is exact
     * @param name of the field, for the message
     * @throws ArithmeticException if the value is NaN: a rule computed nonsense, and no replica could agree on it
     */
    public static int of(double value, double quantum, int min, int max, String name) {
        if (Double.isNaN(value)) {
            throw new ArithmeticException("field " + name + " is NaN");
        }
        double count = Math.floor(value / quantum + 0.5);
        if (count <= min) {
            return min;
        }
        if (count >= max) {
            return max;
        }
        return (int) count;
    }

    /** An int held within bounds. */
    public static int of(int value, int min, int max) {
        return value < min ? min : Math.min(value, max);
    }
}
