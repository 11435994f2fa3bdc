package dev.orrery.wire;

import java.util.Arrays;

/** Writes what {@link WordReader} reads. Reused; owned by one thread. */
public final class WordWriter {
    private final BitWriter inputs = new BitWriter();
    private final BitWriter out = new BitWriter();
    private int count;

    /** How many inputs wait for the next word. */
    public int waiting() {
        return count;
    }

    /**
     * Adds an input to the next word.
     *
     * @param stamp the tick for which it is meant
     * @param view see {@link WordReader#view}
     */
    public void input(long stamp, int view, RowCodec codec, int[] row) {
        if (count == WordReader.MAX_INPUTS) {
            throw new IllegalStateException("a word holds no more than " + count + " inputs");
        }
        count++;
        inputs.bits((int) stamp, WordReader.STAMP_BITS);
        inputs.bit(view != WordReader.NO_VIEW);
        if (view != WordReader.NO_VIEW) {
            inputs.golomb(view, 0);
        }
        codec.writeWhole(row, inputs);
    }

    /**
     * The word with all inputs that wait.
     *
     * @param tick the newest that was read
     * @param wrongCell see {@link WordReader#wrongCell}
     */
    public byte[] word(boolean anew, long tick, int wrongCell) {
        out.clear();
        out.bit(true);
        out.bit(anew);
        out.bit(wrongCell != WordReader.NO_CELL);
        out.bits(count, WordReader.COUNT_BITS);
        out.bits(0, 2);
        out.bits((int) tick, WordReader.TICK_BITS);
        if (wrongCell != WordReader.NO_CELL) {
            out.bits(wrongCell, WordReader.CELL_BITS);
        }
        out.append(inputs.array(), 0, inputs.length());
        inputs.clear();
        count = 0;
        return Arrays.copyOf(out.array(), out.byteLength());
    }
}
