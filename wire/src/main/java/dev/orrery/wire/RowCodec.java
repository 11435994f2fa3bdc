package dev.orrery.wire;

/**
 * How the ints of a row that clients see are told: whole, as changes of an input, or as what a prediction got wrong.
 *
 * <pre>
 *   whole        each int in the bits of its range
 *
 *   change       for each int: 0 as it was │ 1 and
 *                  a range of two           nothing: it is the other
 *                  of up to eight           its bits
 *                  larger                   0 and two bits: as in a new input, least, most, one more than it was │ 1 and its bits
 *
 *   residual     for each int: 0 as predicted │ 1 and
 *                  a range of two           nothing: it is the other
 *                  larger                   sign, Exp-Golomb of the distance less one
 * </pre>
 *
 * Immutable; may be used by any thread. Rows stand in arrays of their full length; ints that clients do not see are left alone.
 */
public final class RowCodec {
    private static final int SMALL_WIDTH = 3;
    private static final int NEW = 0;
    private static final int LEAST = 1;
    private static final int MOST = 2;
    private static final int NEXT = 3;

    private final int[] seen;
    private final int[] min;
    private final int[] max;
    private final int[] initial;
    private final int[] width;
    private final int[] k;

    /**
     * @param seen places in a row of the ints that are told, ascending
     * @param initial a row of a new object
     * @param ranges of each int of a row
     */
    public RowCodec(int[] seen, int[] initial, Range[] ranges) {
        this.seen = seen.clone();
        min = new int[seen.length];
        max = new int[seen.length];
        width = new int[seen.length];
        k = new int[seen.length];
        this.initial = new int[seen.length];
        for (int i = 0; i < seen.length; i++) {
            Range range = ranges[seen[i]];
            min[i] = range.min();
            max[i] = range.max();
            this.initial[i] = initial[seen[i]];
            width[i] = Long.SIZE - Long.numberOfLeadingZeros((long) range.max() - range.min());
            k[i] = range.isFine() ? width[i] / 3 : Math.min(1, width[i] / 3);
        }
    }

    /**
     * What an int of a row may be.
     *
     * @param min smallest, inclusive
     * @param max largest, inclusive
     * @param isFine whether it counts quanta of something continuous: then it is rarely wrong by just a few
     */
    public record Range(int min, int max, boolean isFine) {}

    /** How many ints are told. */
    public int length() {
        return seen.length;
    }

    /** Copies the ints that are told to the beginning of an array. */
    public void copySeen(int[] row, int[] to) {
        for (int i = 0; i < seen.length; i++) {
            to[i] = row[seen[i]];
        }
    }

    /** Whether the ints that are told are the same in both. */
    public boolean isSame(int[] one, int[] other) {
        for (int at : seen) {
            if (one[at] != other[at]) {
                return false;
            }
        }
        return true;
    }

    public void writeWhole(int[] row, BitWriter out) {
        for (int i = 0; i < seen.length; i++) {
            out.bits(row[seen[i]] - min[i], width[i]);
        }
    }

    public void readWhole(BitReader in, int[] row) throws BlockException {
        for (int i = 0; i < seen.length; i++) {
            row[seen[i]] = whole(in, i);
            in.spent("whole", seen[i]);
        }
    }

    public void writeChange(int[] before, int[] row, BitWriter out) {
        for (int i = 0; i < seen.length; i++) {
            int value = row[seen[i]];
            int old = before[seen[i]];
            out.bit(value != old);
            if (value != old && width[i] > 1) {
                writeChanged(i, old, value, out);
            }
        }
    }

    private void writeChanged(int i, int old, int value, BitWriter out) {
        if (width[i] > SMALL_WIDTH) {
            int special = value == initial[i] ? NEW : value == min[i] ? LEAST : value == max[i] ? MOST : NEXT;
            boolean isSpecial = special != NEXT || value == old + 1;
            out.bit(!isSpecial);
            if (isSpecial) {
                out.bits(special, 2);
                return;
            }
        }
        out.bits(value - min[i], width[i]);
    }

    /** Changes a row that is as it was before. */
    public void readChange(BitReader in, int[] row) throws BlockException {
        for (int i = 0; i < seen.length; i++) {
            if (in.bit()) {
                int old = row[seen[i]];
                row[seen[i]] = width[i] <= 1 ? other(i, old) : changed(in, i, old);
            }
            in.spent("change", seen[i]);
        }
    }

    private int changed(BitReader in, int i, int old) throws BlockException {
        if (width[i] <= SMALL_WIDTH || in.bit()) {
            return whole(in, i);
        }
        int special = in.bits(2);
        if (special == NEXT && old == max[i]) {
            throw BlockException.Reason.BAD_VALUE.exception();
        }
        return special == NEW ? initial[i] : special == LEAST ? min[i] : special == MOST ? max[i] : old + 1;
    }

    public void writeResidual(int[] predicted, int[] row, BitWriter out) {
        for (int i = 0; i < seen.length; i++) {
            int wrong = row[seen[i]] - predicted[seen[i]];
            out.bit(wrong != 0);
            if (wrong != 0 && width[i] > 1) {
                out.distance(wrong, k[i]);
            }
        }
    }

    /** Reads a residual to be added later: {@link #add}. */
    public void readResidual(BitReader in, int[] residual) throws BlockException {
        for (int i = 0; i < seen.length; i++) {
            residual[i] = !in.bit() ? 0 : width[i] <= 1 ? 1 : in.distance(k[i]);
            in.spent("residual", seen[i]);
        }
    }

    /** Corrects a predicted row. */
    public void add(int[] residual, int[] row) throws BlockException {
        for (int i = 0; i < seen.length; i++) {
            int at = seen[i];
            int value = width[i] <= 1 && residual[i] != 0 ? other(i, row[at]) : row[at] + residual[i];
            if (value < min[i] || value > max[i]) {
                throw BlockException.Reason.BAD_VALUE.exception();
            }
            row[at] = value;
        }
    }

    private int other(int i, int value) {
        return value == min[i] ? max[i] : min[i];
    }

    private int whole(BitReader in, int i) throws BlockException {
        int value = in.bits(width[i]) + min[i];
        if (value < min[i] || value > max[i]) {
            throw BlockException.Reason.BAD_VALUE.exception();
        }
        return value;
    }
}
