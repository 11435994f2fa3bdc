package dev.orrery.testkit;

/**
 * How late bytes arrive in one direction.
 *
 * @param baseMillis the least they wait, ms
 * @param jitterMillis what they wait at most beyond that, ms; uniformly distributed
 */
public record Delay(int baseMillis, int jitterMillis) {
    /** Longest base and longest jitter, ms: a test that wants more than a minute wants {@link DelayProxy#cut}. */
    public static final int MAX_MILLIS = 60_000;

    /** @throws IllegalArgumentException if either is negative or above {@link #MAX_MILLIS} */
    public Delay {
        check("baseMillis", baseMillis);
        check("jitterMillis", jitterMillis);
    }

    private static void check(String name, int millis) {
        if (millis < 0 || millis > MAX_MILLIS) {
            throw new IllegalArgumentException(name + " must lie between 0 and " + MAX_MILLIS + ", is " + millis);
        }
    }
}
