package dev.orrery.world;

import dev.orrery.wire.BitWriter;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What one tick tells of each cell, encoded once, however many see it. Immutable; may be used by any thread.
 *
 * <p>A <em>block</em> takes who has the cell as it was at the end of the tick before to its end of this tick; a cell without one goes on
 * as predicted. An <em>entry</em> tells of the actors that came from one cell to another, for who has the second and not the first. A
 * <em>full block</em> is a cell at the end of the tick, for who does not have it.
 */
public final class TickBlocks {
    /** A few steps are taken sooner than a search. */
    private static final int NEAR = 8;

    private final long tick;
    private final byte[] bytes;
    private final Parts blocks;
    private final Parts entries;
    private final Parts full;
    private final int cells;
    private final short[] checks;
    private final BitSet stirred;

    /**
     * Parts of the bytes by what they are of.
     *
     * @param keys ascending
     * @param bits where each begins, and behind the last where that ends
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
    record Parts(int[] keys, int[] bits) {
        int indexOf(int key) {
            return Arrays.binarySearch(keys, key);
        }

        /** The first index from one on whose key is not less; nearly always one of the next. */
        int seek(int from, int key) {
            for (int i = from; i < keys.length && i < from + NEAR; i++) {
                if (keys[i] >= key) {
                    return i;
                }
            }
            int index = Arrays.binarySearch(keys, Math.min(from + NEAR, keys.length), keys.length, key);
            return index < 0 ? ~index : index;
        }

        boolean isAt(int index, int key) {
            return index < keys.length && keys[index] == key;
        }

        void append(int index, byte[] from, BitWriter out) {
            out.append(from, bits[index], bits[index + 1] - bits[index]);
        }
    }

    TickBlocks(
            long tick,
            byte[] bytes,
            int cells,
            Parts blocks,
            Parts entries,
            Parts full,
            short[] checks,
            BitSet stirred) {
        this.tick = tick;
        this.bytes = bytes;
        this.cells = cells;
        this.blocks = blocks;
        this.entries = entries;
        this.full = full;
        this.checks = checks;
        this.stirred = stirred;
    }

    /** At whose end the blocks leave their cells. */
    public long tick() {
        return tick;
    }

    /** Bits of a cell's block, 0 if it has none: all goes as predicted. */
    public int blockBits(int cell) {
        int index = blocks.indexOf(cell);
        return index < 0 ? 0 : blocks.bits[index + 1] - blocks.bits[index];
    }

    /** Bits of all blocks. */
    int allBlockBits() {
        return blocks.bits[blocks.keys.length] - blocks.bits[0];
    }

    /** Whether there is any block of these cells, or any entry into them from others. */
    boolean hasAny(BitSet has) {
        int at = 0;
        for (int cell = has.nextSetBit(0); cell >= 0; cell = has.nextSetBit(cell + 1)) {
            at = blocks.seek(at, cell);
            if (blocks.isAt(at, cell)) {
                return true;
            }
        }
        return hasEntries(has);
    }

    /**
     * Writes the blocks of cells, each behind a bit that says whether there is one; then the entries into them from others, each behind a bit
     * that says that one follows, and at the end one that says that none does.
     *
     * @param has the cells that one has both before this tick and after it
     */
    void write(BitSet has, BitWriter out) {
        int at = 0;
        for (int cell = has.nextSetBit(0); cell >= 0; cell = has.nextSetBit(cell + 1)) {
            at = blocks.seek(at, cell);
            boolean isThere = blocks.isAt(at, cell);
            out.bit(isThere);
            if (isThere) {
                blocks.append(at, bytes, out);
            }
        }
        writeEntries(has, out);
    }

    private void writeEntries(BitSet has, BitWriter out) {
        for (int i = 0; i < entries.keys.length; i++) {
            if (isEntered(i, has)) {
                out.bit(true);
                entries.append(i, bytes, out);
            }
        }
        out.bit(false);
    }

    private boolean hasEntries(BitSet has) {
        for (int i = 0; i < entries.keys.length; i++) {
            if (isEntered(i, has)) {
                return true;
            }
        }
        return false;
    }

    private boolean isEntered(int index, BitSet has) {
        return has.get(entries.keys[index] % cells) && !has.get(entries.keys[index] / cells);
    }

    /** Sixteen bits of the digest of what everyone sees in a cell. */
    public int check(int cell) {
        return checks[cell] & 0xFFFF;
    }

    /** Whether in a cell anything moved, came, went, or is to be told. */
    boolean isStirred(int cell) {
        return stirred.get(cell);
    }

    /** Whether the full blocks of all these cells were encoded in this tick. */
    boolean hasAllFull(BitSet wanted) {
        for (int cell = wanted.nextSetBit(0); cell >= 0; cell = wanted.nextSetBit(cell + 1)) {
            if (!hasFull(cell)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the full block of a cell was encoded in this tick. */
    public boolean hasFull(int cell) {
        return full.indexOf(cell) >= 0;
    }

    /** Writes the full block of a cell, which must be there. */
    public void writeFull(int cell, BitWriter out) {
        full.append(full.indexOf(cell), bytes, out);
    }
}
