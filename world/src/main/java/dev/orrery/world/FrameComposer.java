package dev.orrery.world;

import dev.orrery.wire.BitWriter;
import dev.orrery.wire.CellArea;
import dev.orrery.wire.CellGrid;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * What one client has been told, and the frames that tell it more: out of the blocks that all share, those of the cells it sees. Frames
 * are drawn in the client's {@code View}. Owned by one thread at a time; allocates nothing but when the area changes or it grows.
 */
public final class FrameComposer {
    /** Cells that are further behind than this are told in full. */
    static final int MAX_TICKS = 7;

    /** A power of two, more than twice as many: a cell may be so far behind of what was told, and that of the newest. */
    private static final int KEPT_TICKS = 16;

    private static final int LATE_BITS = 3;
    private static final int COUNT_BITS = 3;
    private static final int CHECK_BITS = 16;
    private static final int FULL_K = 1;
    private static final int FEW = 16;

    private final CellGrid grid;
    private final RecentBlocks recent = new RecentBlocks(KEPT_TICKS);
    private final HeldCells held = new HeldCells();
    private final FrameBudget budget;

    private @Nullable CellArea area;
    /** The cells of the area, ascending; the client is told of it with the next frame. */
    private int[] looked = new int[FEW];

    private int lookedCount;
    private boolean areaChanged;
    private boolean anew = true;
    /** The client has every cell that is not behind at the end of this tick: it was told, or goes there by itself. */
    private long told;

    private @Nullable OwnRow own;
    private boolean ownDue;
    private int tardyTicks;
    private boolean fullTold;

    // Of the frame that is being composed.
    private final BitSet section;
    private final BitSet wanted;
    private final BitSet withheldNow;
    private final BitWriter out;

    /** So much of surprises a frame tells, if some of it can wait: about what one packet of the network holds. */
    public static final int BUDGET_BITS = 8 * 1_200;

    /** A client is told once in so long, though there be nothing to tell. */
    public static final int HEARTBEAT_MILLIS = 1_000;

    /** What a composer uses while it composes, and no longer: all those of a thread may share one. */
    public static final class Scratch {
        private final BitSet section = new BitSet();
        private final BitSet wanted = new BitSet();
        private final BitSet withheld = new BitSet();
        private final BitWriter out = new BitWriter();
    }

    public FrameComposer(CellGrid grid, Scratch scratch) {
        this.grid = grid;
        this.budget = new FrameBudget(grid, held, recent);
        this.section = scratch.section;
        this.wanted = scratch.wanted;
        this.withheldNow = scratch.withheld;
        this.out = scratch.out;
    }

    /** Begins from nothing: for a client that has lost what it had. */
    public void restart() {
        anew = true;
        ownDue = own != null;
        held.forget();
    }

    /** Whether the newest frame tells any cell in full: it is as large as it must be. */
    public boolean hasFull() {
        return fullTold;
    }

    /** The client has a cell otherwise than the server: the next frame tells it in full. False if it does not see that cell. */
    public boolean heal(int cell) {
        return held.doubt(cell);
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
        if (held.isEven() && !areaChanged) {
            return;
        }
        for (int i = 0; i < lookedCount; i++) {
            int index = anew ? -1 : areaChanged ? held.indexOf(looked[i]) : i;
            if (index < 0 || held.isWrong(index) || held.tick(index) < told && !isKept(held.tick(index) + 1)) {
                all.set(looked[i]);
            }
        }
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
        for (int i = 0; i < held.count(); i++) {
            if (held.has(i) && (held.tick(i) != told || isStirred(held.cell(i)))) {
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
        held.advanceAll(told, newest);
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
        if (!anew) {
            budget.keep(bits, home, told, withheld);
        }
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
            // Only now, as what has gone out of sight and come back meanwhile the client still has.
            held.move(looked, lookedCount);
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
        return held.has(index)
                && held.tick(index) < told
                && !withheld.get(held.cell(index))
                && isKept(held.tick(index) + 1);
    }

    private boolean isAnyLate(BitSet withheld) {
        for (int i = 0; !held.isEven() && i < held.count(); i++) {
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
            for (int k = 0; k < held.count(); k++) {
                if (held.tick(k) == blocks.tick() - 1 && isLate(k, withheld)) {
                    section.set(held.cell(k));
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
        for (int i = 0; i < held.count(); i++) {
            if (held.tick(i) == blocks.tick() - 1) {
                section.set(held.cell(i), !withheld.get(held.cell(i)));
                whole &= !withheld.get(held.cell(i));
            }
        }
        boolean quiet = whole && !blocks.hasAny(section);
        out.bit(quiet);
        if (quiet) {
            held.advance(section, blocks.tick());
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
        for (int i = 0; i < held.count(); i++) {
            if (held.tick(i) == to - 1) {
                out.bit(section.get(held.cell(i)));
            }
        }
    }

    private void section(TickBlocks blocks) {
        blocks.write(section, out);
        held.advance(section, blocks.tick());
    }

    private void full(TickBlocks newest) {
        if (wanted.isEmpty()) {
            return;
        }
        out.golomb(wanted.cardinality() - 1, FULL_K);
        for (int i = 0; i < held.count(); i++) {
            if (wanted.get(held.cell(i))) {
                out.choice(held.cell(i), grid.count());
                newest.writeFull(held.cell(i), out);
                held.told(i, newest.tick());
            }
        }
    }

    /** Of one of the cells that are at the newest tick, another one with each. */
    private void check(TickBlocks newest) {
        int current = held.count(newest.tick());
        int passed = current == 0 ? -1 : (int) (newest.tick() % current);
        for (int i = 0; passed >= 0; i++) {
            if (held.tick(i) == newest.tick() && passed-- == 0) {
                out.bits(newest.check(held.cell(i)), CHECK_BITS);
            }
        }
    }
}
