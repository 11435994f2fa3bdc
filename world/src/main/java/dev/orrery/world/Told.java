package dev.orrery.world;

import dev.orrery.wire.CellGrid;
import java.util.Arrays;

/** What all clients have been told, or may have been, of each slot. Owned by the world's thread. */
final class Told {
    private final CellGrid grid;
    private int[] ids = new int[64];
    private int[] cells = new int[64];
    private int[][] inputs = new int[64][];

    Told(CellGrid grid) {
        this.grid = grid;
    }

    /** Nobody has been told of anything. */
    void forget() {
        Arrays.fill(ids, 0);
    }

    /** Whether they were told of this actor, at the end of the tick before. */
    boolean isKnown(Body body) {
        return body.slot() < ids.length && ids[body.slot()] == body.id();
    }

    /** In which cell it was then. */
    int cell(int slot) {
        return cells[slot];
    }

    /** With what it was stepped then. Not to be changed. */
    int[] input(int slot) {
        return inputs[slot];
    }

    /** The tick is told. */
    void remember(Bodies bodies) {
        if (bodies.slots() > ids.length) {
            ids = Arrays.copyOf(ids, 2 * bodies.slots());
            cells = Arrays.copyOf(cells, ids.length);
            inputs = Arrays.copyOf(inputs, ids.length);
        }
        for (int slot = 1; slot < bodies.slots(); slot++) {
            Body body = bodies.at(slot);
            ids[slot] = body == null ? 0 : body.id();
            if (body != null) {
                cells[slot] = Members.cellOf(body, grid);
                int[] input = body.toldInput();
                if (inputs[slot] == null || inputs[slot].length != input.length) {
                    inputs[slot] = input.clone();
                } else {
                    System.arraycopy(input, 0, inputs[slot], 0, input.length);
                }
            }
        }
    }
}
