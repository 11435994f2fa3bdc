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
public final class FrameComposer {
    /** Cells that are further behind than this are told in full. */
    static final int MAX_TICKS = 7;

    private static final int LATE_BITS = 3;
    private static final int COUNT_BITS = 3;
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
    /** The cells of the area, ascending. */
    private int[] looked = new int[0];
    /** The cells that the client may have, ascending: of the area that it was told of. */
    private int[] cells = new int[0];

    private boolean areaChanged;
    private boolean anew = true;
    /** The client has every cell that is not behind at the end of this tick: it was told, or goes there by itself. */
    private long told;
    /** Cells that the client has otherwise than the server: it gets them in full. */
    private final BitSet wrong = new BitSet();

    private @Nullable OwnRow own;
    private boolean ownDue;
    private int tardyTicks;

    public FrameComposer(CellGrid grid) {
        this.grid = grid;
        at = new long[grid.count()];
        Arrays.fill(at, NONE);
    }

    /** Begins from nothing: for a client that has lost what it had. */
    public void restart() {
        anew = true;
        ownDue = own != null;
        wrong.clear();
        Arrays.fill(at, NONE);
    }

    /** Whether the next frame begins from nothing. */
    public boolean isAnew() {
        return anew;
    }

    /** The client has a cell otherwise than the server: the next frame tells it in full. */
    public void heal(int cell) {
        if (cell >= 0 && cell < at.length) {
            wrong.set(cell);
        }
    }

    /** What only this client may know of its actor is this from now on. */
    public void own(OwnRow row) {
        own = row;
        ownDue = true;
    }

    /** The player's newest input came so many ticks too late: the next frame says so. */
    public void tardy(int ticks) {
        tardyTicks += ticks;
    }

    /** The client sees these cells from now on. */
    public void look(CellArea newArea) {
        if (newArea.equals(area)) {
            return;
        }
        area = newArea;
        looked = newArea.cells(grid);
        areaChanged = true;
    }

    /** What the client forgets when it hears of the area: only then, as what has gone and come back meanwhile it still has. */
    private void forgetOutside(CellArea seen) {
        for (int cell : cells) {
            if (!seen.contains(cell, grid)) {
                at[cell] = NONE;
                wrong.clear(cell);
            }
        }
        cells = looked;
    }

    /** Adds the cells that must be told in full, as the client does not have them or is too far behind. */
    public void addWanted(BitSet all) {
        for (int cell : looked) {
            if (isFullNeeded(cell)) {
                all.set(cell);
            }
        }
    }

    private boolean isFullNeeded(int cell) {
        return anew || wrong.get(cell) || at[cell] == NONE || at[cell] < told && !isKept(at[cell] + 1);
    }

    private boolean isKept(long tick) {
        return !recent.isEmpty() && recent.getFirst().tick() <= tick && told - tick < 1 << LATE_BITS;
    }

    /** A tick has been stepped. */
    public void offer(TickBlocks blocks) {
        if (!recent.isEmpty() && recent.getLast().tick() != blocks.tick() - 1) {
            recent.clear(); // some were lost on the way here
            restart();
        }
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

    /** Whether nothing can be told yet: everything is wanted, and the newest tick has not all of it in full. */
    public boolean isWaiting() {
        if (untold() > MAX_TICKS) {
            restart();
        }
        if (!anew) {
            return false;
        }
        wanted.clear();
        addWanted(wanted);
        return wanted.isEmpty() || !recent.getLast().hasAllFull(wanted);
    }

    /**
     * Whether there is nothing to tell: in all that the client sees, nothing has moved. It may be told so, or {@link #pass}.
     */
    public boolean isSilent() {
        if (anew || areaChanged || ownDue || tardyTicks > 0) {
            return false;
        }
        findWanted(recent.getLast());
        if (!wanted.isEmpty()) {
            return false;
        }
        for (int cell : cells) {
            if (at[cell] != NONE && at[cell] != told || at[cell] == told && isStirred(cell)) {
                return false;
            }
        }
        return true;
    }

    private boolean isStirred(int cell) {
        for (TickBlocks blocks : recent) {
            if (blocks.tick() > told && blocks.isStirred(cell)) {
                return true;
            }
        }
        return false;
    }

    /** Leaves the client to itself up to the newest tick, where {@link #isSilent}: it gets no frame. */
    public void pass() {
        long newest = recent.getLast().tick();
        for (int cell : cells) {
            at[cell] = at[cell] == told ? newest : at[cell];
        }
        told = newest;
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
        findWanted(newest);
        wanted.andNot(withheld);
        boolean isAnew = anew;
        boolean late = !isAnew && isAnyLate(withheld);
        header(newest.tick(), isAnew, late, isAnew ? 0 : untold());
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
        if (own != null && ownDue) {
            own.write(out);
        }
        check(newest);
        anew = false;
        areaChanged = false;
        ownDue = false;
        tardyTicks = 0;
        return out.array();
    }

    /** Bytes of the newest frame. */
    public int length() {
        return out.byteLength();
    }

    private void findWanted(TickBlocks newest) {
        wanted.clear();
        addWanted(wanted);
        for (int cell = wanted.nextSetBit(0); cell >= 0; cell = wanted.nextSetBit(cell + 1)) {
            if (!newest.hasFull(cell)) {
                wanted.clear(cell);
            }
        }
    }

    private void header(long tick, boolean isAnew, boolean late, int count) {
        boolean view = areaChanged && !isAnew;
        boolean more = view || late || ownDue || tardyTicks > 0;
        out.clear();
        out.bit(true);
        out.bit(isAnew);
        out.bit(!wanted.isEmpty());
        out.bit(more);
        if (more) {
            out.bit(view);
            out.bit(late);
            out.bit(ownDue);
            out.bit(tardyTicks > 0);
        }
        out.bits(count, COUNT_BITS);
        out.bits((int) tick, isAnew ? Integer.SIZE : 8);
        if (tardyTicks > 0) {
            out.golomb(tardyTicks - 1, 0);
        }
        if (area != null && (view || isAnew)) {
            area.write(out, grid);
        }
    }

    // ---- late ----

    private boolean isLate(int cell, BitSet withheld) {
        return at[cell] != NONE && at[cell] < told && !withheld.get(cell) && isKept(at[cell] + 1);
    }

    private boolean isAnyLate(BitSet withheld) {
        for (int cell : cells) {
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
            for (int cell : cells) {
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
        for (int cell : cells) {
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
        for (int cell : cells) {
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
        for (int cell : cells) {
            count += at[cell] == newest.tick() ? 1 : 0;
        }
        int passed = count == 0 ? -1 : (int) (newest.tick() % count);
        for (int i = 0; passed >= 0; i++) {
            if (at[cells[i]] == newest.tick() && passed-- == 0) {
                out.bits(newest.check(cells[i]), CHECK_BITS);
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
            wrong.clear(cell);
        }
    }
}
