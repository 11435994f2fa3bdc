package dev.orrery.world;

import dev.orrery.rules.Field;
import dev.orrery.wire.CellGrid;
import java.util.List;

/**
 * The plane in which the actors of a game have their places: from the origin to the farthest that their fields may hold.
 *
 * @param width px
 * @param height px
 */
record Plane(double width, double height) {
    private static final double LEAST = 100;

    static Plane of(List<ActorKind> kinds) {
        double right = LEAST;
        double bottom = LEAST;
        for (ActorKind kind : kinds) {
            for (Field field : kind.kind().table().fields()) {
                double max = field.max() * field.quantum();
                right = field.name().equals("x") ? Math.max(right, max) : right;
                bottom = field.name().equals("y") ? Math.max(bottom, max) : bottom;
            }
        }
        return new Plane(right, bottom);
    }

    /** Square cells of that side over it, or of a larger one, so that they are not more than so many. */
    CellGrid grid(double wished, double maxCells) {
        double size = cellSize(wished, maxCells);
        return new CellGrid(
                Math.max(1, (int) Math.ceil(width / size)), Math.max(1, (int) Math.ceil(height / size)), size);
    }

    /** The side of square cells, px: as wished, or larger, so that they are not more than so many. */
    double cellSize(double wished, double maxCells) {
        return Math.max(wished, Math.sqrt(width / maxCells * height));
    }
}
