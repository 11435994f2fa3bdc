package dev.orrery.world;

import dev.orrery.wire.CellArea;
import dev.orrery.wire.CellGrid;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** How far players see: the cells around their actor, with some slack, so that they do not come and go at an edge. Immutable. */
final class Sight {
    /** Of the radius: who goes so far back and forth sees no cell come and go. */
    private static final double SLACK = 0.1;

    private final CellGrid grid;
    private final CellArea whole;
    private final double radius;

    Sight(Plan plan, CellGrid grid) {
        this.grid = grid;
        this.whole = CellArea.whole(grid);
        this.radius = plan.sight();
    }

    /**
     * What a player sees.
     *
     * @param body their actor; without one they see what they saw
     * @param before what they saw; the same object is given back if that is what they see now
     */
    CellArea of(@Nullable Body body, @Nullable CellArea before) {
        if (radius == Double.POSITIVE_INFINITY || body == null || !body.kind().hasPlace()) {
            return before == null ? whole : before;
        }
        double x = body.kind().x(body.row, 0);
        double y = body.kind().y(body.row, 0);
        CellArea old = before == null ? new CellArea(grid.column(x), grid.row(y), grid.column(x), grid.row(y)) : before;
        return CellArea.around(x, y, radius, radius * SLACK, grid, old);
    }

    /** Adds the cells that are seen and were not before. */
    void addNew(CellArea area, @Nullable CellArea before, BitSet cells) {
        int[] seen = new int[area.count()];
        area.copyCells(grid, seen);
        for (int cell : seen) {
            if (before == null || !before.contains(cell, grid)) {
                cells.set(cell);
            }
        }
    }
}
