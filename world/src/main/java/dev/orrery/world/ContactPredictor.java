package dev.orrery.world;

import dev.orrery.rules.Contact;
import dev.orrery.rules.Settings;
import dev.orrery.wire.CellGrid;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What everyone predicts of contacts: actors of one kind that were in the same cell at the end of the tick before meet, in the order of
 * their slots, if they are near after their own steps. Whoever has a cell can compute that, whatever else they see. Contacts across cells
 * are no part of it. Computed with replicas, as the world's own actors have met others too. Owned by the world's thread.
 */
final class ContactPredictor {
    private final Plan plan;
    private final CellGrid grid;
    private final boolean any;
    private int[][] rows = new int[64][];
    private @Nullable Object[] replicas = new Object[64];
    private int[] met = new int[16];
    private int metCount;

    ContactPredictor(Plan plan, CellGrid grid) {
        this.plan = plan;
        this.grid = grid;
        this.any = plan.kinds().stream().anyMatch(ActorKind::meetsItself);
    }

    /**
     * Computes a tick.
     *
     * @param before who was in which cell
     * @param solo what everyone predicts of the own steps
     */
    void predict(Bodies bodies, Members before, Predictor solo, Settings settings) {
        if (!any) {
            return;
        }
        if (bodies.slots() > replicas.length) {
            replicas = Arrays.copyOf(replicas, 2 * bodies.slots());
            rows = Arrays.copyOf(rows, replicas.length);
        }
        Arrays.fill(replicas, null);
        for (int cell = 0; cell < grid.count(); cell++) {
            if (before.count(cell) > 1) {
                meet(cell, bodies, before, solo, settings);
            }
        }
    }

    /** The row after contacts; null if there were none. Not to be changed, and valid until the next tick. */
    int @Nullable [] rowOf(Body body) {
        return any && replicas[body.slot()] != null ? rows[body.slot()] : null;
    }

    private void meet(int cell, Bodies bodies, Members before, Predictor solo, Settings settings) {
        metCount = 0;
        int count = before.count(cell);
        for (int i = 0; i < count; i++) {
            Body body = bodies.find(before.id(cell, i));
            if (body == null || !body.stepped || !body.kind().meetsItself()) {
                continue;
            }
            for (int j = i + 1; j < count; j++) {
                Body other = bodies.find(before.id(cell, j));
                if (other != null
                        && other.stepped
                        && other.kind() == body.kind()
                        && body.kind().isNear(solo.predicted(body), solo.predicted(other))) {
                    contact(replica(body, solo), replica(other, solo), settings);
                }
            }
        }
        for (int i = 0; i < metCount; i++) {
            Body body = bodies.at(met[i]);
            Object replica = replicas[met[i]];
            if (body != null && replica != null) {
                write(body, replica);
            }
        }
    }

    private void write(Body body, Object replica) {
        int slot = body.slot();
        if (rows[slot] == null || rows[slot].length != body.row.length) {
            rows[slot] = new int[body.row.length];
        }
        body.kind().kind().write(replica, rows[slot], 0);
    }

    private Object replica(Body body, Predictor solo) {
        Object replica = replicas[body.slot()];
        if (replica == null) {
            replica = solo.stepReplica(body);
            replicas[body.slot()] = replica;
            if (metCount == met.length) {
                met = Arrays.copyOf(met, 2 * metCount);
            }
            met[metCount++] = body.slot();
        }
        return replica;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // A kind's other class is taken from its own declaration.
    private void contact(Object one, Object other, Settings settings) {
        ((Contact) one).contact(other, plan.map(), settings);
    }
}
