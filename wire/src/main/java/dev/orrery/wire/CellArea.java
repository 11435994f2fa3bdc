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
     * radius and the slack, so that who goes to and fro at an edge does not see cells come and go.
     *
     * @param radius px
     * @param slack px
     */
    public static CellArea around(double x, double y, double radius, double slack, CellGrid grid, CellArea before) {
        return new CellArea(
                Math.clamp(before.left, grid.column(x - radius - slack), grid.column(x - radius)),
                Math.clamp(before.top, grid.row(y - radius - slack), grid.row(y - radius)),
                Math.clamp(before.right, grid.column(x + radius), grid.column(x + radius + slack)),
                Math.clamp(before.bottom, grid.row(y + radius), grid.row(y + radius + slack)));
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
