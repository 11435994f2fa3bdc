package dev.orrery.world;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The cells that a client may have, ascending: those of the area that it was told of. Of each, at the end of which tick it has it, or that it
 * has not, and whether it has it otherwise than the server. Owned by one thread at a time.
 */
final class HeldCells {
    private static final long NONE = -1;
    private static final int FEW = 16;

    private int[] cells = new int[FEW];
    private long[] ticks = new long[FEW];
    private long[] spareTicks = new long[FEW];
    private int count;
    private final BitSet wrong = new BitSet();
    /** See {@link #isEven}: as of the newest {@link #count(long)}. */
    private boolean even;

    int count() {
        return count;
    }

    int cell(int index) {
        return cells[index];
    }

    /** Where a cell stands; negative if the client was not told of it. */
    int indexOf(int cell) {
        return Arrays.binarySearch(cells, 0, count, cell);
    }

    boolean has(int index) {
        return ticks[index] != NONE;
    }

    /** At the end of which tick the client has a cell; before all ticks if it has not. */
    long tick(int index) {
        return ticks[index];
    }

    /** Whether the client has a cell not at all, or otherwise than the server. */
    boolean isWrong(int index) {
        return ticks[index] == NONE || wrong.get(cells[index]);
    }

    /** Whether the client has all of its cells at the end of the newest tick that it was told of, and none is wrong: nearly always. */
    boolean isEven() {
        return even;
    }

    /** How many cells it has at the end of a tick, the newest that it is told of. */
    int count(long tick) {
        int current = 0;
        for (int i = 0; i < count; i++) {
            current += ticks[i] == tick ? 1 : 0;
        }
        even = current == count && wrong.isEmpty();
        return current;
    }

    /** The client has a cell otherwise than the server. False if it does not see that cell. */
    boolean doubt(int cell) {
        boolean isSeen = indexOf(cell) >= 0;
        wrong.set(cell, isSeen);
        even &= !isSeen;
        return isSeen;
    }

    /** It was told a cell in full. */
    void told(int index, long tick) {
        ticks[index] = tick;
        wrong.clear(cells[index]);
    }

    /** Some cells go to the end of a tick. */
    void advance(BitSet some, long tick) {
        for (int i = 0; i < count; i++) {
            if (some.get(cells[i])) {
                ticks[i] = tick;
            }
        }
    }

    /** All cells that are at one tick go to another. */
    void advanceAll(long from, long to) {
        for (int i = 0; i < count; i++) {
            ticks[i] = ticks[i] == from ? to : ticks[i];
        }
    }

    /** The client has nothing any more. */
    void forget() {
        Arrays.fill(ticks, NONE);
        wrong.clear();
        even = false;
    }

    /** The client is told of another area: it keeps what is in that too. */
    void move(int[] area, int areaCount) {
        if (spareTicks.length < area.length) {
            spareTicks = new long[area.length];
        }
        for (int i = 0; i < areaCount; i++) {
            int index = indexOf(area[i]);
            spareTicks[i] = index < 0 ? NONE : ticks[index];
        }
        for (int i = 0; i < count; i++) {
            if (Arrays.binarySearch(area, 0, areaCount, cells[i]) < 0) {
                wrong.clear(cells[i]);
            }
        }
        if (cells.length < area.length) {
            cells = new int[area.length];
        }
        System.arraycopy(area, 0, cells, 0, areaCount);
        count = areaCount;
        long[] swapped = ticks;
        ticks = spareTicks;
        spareTicks = swapped;
        even = false;
    }
}
