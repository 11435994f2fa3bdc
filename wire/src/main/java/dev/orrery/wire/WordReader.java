package dev.orrery.wire;

/**
 * Reads words: what a client that is sent frames says, in one binary message each. Reused; owned by one thread.
 *
 * <pre>
 *   word      1 │ anew, 1 │ wrong, 1 │ count of inputs, 3 │ 00
 *             newest tick that was read, 8 bits │ [wrong cell, 16] │ { stamp, 16 │ shot, 1 │ [view] │ row } × count
 *   view      ticks before the newest that was read, Exp-Golomb, k = 0
 *   row       each int of the input in the bits of its range
 * </pre>
 *
 * Every word acknowledges all frames up to that tick. {@code anew}: the client has nothing, or cannot read on, and needs a frame that
 * begins anew; the first word says so. Stamps and ticks are the lowest bits of numbers that both sides know well enough.
 */
public final class WordReader {
    /** What a word names if no cell is wrong. */
    public static final int NO_CELL = -1;

    /** What an input names if it does not say what its player saw. */
    public static final int NO_VIEW = -1;

    /** Inputs of one word. */
    public static final int MAX_INPUTS = 7;

    static final int COUNT_BITS = 3;
    static final int TICK_BITS = 8;
    static final int CELL_BITS = 16;
    static final int STAMP_BITS = 16;
    private static final int HEAD_BITS = 8;
    private static final int REST_BITS = 2;
    private static final int ALWAYS = 0x80;
    private static final int ANEW = 0x40;
    private static final int WRONG = 0x20;
    private static final int NEVER = 0x03;

    private final BitReader in = new BitReader();
    private boolean anew;
    private int inputs;
    private int tick;
    private int wrongCell;
    private int stamp;
    private int view;

    /**
     * Begins with a word.
     *
     * @throws BlockException if it is none
     */
    public void begin(byte[] word) throws BlockException {
        in.begin(word, 0, word.length);
        int head = in.bits(HEAD_BITS);
        if ((head & ALWAYS) != ALWAYS || (head & NEVER) != 0) {
            throw BlockException.Reason.BAD_CODE.exception();
        }
        anew = (head & ANEW) != 0;
        final boolean hasWrong = (head & WRONG) != 0;
        inputs = head >>> REST_BITS & MAX_INPUTS;
        tick = in.bits(TICK_BITS);
        wrongCell = hasWrong ? in.bits(CELL_BITS) : NO_CELL;
    }

    /** Whether the client needs a frame that begins anew. */
    public boolean isAnew() {
        return anew;
    }

    /** How many inputs follow. */
    public int inputs() {
        return inputs;
    }

    /** The newest tick that the client has read, among those up to one that is known to be as new. */
    public long tick(long newest) {
        return newest - (newest - tick & (1 << TICK_BITS) - 1);
    }

    /** The cell that the client has found to be otherwise than the server has it, or {@link #NO_CELL}. */
    public int wrongCell() {
        return wrongCell;
    }

    /** Reads the next input. */
    public void next(RowCodec codec, int[] row) throws BlockException {
        stamp = in.bits(STAMP_BITS);
        view = in.bit() ? in.golomb(0) : NO_VIEW;
        codec.readWhole(in, row);
    }

    /** The tick for which the input that was read is meant, the nearest to another. */
    public long stamp(long near) {
        return near + (short) (stamp - (int) near);
    }

    /** How many ticks before {@link #tick} the world was as its player saw it, or {@link #NO_VIEW}. */
    public int view() {
        return view;
    }

    /** That nothing follows. */
    public void end() throws BlockException {
        in.requireEnd();
    }
}
