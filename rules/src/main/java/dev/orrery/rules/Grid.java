package dev.orrery.rules;

import java.util.Arrays;

/**
 * Where actors are: a uniform grid over a plane, asked for everyone in a circle, a box or along a ray. Answers come in
 * ascending slots whatever happened before, so every replica walks them alike; no query allocates.
 *
 * <p>Each cell heads a doubly linked list threaded through arrays by slot. Hits are marked in a bit set, and one sweep
 * over the marked words yields them in order without sorting. Positions outside the plane belong to the nearest cell and
 * are still found by their true coordinates; a NaN position is found by none.
 *
 * <p>Every query fills {@code found} from its start with as many slots as fit and returns how many there are in all.
 * Owned by one thread.
 */
public final class Grid {
    private static final int NONE = -1;

    private final double cellSize;
    private final int columns;
    private final int rows;
    private final int[] heads;
    private final int[] cells;
    private final int[] next;
    private final int[] previous;
    private final double[] xs;
    private final double[] ys;
    private final int[] marks;
    private int firstMark = Integer.MAX_VALUE;
    private int lastMark = NONE;

    /**
     * An empty grid.
     *
     * @param width of the plane, px
     * @param height of the plane, px
     * @param cellSize side of a cell, px; about the radius of a usual query
     * @param capacity slots, numbered from 0
     */
    public Grid(double width, double height, double cellSize, int capacity) {
        if (!(width > 0 && height > 0 && cellSize > 0) || capacity < 1) {
            throw new IllegalArgumentException("a grid needs a plane, cells and slots: width=" + width + " height="
                    + height + " cellSize=" + cellSize + " capacity=" + capacity);
        }
        this.cellSize = cellSize;
        columns = Math.max(1, DMath.toInt(Math.ceil(width / cellSize)));
        rows = Math.max(1, DMath.toInt(Math.ceil(height / cellSize)));
        heads = new int[columns * rows];
        cells = new int[capacity];
        next = new int[capacity];
        previous = new int[capacity];
        xs = new double[capacity];
        ys = new double[capacity];
        marks = new int[(capacity + 31) >> 5];
        clear();
    }

    /** Slots that it has room for. */
    public int capacity() {
        return cells.length;
    }

    /** Removes everyone. */
    public void clear() {
        Arrays.fill(heads, NONE);
        Arrays.fill(cells, NONE);
    }

    /** Whether a slot has a place. */
    public boolean holds(int slot) {
        return cells[slot] != NONE;
    }

    /** Gives a slot its place, new or moved. */
    public void place(int slot, double x, double y) {
        xs[slot] = x;
        ys[slot] = y;
        int cell = row(y) * columns + column(x);
        if (cells[slot] == cell) {
            return;
        }
        remove(slot);
        int head = heads[cell];
        if (head != NONE) {
            previous[head] = slot;
        }
        next[slot] = head;
        previous[slot] = NONE;
        heads[cell] = slot;
        cells[slot] = cell;
    }

    /** Takes a slot out; nothing happens if it has no place. */
    public void remove(int slot) {
        int cell = cells[slot];
        if (cell == NONE) {
            return;
        }
        if (previous[slot] == NONE) {
            heads[cell] = next[slot];
        } else {
            next[previous[slot]] = next[slot];
        }
        if (next[slot] != NONE) {
            previous[next[slot]] = previous[slot];
        }
        cells[slot] = NONE;
    }

    /** Everyone within {@code radius} of a slot that has a place, itself left out. */
    public int near(int slot, double radius, int[] found) {
        markCircle(xs[slot], ys[slot], radius);
        marks[slot >> 5] &= ~(1 << slot);
        return sweep(found);
    }

    /** Everyone within {@code radius} of (x, y), the rim included. */
    public int circle(double x, double y, double radius, int[] found) {
        markCircle(x, y, radius);
        return sweep(found);
    }

    private void markCircle(double x, double y, double radius) {
        final int right = column(x + radius);
        final int bottom = row(y + radius);
        for (int row = row(y - radius); row <= bottom; row++) {
            for (int column = column(x - radius); column <= right; column++) {
                for (int slot = heads[row * columns + column]; slot != NONE; slot = next[slot]) {
                    double dx = xs[slot] - x;
                    double dy = ys[slot] - y;
                    if (dx * dx + dy * dy <= radius * radius) {
                        mark(slot);
                    }
                }
            }
        }
    }

    /** Everyone between two corners, the sides included. */
    public int box(double left, double top, double right, double bottom, int[] found) {
        final int lastColumn = column(right);
        final int lastRow = row(bottom);
        for (int row = row(top); row <= lastRow; row++) {
            for (int column = column(left); column <= lastColumn; column++) {
                for (int slot = heads[row * columns + column]; slot != NONE; slot = next[slot]) {
                    if (xs[slot] >= left && xs[slot] <= right && ys[slot] >= top && ys[slot] <= bottom) {
                        mark(slot);
                    }
                }
            }
        }
        return sweep(found);
    }

    /** Everyone within {@code radius} of the line from (x0, y0) to (x1, y1), its ends included. */
    public int ray(double x0, double y0, double x1, double y1, double radius, int[] found) {
        final double dx = x1 - x0;
        final double dy = y1 - y0;
        // A cell more on each side keeps rounding from deciding which cells are looked at.
        final double reach = radius + cellSize;
        final int last = column(Math.max(x0, x1) + reach);
        for (int column = column(Math.min(x0, x1) - reach); column <= last; column++) {
            double from = 0;
            double to = 1;
            if (dx != 0) {
                double left = column == 0 ? Double.NEGATIVE_INFINITY : column * cellSize - reach;
                double right = column == columns - 1 ? Double.POSITIVE_INFINITY : (column + 1) * cellSize + reach;
                double enter = (left - x0) / dx;
                double leave = (right - x0) / dx;
                from = DMath.clamp(Math.min(enter, leave), 0, 1);
                to = DMath.clamp(Math.max(enter, leave), 0, 1);
            }
            double top = y0 + Math.min(dy * from, dy * to);
            double bottom = y0 + Math.max(dy * from, dy * to);
            for (int row = row(top - reach); row <= row(bottom + reach); row++) {
                markRay(row * columns + column, x0, y0, dx, dy, radius);
            }
        }
        return sweep(found);
    }

    private void markRay(int cell, double x0, double y0, double dx, double dy, double radius) {
        final double squared = dx * dx + dy * dy;
        for (int slot = heads[cell]; slot != NONE; slot = next[slot]) {
            double along = (xs[slot] - x0) * dx + (ys[slot] - y0) * dy;
            double part = squared > 0 ? DMath.clamp(along / squared, 0, 1) : 0;
            double offX = xs[slot] - (x0 + dx * part);
            double offY = ys[slot] - (y0 + dy * part);
            if (offX * offX + offY * offY <= radius * radius) {
                mark(slot);
            }
        }
    }

    private void mark(int slot) {
        int word = slot >> 5;
        marks[word] |= 1 << slot;
        firstMark = Math.min(firstMark, word);
        lastMark = Math.max(lastMark, word);
    }

    private int sweep(int[] found) {
        int count = 0;
        for (int word = firstMark; word <= lastMark; word++) {
            int bits = marks[word];
            marks[word] = 0;
            while (bits != 0) {
                if (count < found.length) {
                    found[count] = (word << 5) + Integer.numberOfTrailingZeros(bits);
                }
                count++;
                bits &= bits - 1;
            }
        }
        firstMark = Integer.MAX_VALUE;
        lastMark = NONE;
        return count;
    }

    private int column(double x) {
        return DMath.clamp(DMath.toInt(Math.floor(x / cellSize)), 0, columns - 1);
    }

    private int row(double y) {
        return DMath.clamp(DMath.toInt(Math.floor(y / cellSize)), 0, rows - 1);
    }
}
