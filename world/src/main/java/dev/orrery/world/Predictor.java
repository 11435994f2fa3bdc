package dev.orrery.world;

import dev.orrery.rules.Kind;
import dev.orrery.rules.Settings;
import dev.orrery.rules.Solo;

/**
 * What everyone predicts of an actor for the tick that has just been stepped: its own step from the end of the tick before, which the
 * world has taken already and is not taken again. Only where an entry had changed the actor before its step, a replica of that actor is
 * stepped as clients do. Owned by the world's thread.
 */
final class Predictor {
    private final Plan plan;
    private Settings settings = Settings.DEFAULT;

    Predictor(Plan plan) {
        this.plan = plan;
    }

    /** Under these settings the newest tick was stepped. */
    void begin(Settings inForce) {
        settings = inForce;
    }

    /** The row; not to be changed, and valid until the next tick. */
    int[] predicted(Body body) {
        if (!body.stepped) {
            return body.before;
        }
        if (body.meddled) {
            repredict(body);
        }
        return body.solo;
    }

    private void repredict(Body body) {
        body.kind().kind().write(stepReplica(body), body.solo, 0);
        body.meddled = false;
    }

    /** An actor as everyone has it after its own step in this tick, not snapped. */
    @SuppressWarnings({"unchecked", "rawtypes", "NullAway"}) // Plan.player ties actor, input and map together.
    Object stepReplica(Body body) {
        Kind<Object> kind = body.kind().kind();
        Object replica = kind.create();
        kind.read(body.before, 0, replica);
        InputKind input = body.kind().input();
        Object wanted = input == null ? null : input.kind().create();
        if (input != null && wanted != null) {
            input.kind().read(body.toldInput(), 0, wanted);
        }
        ((Solo) replica).step(wanted, plan.map(), settings);
        return replica;
    }
}
