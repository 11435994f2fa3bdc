package dev.orrery.wire;

/**
 * The interest grid: the plane in square cells, numbered row by row from the origin, and one more for what has no place. Immutable.
 *
 * @param columns at least 1
 * @param rows at least 1
 * @param size side of a cell, px
 */
public record CellGrid(int columns, int rows, double size) {
    /** How many cells there are, that of what has no place included. */
    public int count() {
        return columns * rows + 1;
    }

    /** The cell of what has no place: the last. */
    public int global() {
        return columns * rows;
    }

    public int column(double x) {
        return within(x, columns);
    }

    public int row(double y) {
        return within(y, rows);
    }

    /** The cell of a place; outside of the plane the nearest. */
    public int of(double x, double y) {
        return row(y) * columns + column(x);
    }

    private int within(double position, int count) {
        return Math.clamp((long) Math.floor(position / size), 0, count - 1);
    }
}
