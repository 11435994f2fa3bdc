package dev.orrery.world;

import dev.orrery.wire.CellGrid;
import java.util.Arrays;

/**
 * Who is in which cell, each cell's in the order of their slots: by their rank in it blocks speak of actors. Filled in two passes over
 * all actors. Owned by the world's thread.
 */
final class Members {
    /** Where each cell's begin; the last is the end of all. */
    private final int[] starts;

    private final int[] next;
    private int[] ids = new int[64];

    Members(CellGrid grid) {
        starts = new int[grid.count() + 1];
        next = new int[grid.count()];
    }

    void fill(Bodies bodies, CellGrid grid) {
        Arrays.fill(starts, 0);
        for (int slot = 1; slot < bodies.slots(); slot++) {
            Body body = bodies.at(slot);
            if (body != null) {
                starts[cellOf(body, grid) + 1]++;
            }
        }
        for (int cell = 0; cell < next.length; cell++) {
            starts[cell + 1] += starts[cell];
            next[cell] = starts[cell];
        }
        if (count() > ids.length) {
            ids = new int[2 * count()];
        }
        for (int slot = 1; slot < bodies.slots(); slot++) {
            Body body = bodies.at(slot);
            if (body != null) {
                ids[next[cellOf(body, grid)]++] = body.id();
            }
        }
    }

    /** The cell of an actor as its row has it. */
    static int cellOf(Body body, CellGrid grid) {
        ActorKind kind = body.kind();
        return kind.hasPlace() ? grid.of(kind.x(body.row, 0), kind.y(body.row, 0)) : grid.global();
    }

    void clear() {
        Arrays.fill(starts, 0);
    }

    private int count() {
        return starts[starts.length - 1];
    }

    int count(int cell) {
        return starts[cell + 1] - starts[cell];
    }

    /** The id of the actor of that rank in a cell. */
    int id(int cell, int rank) {
        return ids[starts[cell] + rank];
    }
}
