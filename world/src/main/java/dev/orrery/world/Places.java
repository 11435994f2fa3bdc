package dev.orrery.world;

import dev.orrery.rules.Grid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the actors of a world are, for questions of who is near. It is filled when the first question of a tick comes, so a
 * game that asks none pays nothing, not even memory. Owned by the world's thread.
 */
final class Places {
    /** Side of a cell, px: about the radius of a usual question. */
    private static final double CELL_SIZE = 100;

    /** A large plane gets larger cells, so that it costs no more than this many. */
    private static final double MAX_CELLS = 65_536;

    private static final int MIN_CAPACITY = 256;

    private final double width;
    private final double height;
    private final double cellSize;
    private @Nullable Grid grid;
    private int[] found = new int[0];
    private int[] row = new int[0];
    private boolean filled;

    Places(Plane plane) {
        width = plane.width();
        height = plane.height();
        cellSize = plane.cellSize(CELL_SIZE, MAX_CELLS);
    }

    /** Actors have moved, come or gone: what was known is void. */
    void forget() {
        filled = false;
    }

    /**
     * Slots of the actors within a radius of another, itself left out, in ascending order.
     *
     * @return how many of {@link #found} are meant
     */
    int near(List<@Nullable Body> bodies, int slot, double radius) {
        Grid places = filled && grid != null ? grid : fill(bodies);
        return places.holds(slot) ? places.near(slot, radius, found) : 0;
    }

    int[] found() {
        return found;
    }

    private Grid fill(List<@Nullable Body> bodies) {
        Grid places = grid;
        if (places == null || bodies.size() > places.capacity()) {
            int capacity = Math.max(MIN_CAPACITY, bodies.size() * 2);
            places = new Grid(width, height, cellSize, capacity);
            found = new int[capacity];
            grid = places;
        }
        places.clear();
        for (Body body : bodies) {
            if (body != null && body.kind().hasPlace()) {
                place(places, body);
            }
        }
        filled = true;
        return places;
    }

    /** By its fields as they are now, snapped. */
    private void place(Grid places, Body body) {
        ActorKind kind = body.kind();
        if (row.length < body.row.length) {
            row = new int[body.row.length];
        }
        kind.kind().write(body.actor(), row, 0);
        places.place(body.slot(), kind.x(row, 0), kind.y(row, 0));
    }
}
