package dev.orrery.world;

import dev.orrery.wire.BitWriter;
import dev.orrery.wire.CellArea;
import dev.orrery.wire.CellGrid;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What one client has been told, and the frames that tell it more: out of the blocks that all share, those of the cells it sees. Frames
 * are drawn in the client's {@code View}. Owned by one thread at a time.
 */
public final class Feed {
    /** Cells that are further behind than this are told in full. */
    static final int MAX_TICKS = 7;

    private static final int LATE_BITS = 3;
    private static final int COUNT_BITS = 4;
    private static final int CHECK_BITS = 16;
    private static final int FULL_K = 1;
    private static final long NONE = -1;

    private final CellGrid grid;
    /** The newest ticks, oldest first: as many as a cell may be behind, and those that no frame has told of yet. */
    private final Deque<TickBlocks> recent = new ArrayDeque<>();
    /** At the end of which tick the client has each cell, if it has it. */
    private final long[] at;

    private final BitSet section = new BitSet();
    private final BitSet wanted = new BitSet();
    private final BitWriter out = new BitWriter();
    private @Nullable CellArea area;
    private boolean areaChanged;
    private boolean anew = true;
    private long told;

    public Feed(CellGrid grid) {
        this.grid = grid;
        at = new long[grid.count()];
        Arrays.fill(at, NONE);
    }

    /** Begins from nothing: for a client that has lost what it had. */
    public void restart() {
        anew = true;
        Arrays.fill(at, NONE);
    }

    /** The client sees these cells from now on. */
    public void look(CellArea newArea) {
        if (newArea.equals(area)) {
            return;
        }
        area = newArea;
        areaChanged = true;
    }

    /** What the client forgets when it hears of the area: only then, as what has gone and come back meanwhile it still has. */
    private void forgetOutside(CellArea seen) {
        for (int cell = 0; cell < at.length; cell++) {
            if (at[cell] != NONE && !seen.contains(cell, grid)) {
                at[cell] = NONE;
            }
        }
    }

    /** Adds the cells that must be told in full, as the client does not have them or is too far behind. */
    public void addWanted(BitSet all) {
        CellArea seen = area;
        for (int cell = 0; seen != null && cell < at.length; cell++) {
            if (seen.contains(cell, grid) && isFullNeeded(cell)) {
                all.set(cell);
            }
        }
    }

    private boolean isFullNeeded(int cell) {
        return anew || at[cell] == NONE || at[cell] < told && !isKept(at[cell] + 1);
    }

    private boolean isKept(long tick) {
        return !recent.isEmpty() && recent.getFirst().tick() <= tick && told - tick < 1 << LATE_BITS;
    }

    /** A tick has been stepped. */
    public void offer(TickBlocks blocks) {
        recent.add(blocks);
        while (recent.size() > 2 * MAX_TICKS) {
            recent.remove();
        }
    }

    /** Ticks that no frame has told of. */
    public int untold() {
        return recent.isEmpty()
                ? 0
                : (int) Math.min(Integer.MAX_VALUE, recent.getLast().tick() - told);
    }

    /**
     * The frame up to the newest tick.
     *
     * @param withheld cells that are left out for now; they come later
     * @return its bytes, in an array that is written anew by the next call; see {@link #length}
     */
    public byte[] compose(BitSet withheld) {
        if (untold() > MAX_TICKS) {
            restart();
        }
        TickBlocks newest = recent.getLast();
        if (area != null && areaChanged) {
            forgetOutside(area);
        }
        findWanted(newest, withheld);
        boolean isAnew = anew;
        int count = isAnew ? 0 : untold();
        boolean late = !isAnew && isAnyLate(withheld);
        header(newest.tick(), isAnew, late, count);
        if (late) {
            late(withheld);
        }
        for (TickBlocks blocks : recent) {
            if (!isAnew && blocks.tick() > told) {
                tell(blocks, withheld);
            }
        }
        if (isAnew) {
            Arrays.fill(at, NONE);
        }
        told = newest.tick();
        full(newest);
        check(newest);
        anew = false;
        areaChanged = false;
        return out.array();
    }

    /** Bytes of the newest frame. */
    public int length() {
        return out.byteLength();
    }

    private void findWanted(TickBlocks newest, BitSet withheld) {
        wanted.clear();
        addWanted(wanted);
        wanted.andNot(withheld);
        for (int cell = wanted.nextSetBit(0); cell >= 0; cell = wanted.nextSetBit(cell + 1)) {
            if (!newest.hasFull(cell)) {
                wanted.clear(cell);
            }
        }
    }

    private void header(long tick, boolean isAnew, boolean late, int count) {
        out.clear();
        out.bit(isAnew);
        out.bit(areaChanged || isAnew);
        out.bit(late);
        out.bit(!wanted.isEmpty());
        out.bits(count, COUNT_BITS);
        out.bits((int) tick, isAnew ? Integer.SIZE : 8);
        if (area != null && (areaChanged || isAnew)) {
            area.write(out, grid);
        }
    }

    // ---- late ----

    private boolean isLate(int cell, BitSet withheld) {
        return at[cell] != NONE && at[cell] < told && !withheld.get(cell) && isKept(at[cell] + 1);
    }

    private boolean isAnyLate(BitSet withheld) {
        for (int cell = 0; cell < at.length; cell++) {
            if (isLate(cell, withheld)) {
                return true;
            }
        }
        return false;
    }

    private void late(BitSet withheld) {
        for (TickBlocks blocks : recent) {
            if (blocks.tick() > told) {
                break;
            }
            section.clear();
            for (int cell = 0; cell < at.length; cell++) {
                if (at[cell] == blocks.tick() - 1 && isLate(cell, withheld)) {
                    section.set(cell);
                }
            }
            if (!section.isEmpty()) {
                out.bit(true);
                out.bits((int) (told - blocks.tick()), LATE_BITS);
                cells(blocks.tick());
                section(blocks);
            }
        }
        out.bit(false);
    }

    // ---- the ticks that no frame has told of ----

    private void tell(TickBlocks blocks, BitSet withheld) {
        section.clear();
        boolean whole = true;
        for (int cell = 0; cell < at.length; cell++) {
            if (at[cell] == blocks.tick() - 1) {
                section.set(cell, !withheld.get(cell));
                whole &= !withheld.get(cell);
            }
        }
        boolean quiet = whole && isQuiet(blocks);
        out.bit(quiet);
        if (quiet) {
            advance(blocks.tick());
            return;
        }
        out.bit(whole);
        if (!whole) {
            cells(blocks.tick());
        }
        section(blocks);
    }

    private boolean isQuiet(TickBlocks blocks) {
        for (int cell = section.nextSetBit(0); cell >= 0; cell = section.nextSetBit(cell + 1)) {
            if (blocks.blockBits(cell) > 0) {
                return false;
            }
        }
        return !blocks.hasEntries(section);
    }

    /** Says of each cell that might go to the end of a tick whether it does. */
    private void cells(long to) {
        for (int cell = 0; cell < at.length; cell++) {
            if (at[cell] == to - 1) {
                out.bit(section.get(cell));
            }
        }
    }

    private void section(TickBlocks blocks) {
        for (int cell = section.nextSetBit(0); cell >= 0; cell = section.nextSetBit(cell + 1)) {
            blocks.writeBlock(cell, out);
        }
        blocks.writeEntries(section, out);
        advance(blocks.tick());
    }

    private void advance(long to) {
        for (int cell = section.nextSetBit(0); cell >= 0; cell = section.nextSetBit(cell + 1)) {
            at[cell] = to;
        }
    }

    /** Of one of the cells that are at the newest tick, another one with each. */
    private void check(TickBlocks newest) {
        int count = 0;
        for (long tick : at) {
            count += tick == newest.tick() ? 1 : 0;
        }
        int passed = count == 0 ? -1 : (int) (newest.tick() % count);
        for (int cell = 0; passed >= 0; cell++) {
            if (at[cell] == newest.tick() && passed-- == 0) {
                out.bits(newest.check(cell), CHECK_BITS);
            }
        }
    }

    private void full(TickBlocks newest) {
        if (wanted.isEmpty()) {
            return;
        }
        out.golomb(wanted.cardinality() - 1, FULL_K);
        for (int cell = wanted.nextSetBit(0); cell >= 0; cell = wanted.nextSetBit(cell + 1)) {
            out.choice(cell, grid.count());
            newest.writeFull(cell, out);
            at[cell] = newest.tick();
        }
    }
}
