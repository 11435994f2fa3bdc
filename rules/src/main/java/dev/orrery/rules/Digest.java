package dev.orrery.rules;

/**
 * The digest of a set of rows as two independent int lanes. It is a sum of one digest per row, so neither the order nor
 * the history of adding matters, and a changed row can be exchanged without reading the others.
 *
 * <p>Finds differences, not forgeries. Owned by one thread.
 */
public final class Digest {
    private static final int LOW_START = 0x243f6a88;
    private static final int HIGH_START = 0x13198a2e;

    private int low;
    private int high;

    /** A digest of nothing. */
    public Digest() {}

    /** Adds the row of an actor: its id, the number of its kind, and {@code length} ints from {@code offset}. */
    public void add(int id, int kind, int[] row, int offset, int length) {
        low += fold(LOW_START, id, kind, row, offset, length);
        high += fold(HIGH_START, id, kind, row, offset, length);
    }

    /** Adds a row of which both lanes are known: see {@link #low(int, int, int[], int, int)}. */
    public void add(int rowLow, int rowHigh) {
        low += rowLow;
        high += rowHigh;
    }

    /** What a row adds to the first lane. */
    public static int low(int id, int kind, int[] row, int offset, int length) {
        return fold(LOW_START, id, kind, row, offset, length);
    }

    /** What a row adds to the second lane. */
    public static int high(int id, int kind, int[] row, int offset, int length) {
        return fold(HIGH_START, id, kind, row, offset, length);
    }

    /** Takes back a row as it was added. */
    public void remove(int id, int kind, int[] row, int offset, int length) {
        low -= fold(LOW_START, id, kind, row, offset, length);
        high -= fold(HIGH_START, id, kind, row, offset, length);
    }

    /** The first lane. */
    public int low() {
        return low;
    }

    /** The second lane. */
    public int high() {
        return high;
    }

    /** Starts again with nothing. */
    public void clear() {
        low = 0;
        high = 0;
    }

    private static int fold(int start, int id, int kind, int[] row, int offset, int length) {
        int hash = Rand.mix(Rand.mix(start + id) + kind);
        for (int i = 0; i < length; i++) {
            hash = Rand.mix(hash + row[offset + i]) + i;
        }
        return hash;
    }
}
