package dev.orrery.wire;

/**
 * A rectangle of cells, and the cell of what has no place: what somebody sees. Immutable.
 *
 * @param left first column
 * @param top first row
 * @param right last column, inclusive
 * @param bottom last row, inclusive
 */
public record CellArea(int left, int top, int right, int bottom) {
    /** Whether a cell belongs to it. */
    public boolean contains(int cell, CellGrid grid) {
        int column = cell % grid.columns();
        int row = cell / grid.columns();
        return cell == grid.global() || column >= left && column <= right && row >= top && row <= bottom;
    }

    /**
     * The area that is seen from a place: all cells within the radius, and those that were seen before and are not farther than the
     * radius and the slack, so that who goes to and fro at an edge does not see cells come and go. The same object if it stays the same.
     *
     * @param radius px
     * @param slack px
     */
    public static CellArea around(double x, double y, double radius, double slack, CellGrid grid, CellArea before) {
        int left = Math.clamp(before.left, grid.column(x - radius - slack), grid.column(x - radius));
        int top = Math.clamp(before.top, grid.row(y - radius - slack), grid.row(y - radius));
        int right = Math.clamp(before.right, grid.column(x + radius), grid.column(x + radius + slack));
        int bottom = Math.clamp(before.bottom, grid.row(y + radius), grid.row(y + radius + slack));
        boolean same = left == before.left && top == before.top && right == before.right && bottom == before.bottom;
        return same ? before : new CellArea(left, top, right, bottom);
    }

    /** All cells of a grid. */
    public static CellArea whole(CellGrid grid) {
        return new CellArea(0, 0, grid.columns() - 1, grid.rows() - 1);
    }

    /** How many cells it has. */
    public int count() {
        return (right - left + 1) * (bottom - top + 1) + 1;
    }

    /** Writes its cells to the beginning of an array, ascending. */
    public void copyCells(CellGrid grid, int[] to) {
        int count = 0;
        for (int row = top; row <= bottom; row++) {
            for (int column = left; column <= right; column++) {
                to[count++] = row * grid.columns() + column;
            }
        }
        to[count] = grid.global();
    }

    public void write(BitWriter out, CellGrid grid) {
        out.choice(left, grid.columns());
        out.choice(top, grid.rows());
        out.choice(right, grid.columns());
        out.choice(bottom, grid.rows());
    }

    public static CellArea read(BitReader in, CellGrid grid) throws BlockException {
        CellArea area = new CellArea(
                in.choice(grid.columns()), in.choice(grid.rows()), in.choice(grid.columns()), in.choice(grid.rows()));
        if (area.left > area.right || area.top > area.bottom) {
            throw BlockException.Reason.BAD_CELL.exception();
        }
        return area;
    }
}
