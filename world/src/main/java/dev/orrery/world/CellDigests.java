package dev.orrery.world;

import dev.orrery.rules.Digest;
import org.jspecify.annotations.Nullable;

/**
 * A digest for every cell of the interest grid over what everyone may see of the actors in it, and one for the actors that have
 * no place. Owned by the world's thread.
 */
final class CellDigests {
    /** Side of a cell, px. */
    private static final double CELL_SIZE = 500;

    private static final double MAX_CELLS = 65_536;

    private final double cellSize;
    private final int columns;
    private final int rows;
    /** Row by row; the last is of the global cell. Made when an actor first comes to the cell. */
    private final @Nullable Digest[] digests;

    CellDigests(Plane plane) {
        cellSize = plane.cellSize(CELL_SIZE, MAX_CELLS);
        columns = (int) Math.ceil(plane.width() / cellSize);
        rows = (int) Math.ceil(plane.height() / cellSize);
        digests = new Digest[columns * rows + 1];
    }

    void clear() {
        for (Digest digest : digests) {
            if (digest != null) {
                digest.clear();
            }
        }
    }

    int count() {
        return digests.length;
    }

    /** The cell of an actor as its row has it; the last one if it has no place. */
    int cellOf(Body body) {
        ActorKind kind = body.kind();
        if (!kind.hasPlace()) {
            return digests.length - 1;
        }
        int column = Math.clamp((long) Math.floor(kind.x(body.row, 0) / cellSize), 0, columns - 1);
        int row = Math.clamp((long) Math.floor(kind.y(body.row, 0) / cellSize), 0, rows - 1);
        return row * columns + column;
    }

    Digest of(int cell) {
        Digest digest = digests[cell];
        if (digest == null) {
            digest = new Digest();
            digests[cell] = digest;
        }
        return digest;
    }
}
