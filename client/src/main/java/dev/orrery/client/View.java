package dev.orrery.client;

import dev.orrery.rules.Settings;
import dev.orrery.wire.BitReader;
import dev.orrery.wire.BlockException;
import dev.orrery.wire.CellArea;
import dev.orrery.wire.CellGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a player sees of a world: a replica that is fed by frames, which tell only what its own steps get wrong. Each of its cells is bit
 * for bit the server's at the cell's newest tick. Owned by one thread.
 *
 * <pre>
 *   frame     1 │ anew │ full │ more │ [view │ late │ own │ tardy, if more] │ count of ticks told, 3
 *             tick, 8 bits, or 32 if anew │ [ticks tardy − 1, Exp-Golomb, k = 0] │ [view, if so or anew] │ [late]
 *             { quiet, 1 │ [section] } × count │ [full] │ [own] │ check, 16
 *   view      first column │ first row │ last column │ last row, in the bits of the grid
 *   late      { 1 │ ticks back from the newest that was known, 3 │ cells │ section } … 0
 *   section   in a tick that is told: whole, 1 │ [cells, if not]
 *             { has a block, 1 │ [block] } for each cell, ascending │ { 1 │ records } … 0
 *   cells     for each cell that is at the tick before, ascending: 1 bit
 *   check     of the (tick mod n)th of the n cells that are at the newest tick; none if there are none
 *   full      count − 1, Exp-Golomb, k = 1 │ { cell │ holds anything, 1 │ [records] } × count
 *   own       slot, 16 │ generation, 15 │ kind │ each int that is for the player alone, in the bits of its range
 * </pre>
 *
 * A tick that is passed over, or quiet, went as predicted everywhere. Blocks and records are drawn in {@code BlockEncoder}.
 */
public final class View {
    private static final int LATE_BITS = 3;
    private static final int COUNT_BITS = 3;
    private static final int SLOT_BITS = 16;
    private static final int GENERATION_BITS = 15;
    private static final int CHECK_BITS = 16;
    private static final int FULL_K = 1;

    private final SeenGame game;
    private final CellGrid grid;
    private final BitReader in = new BitReader();
    private final TreeMap<Integer, SeenCell> cells = new TreeMap<>();
    private final List<SeenCell> section = new ArrayList<>();
    private final List<Seen> entering = new ArrayList<>();
    private final TreeMap<Long, Settings> announced = new TreeMap<>();
    private @Nullable CellArea area;
    private long tick;
    private int wrongCell = -1;
    private int tardyTicks;
    private @Nullable Own own;
    private @Nullable Divergence divergence;

    /** @param settings in force until others are announced */
    public View(SeenGame game, CellGrid grid, Settings settings) {
        this.game = game;
        this.grid = grid;
        announced.put(Long.MIN_VALUE, settings);
    }

    /** Other settings hold from a tick on. To be said before a frame of that tick is read. */
    public void announce(Settings settings, long fromTick) {
        announced.put(fromTick, settings);
    }

    /** Tells a ledger from now on what the bits of frames are spent for. */
    public void account(BitReader.Ledger ledger) {
        in.account(ledger);
    }

    /** The newest that a frame has told of. */
    public long tick() {
        return tick;
    }

    /** Which cells it has, ascending. */
    public List<Integer> cells() {
        return List.copyOf(cells.keySet());
    }

    /** At whose end a cell is known. */
    public long tickOf(int cell) {
        SeenCell seen = cells.get(cell);
        return seen == null ? -1 : seen.tick;
    }

    /** Who is in a cell, in the order of their slots. */
    public List<Seen> actorsOf(int cell) {
        SeenCell seen = cells.get(cell);
        return seen == null ? List.of() : List.copyOf(seen.actors);
    }

    /**
     * Reads a frame.
     *
     * @throws BlockException if it cannot be read: the view is then good for nothing but a frame that begins anew
     */
    public void read(byte[] frame) throws BlockException {
        in.begin(frame, 0, frame.length);
        if (!in.bit()) {
            throw BlockException.Reason.BAD_CODE.exception();
        }
        final boolean anew = in.bit();
        final boolean hasFull = in.bit();
        final boolean hasMore = in.bit();
        final boolean hasView = hasMore && in.bit() || anew;
        final boolean hasLate = hasMore && in.bit();
        final boolean hasOwn = hasMore && in.bit();
        final boolean isTardy = hasMore && in.bit();
        final int told = in.bits(COUNT_BITS);
        long newest = anew ? in.bits(Integer.SIZE) & 0xFFFF_FFFFL : tick + (in.bits(8) - tick & 0xFF);
        tardyTicks = isTardy ? in.golomb(0) + 1 : 0;
        spent("header");
        divergence = null;
        if (anew) {
            cells.clear();
            own = null;
            tick = newest - told;
        }
        if (hasView) {
            look(CellArea.read(in, grid));
            spent("view");
        }
        if (hasLate) {
            readLate();
        }
        if (newest - told < tick) {
            throw BlockException.Reason.BAD_TICK.exception();
        }
        while (tick < newest) {
            tick++;
            boolean isTold = newest - tick < told && !in.bit();
            gather(tick, isTold && !in.bit());
            step(isTold);
        }
        if (hasFull) {
            readFull();
        }
        if (hasOwn) {
            readOwn();
        }
        check();
        spent("check");
        in.requireEnd();
        spent("rest of a byte");
    }

    private void spent(String part) {
        in.about("");
        in.spent(part, -1);
    }

    private void check() throws BlockException {
        List<Map.Entry<Integer, SeenCell>> newest = new ArrayList<>();
        for (Map.Entry<Integer, SeenCell> entry : cells.entrySet()) {
            if (entry.getValue().tick == tick) {
                newest.add(entry);
            }
        }
        wrongCell = -1;
        if (!newest.isEmpty()) {
            Map.Entry<Integer, SeenCell> checked = newest.get((int) (tick % newest.size()));
            boolean same = in.bits(CHECK_BITS) == checked.getValue().check();
            wrongCell = same ? -1 : checked.getKey();
        }
    }

    /**
     * The cell that the newest frame has shown to be otherwise than the server has it, though all was read as it should be: then the
     * game's rules or its map are not the server's. -1 if there is none. Each frame checks one cell.
     */
    public int wrongCell() {
        return wrongCell;
    }

    /** How many ticks too late the player's newest input came, as the newest frame says; 0 if it does not say. */
    public int tardyTicks() {
        return tardyTicks;
    }

    /** What only this player may know; null as long as there is nothing. */
    public @Nullable Own own() {
        return own;
    }

    /** What was found to be otherwise when the newest frame brought a wrong cell in full; null if it did not. */
    public @Nullable Divergence divergence() {
        return divergence;
    }

    private void look(CellArea newArea) {
        area = newArea;
        cells.keySet().removeIf(cell -> !newArea.contains(cell, grid));
    }

    /** Cells that were withheld catch up. */
    private void readLate() throws BlockException {
        while (in.bit()) {
            long at = tick - in.bits(LATE_BITS);
            gather(at, true);
            step(true);
        }
    }

    /**
     * Gathers the cells that go to the end of a tick together.
     *
     * @param some whether a bit says of each that might whether it does
     */
    private void gather(long to, boolean some) throws BlockException {
        section.clear();
        for (SeenCell cell : cells.values()) {
            if (cell.tick == to - 1 && (!some || in.bit())) {
                section.add(cell);
            }
        }
        for (SeenCell cell : section) {
            cell.tick = to;
        }
    }

    private void step(boolean isTold) throws BlockException {
        entering.clear();
        if (isTold) {
            spent("sections");
            for (SeenCell cell : section) {
                if (in.bit()) {
                    spent("blocks, or none");
                    cell.readBlock(game, in);
                }
                spent("blocks, or none");
            }
            while (in.bit()) {
                spent("entries");
                SeenCell.readRecords(game, in, entering);
            }
            spent("entries");
        }
        if (section.isEmpty()) {
            return;
        }
        long at = section.getFirst().tick;
        Settings settings = announced.floorEntry(at).getValue();
        for (SeenCell cell : section) {
            cell.step(game.map(), settings);
        }
        move(at);
    }

    /** Everyone goes to the cell where they are now; who has come into none of these cells is seen no more. */
    private void move(long at) throws BlockException {
        for (Map.Entry<Integer, SeenCell> entry : cells.entrySet()) {
            SeenCell cell = entry.getValue();
            if (cell.tick == at && section.contains(cell)) {
                List<Seen> staying = new ArrayList<>(cell.actors.size());
                for (Seen seen : cell.actors) {
                    int to = seen.kind.cellOf(seen.row, grid);
                    if (seen.gone) {
                        continue;
                    }
                    if (to == entry.getKey()) {
                        staying.add(seen);
                    } else {
                        SeenCell other = cells.get(to);
                        if (other != null && other.tick == at && section.contains(other)) {
                            other.arriving.add(seen);
                        }
                    }
                }
                cell.actors = staying;
            }
        }
        for (Seen seen : entering) {
            SeenCell to = cells.get(seen.kind.cellOf(seen.row, grid));
            if (to == null || !section.contains(to)) {
                throw BlockException.Reason.BAD_CELL.exception();
            }
            to.arriving.add(seen);
        }
        for (SeenCell cell : section) {
            cell.settle();
        }
    }

    private void readFull() throws BlockException {
        int count = in.golomb(FULL_K) + 1;
        for (int i = 0; i < count; i++) {
            int number = in.choice(grid.count());
            if (area == null || !area.contains(number, grid)) {
                throw BlockException.Reason.BAD_CELL.exception();
            }
            SeenCell cell = new SeenCell(tick);
            boolean holdsAnyone = in.bit();
            spent("cells in full");
            if (holdsAnyone) {
                SeenCell.readRecords(game, in, cell.arriving);
            }
            cell.settle();
            SeenCell before = cells.put(number, cell);
            if (before != null && before.tick == tick) {
                compare(before, cell);
            }
        }
    }

    /** A cell that comes in full though it is there was otherwise than the server's: in what? */
    private void compare(SeenCell had, SeenCell has) {
        for (Seen predicted : had.actors) {
            for (Seen actual : has.actors) {
                if (divergence == null && predicted.id() == actual.id() && predicted.kind == actual.kind) {
                    divergence = predicted.difference(actual, tick);
                }
            }
        }
    }

    private void readOwn() throws BlockException {
        int slot = in.bits(SLOT_BITS);
        int id = in.bits(GENERATION_BITS) << SLOT_BITS | slot;
        SeenKind kind = game.kind(in.choice(game.kinds()));
        int[] row = kind.newRow();
        kind.ownCodec.readWhole(in, row);
        own = new Own(id, kind.name(), row);
    }
}
