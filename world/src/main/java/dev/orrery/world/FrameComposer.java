package dev.orrery.world;

import dev.orrery.wire.BitWriter;
import dev.orrery.wire.CellArea;
import dev.orrery.wire.CellGrid;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What one client has been told, and the frames that tell it more: out of the blocks that all share, those of the cells it sees. Frames
 * are drawn in the client's {@code View}. Owned by one thread at a time; allocates nothing but when the area changes or it grows.
 */
public final class FrameComposer {
    /** Cells that are further behind than this are told in full. */
    static final int MAX_TICKS = 7;

    /** More than twice as many: a cell may be so far behind of what was told, and that of the newest. */
    private static final int KEPT_TICKS = 16;

    private static final int LATE_BITS = 3;
    private static final int COUNT_BITS = 3;
    private static final int CHECK_BITS = 16;
    private static final int FULL_K = 1;
    private static final long NONE = -1;
    private static final int FEW = 16;

    private final CellGrid grid;
    private final RecentBlocks recent = new RecentBlocks(KEPT_TICKS);
    /** The cells that the client may have, ascending: of the area that it was told of. */
    private int[] cells = new int[FEW];
    /** At the end of which tick it has each of them, or {@link #NONE}. */
    private long[] at = new long[FEW];

    private int count;

    private @Nullable CellArea area;
    /** The cells of the area, ascending; the client is told of it with the next frame. */
    private int[] looked = new int[FEW];

    private int lookedCount;
    private long[] spareAt = new long[FEW];
    private boolean areaChanged;
    private boolean anew = true;
    /** Whether the client has all of its cells at the end of the tick that it was told of, and none otherwise than it should: nearly always. */
    private boolean even;

    /** The client has every cell that is not behind at the end of this tick: it was told, or goes there by itself. */
    private long told;
    /** Cells that the client has otherwise than the server: it gets them in full. */
    private final BitSet wrong = new BitSet();

    private @Nullable OwnRow own;
    private boolean ownDue;
    private int tardyTicks;
    private boolean fullTold;

    // Of the frame that is being composed.
    private final BitSet section;
    private final BitSet wanted;
    private final BitSet withheldNow;
    private final BitWriter out;

    /** What a composer uses while it composes, and no longer: all those of a thread may share one. */
    public static final class Scratch {
        private final BitSet section = new BitSet();
        private final BitSet wanted = new BitSet();
        private final BitSet withheld = new BitSet();
        private final BitWriter out = new BitWriter();
    }

    public FrameComposer(CellGrid grid, Scratch scratch) {
        this.grid = grid;
        this.section = scratch.section;
        this.wanted = scratch.wanted;
        this.withheldNow = scratch.withheld;
        this.out = scratch.out;
    }

    /** Begins from nothing: for a client that has lost what it had. */
    public void restart() {
        anew = true;
        even = false;
        ownDue = own != null;
        wrong.clear();
        Arrays.fill(at, NONE);
    }

    /** Whether the newest frame tells any cell in full: it is as large as it must be. */
    public boolean hasFull() {
        return fullTold;
    }

    /** The client has a cell otherwise than the server: the next frame tells it in full. False if it does not see that cell. */
    public boolean heal(int cell) {
        boolean isSeen = indexOf(cell) >= 0;
        wrong.set(cell, isSeen);
        even &= !isSeen;
        return isSeen;
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
        lookedCount = newArea.count();
        if (lookedCount > looked.length) {
            looked = new int[2 * lookedCount];
        }
        newArea.copyCells(grid, looked);
        areaChanged = true;
        even = false;
    }

    /**
     * A tick has been stepped.
     *
     * @return false if ticks before it were lost on the way here: it begins from nothing
     */
    public boolean offer(TickBlocks blocks) {
        boolean follows = recent.isEmpty() || recent.newest().tick() == blocks.tick() - 1;
        if (!follows) {
            recent.clear();
            restart();
        }
        recent.add(blocks);
        return follows;
    }

    /** Ticks that no frame has told of. */
    public int untold() {
        return recent.isEmpty()
                ? 0
                : (int) Math.min(Integer.MAX_VALUE, recent.newest().tick() - told);
    }

    /** Adds the cells that must be told in full, as the client does not have them, has them otherwise, or is too far behind. */
    public void addWanted(BitSet all) {
        for (int i = 0; !even && i < lookedCount; i++) {
            int cell = looked[i];
            int index = anew ? -1 : areaChanged ? indexOf(cell) : i;
            if (index < 0 || at[index] == NONE || wrong.get(cell) || at[index] < told && !isKept(at[index] + 1)) {
                all.set(cell);
            }
        }
    }

    private int indexOf(int cell) {
        return Arrays.binarySearch(cells, 0, count, cell);
    }

    private boolean isKept(long tick) {
        return !recent.isEmpty() && recent.oldest().tick() <= tick && told - tick < 1 << LATE_BITS;
    }

    /**
     * Composes the frame up to the newest tick, unless nothing can be told yet, or there is nothing to tell.
     *
     * @param budgetBits see {@link #thrift}
     * @param home the cell of the player's actor
     * @param always whether also what is nothing is to be told
     * @return its bytes, see {@link #compose}; null if there is none
     */
    public byte @Nullable [] next(int budgetBits, int home, boolean always) {
        if (isWaiting()) {
            return null;
        }
        if (!always && isSilent()) {
            pass();
            return null;
        }
        thrift(budgetBits, home, withheldNow);
        return compose(withheldNow);
    }

    /** Cells that must be told in full, for the world to hear of, see {@link #addWanted}; null if there are none. */
    public @Nullable BitSet missing() {
        wanted.clear();
        addWanted(wanted);
        return wanted.isEmpty() ? null : (BitSet) wanted.clone();
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
        return wanted.isEmpty() || !recent.newest().hasAllFull(wanted);
    }

    /** Whether there is nothing to tell: in all that the client sees, nothing has moved. It may be told so, or {@link #pass}. */
    public boolean isSilent() {
        if (anew || areaChanged || ownDue || tardyTicks > 0) {
            return false;
        }
        findWanted();
        if (!wanted.isEmpty()) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (at[i] != NONE && at[i] != told || at[i] == told && isStirred(cells[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean isStirred(int cell) {
        for (int i = recent.after(told); i < recent.count(); i++) {
            if (recent.get(i).isStirred(cell)) {
                return true;
            }
        }
        return false;
    }

    /** Leaves the client to itself up to the newest tick, where {@link #isSilent}: it gets no frame. */
    public void pass() {
        long newest = recent.newest().tick();
        for (int i = 0; i < count; i++) {
            at[i] = at[i] == told ? newest : at[i];
        }
        told = newest;
    }

    /**
     * Chooses cells to be left out of the next frame, so that it stays within a budget: the farthest, but the longer a cell was left out,
     * the nearer it counts. What is new to the client in full is not counted.
     *
     * @param bits the budget
     * @param home the cell of the player's actor
     * @param withheld is given the cells
     */
    public void thrift(int bits, int home, BitSet withheld) {
        withheld.clear();
        if (anew || isSurelyWithin(bits)) {
            return;
        }
        int total = 0;
        for (int i = 0; i < count; i++) {
            total += cost(i);
        }
        for (int distance = farthest(home); total > bits && distance > 0; distance--) {
            for (int i = count - 1; i >= 0 && total > bits; i--) {
                if (!withheld.get(cells[i]) && urgency(i, home) >= distance && cost(i) > 0) {
                    withheld.set(cells[i]);
                    total -= cost(i);
                }
            }
        }
    }

    /** Whether even all that there is to tell, to whomever, is within a budget. */
    private boolean isSurelyWithin(int bits) {
        for (int i = 0; !even && i < count; i++) {
            if (at[i] != NONE && at[i] < told) {
                return false;
            }
        }
        int all = 0;
        for (int i = recent.after(told); i < recent.count(); i++) {
            all += recent.get(i).allBlockBits();
        }
        return all <= bits;
    }

    /** Bits that a cell takes of the next frame. */
    private int cost(int index) {
        int bits = 0;
        for (int i = recent.after(at[index]); at[index] != NONE && i < recent.count(); i++) {
            bits += recent.get(i).blockBits(cells[index]);
        }
        return bits;
    }

    /** How far a cell is from another, less how many ticks it is behind; what has no place is no distance away. */
    private int urgency(int index, int home) {
        return distance(cells[index], home) - (int) (recent.newest().tick() - 1 - at[index]);
    }

    private int distance(int cell, int home) {
        if (cell == grid.global() || home == grid.global()) {
            return 0;
        }
        int columns = Math.abs(cell % grid.columns() - home % grid.columns());
        int rows = Math.abs(cell / grid.columns() - home / grid.columns());
        return Math.max(columns, rows);
    }

    private int farthest(int home) {
        int farthest = 0;
        for (int i = 0; i < count; i++) {
            farthest = Math.max(farthest, distance(cells[i], home));
        }
        return farthest;
    }

    /**
     * The frame up to the newest tick.
     *
     * @param withheld cells that are left out for now; they come later
     * @return its bytes, in an array that is written anew by the next frame that is composed with the same scratch; see {@link #length}
     */
    public byte[] compose(BitSet withheld) {
        if (untold() > MAX_TICKS) {
            restart();
        }
        TickBlocks newest = recent.newest();
        if (areaChanged) {
            forgetOutside();
        }
        findWanted();
        wanted.andNot(withheld);
        boolean isAnew = anew;
        boolean late = !isAnew && isAnyLate(withheld);
        header(newest.tick(), isAnew, late, isAnew ? 0 : untold());
        if (late) {
            late(withheld);
        }
        for (int i = recent.after(told); !isAnew && i < recent.count(); i++) {
            tell(recent.get(i), withheld);
        }
        told = newest.tick();
        fullTold = !wanted.isEmpty();
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

    /** Bytes of the frame that was just composed. */
    public int length() {
        return out.byteLength();
    }

    /**
     * What the client forgets when it hears of another area: only then, as what has gone out of sight and come back meanwhile it still
     * has.
     */
    private void forgetOutside() {
        if (spareAt.length < looked.length) {
            spareAt = new long[looked.length];
        }
        for (int i = 0; i < lookedCount; i++) {
            int index = indexOf(looked[i]);
            spareAt[i] = index < 0 ? NONE : at[index];
        }
        for (int i = 0; i < count; i++) {
            if (Arrays.binarySearch(looked, 0, lookedCount, cells[i]) < 0) {
                wrong.clear(cells[i]);
            }
        }
        if (cells.length < looked.length) {
            cells = new int[looked.length];
        }
        System.arraycopy(looked, 0, cells, 0, lookedCount);
        count = lookedCount;
        long[] swapped = at;
        at = spareAt;
        spareAt = swapped;
    }

    private void findWanted() {
        wanted.clear();
        addWanted(wanted);
        TickBlocks newest = recent.newest();
        for (int cell = wanted.nextSetBit(0); cell >= 0; cell = wanted.nextSetBit(cell + 1)) {
            if (!newest.hasFull(cell)) {
                wanted.clear(cell);
            }
        }
    }

    private void header(long tick, boolean isAnew, boolean late, int ticks) {
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
        out.bits(ticks, COUNT_BITS);
        out.bits((int) tick, isAnew ? Integer.SIZE : 8);
        if (tardyTicks > 0) {
            out.golomb(tardyTicks - 1, 0);
        }
        if (area != null && (view || isAnew)) {
            area.write(out, grid);
        }
    }

    // ---- late ----

    private boolean isLate(int index, BitSet withheld) {
        return at[index] != NONE && at[index] < told && !withheld.get(cells[index]) && isKept(at[index] + 1);
    }

    private boolean isAnyLate(BitSet withheld) {
        for (int i = 0; !even && i < count; i++) {
            if (isLate(i, withheld)) {
                return true;
            }
        }
        return false;
    }

    private void late(BitSet withheld) {
        for (int i = 0; i < recent.count() && recent.get(i).tick() <= told; i++) {
            TickBlocks blocks = recent.get(i);
            section.clear();
            for (int k = 0; k < count; k++) {
                if (at[k] == blocks.tick() - 1 && isLate(k, withheld)) {
                    section.set(cells[k]);
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
        for (int i = 0; i < count; i++) {
            if (at[i] == blocks.tick() - 1) {
                section.set(cells[i], !withheld.get(cells[i]));
                whole &= !withheld.get(cells[i]);
            }
        }
        boolean quiet = whole && !blocks.hasAny(section);
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

    /** Says of each cell that might go to the end of a tick whether it does. */
    private void cells(long to) {
        for (int i = 0; i < count; i++) {
            if (at[i] == to - 1) {
                out.bit(section.get(cells[i]));
            }
        }
    }

    private void section(TickBlocks blocks) {
        blocks.write(section, out);
        advance(blocks.tick());
    }

    private void advance(long to) {
        for (int i = 0; i < count; i++) {
            if (section.get(cells[i])) {
                at[i] = to;
            }
        }
    }

    private void full(TickBlocks newest) {
        if (wanted.isEmpty()) {
            return;
        }
        out.golomb(wanted.cardinality() - 1, FULL_K);
        for (int i = 0; i < count; i++) {
            if (wanted.get(cells[i])) {
                out.choice(cells[i], grid.count());
                newest.writeFull(cells[i], out);
                at[i] = newest.tick();
                wrong.clear(cells[i]);
            }
        }
    }

    /** Of one of the cells that are at the newest tick, another one with each. */
    private void check(TickBlocks newest) {
        int current = 0;
        for (int i = 0; i < count; i++) {
            current += at[i] == newest.tick() ? 1 : 0;
        }
        even = current == count && wrong.isEmpty();
        int passed = current == 0 ? -1 : (int) (newest.tick() % current);
        for (int i = 0; passed >= 0; i++) {
            if (at[i] == newest.tick() && passed-- == 0) {
                out.bits(newest.check(cells[i]), CHECK_BITS);
            }
        }
    }
}
