package dev.orrery.world;

import dev.orrery.wire.CellGrid;
import java.util.BitSet;

/** Which cells are left out of a frame so that it does not get too large. Owned by one thread at a time. */
final class FrameBudget {
    private final CellGrid grid;
    private final HeldCells held;
    private final RecentBlocks recent;

    FrameBudget(CellGrid grid, HeldCells held, RecentBlocks recent) {
        this.grid = grid;
        this.held = held;
        this.recent = recent;
    }

    /**
     * Withholds the farthest cells, but the longer one was left out, the nearer it counts.
     *
     * @param bits the budget
     * @param home from where it is far
     * @param told up to which tick the client has been told
     * @param withheld empty; is given the cells
     */
    void keep(int bits, int home, long told, BitSet withheld) {
        if (isSurelyWithin(bits, told)) {
            return;
        }
        int total = 0;
        for (int i = 0; i < held.count(); i++) {
            total += cost(i);
        }
        for (int distance = farthest(home); total > bits && distance > 0; distance--) {
            for (int i = held.count() - 1; i >= 0 && total > bits; i--) {
                if (!withheld.get(held.cell(i)) && urgency(i, home) >= distance && cost(i) > 0) {
                    withheld.set(held.cell(i));
                    total -= cost(i);
                }
            }
        }
    }

    /** Whether even all that there is to tell, to whomever, is within a budget. */
    private boolean isSurelyWithin(int bits, long told) {
        for (int i = 0; !held.isEven() && i < held.count(); i++) {
            if (held.has(i) && held.tick(i) < told) {
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
        for (int i = recent.after(held.tick(index)); held.has(index) && i < recent.count(); i++) {
            bits += recent.get(i).blockBits(held.cell(index));
        }
        return bits;
    }

    /** How far a cell is from another, less how many ticks it is behind; what has no place is no distance away. */
    private int urgency(int index, int home) {
        return distance(held.cell(index), home) - (int) (recent.newest().tick() - 1 - held.tick(index));
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
        for (int i = 0; i < held.count(); i++) {
            farthest = Math.max(farthest, distance(held.cell(i), home));
        }
        return farthest;
    }
}
