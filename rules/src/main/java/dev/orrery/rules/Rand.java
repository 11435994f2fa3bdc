package dev.orrery.rules;

/**
 * Randomness without state: the same (seed, tick, actor, salt) gives the same number on every replica, in any order of
 * asking. Tell two uses in the same tick apart by {@code salt}.
 *
 * <p>Each word is folded in by the 32-bit finaliser "lowbias32" that Chris Wellons found by search (hash-prospector,
 * 2018, public domain). It needs int multiplication only, which wraps alike on the JVM and in JavaScript. Not for secrets.
 *
 * <p>Stateless; may be used by any thread.
 */
public final class Rand {
    private static final int START = 0x9e3779b9;

    private Rand() {}

    /** Any int, each as likely. */
    public static int bits(int seed, int tick, int actor, int salt) {
        return mix(mix(mix(mix(START + seed) + tick) + actor) + salt);
    }

    /** From 0 inclusive to 1 exclusive, in steps of 2^-31. */
    public static double unit(int seed, int tick, int actor, int salt) {
        return (bits(seed, tick, actor, salt) >>> 1) * 0x1p-31;
    }

    /** From -1 inclusive to 1 exclusive, in steps of 2^-31. */
    public static double signed(int seed, int tick, int actor, int salt) {
        return bits(seed, tick, actor, salt) * 0x1p-31;
    }

    /** From 0 inclusive to {@code bound} exclusive; 0 if the bound is below 1. Uneven by at most bound / 2^31. */
    public static int below(int bound, int seed, int tick, int actor, int salt) {
        return bound < 1 ? 0 : (int) (unit(seed, tick, actor, salt) * bound);
    }

    /** One round of the mixing: a permutation of the ints in which every bit of the input moves every bit. */
    public static int mix(int word) {
        int x = word;
        x ^= x >>> 16;
        x *= 0x7feb352d;
        x ^= x >>> 15;
        x *= 0x846ca68b;
        x ^= x >>> 16;
        return x;
    }
}
