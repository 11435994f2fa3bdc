package dev.orrery.world;

import org.jspecify.annotations.Nullable;

/** Who plays in a world, and the one actor they control. Owned by the world's thread. */
public final class Player {
    private final String id;
    private final String name;
    private final World world;
    private int[] input;
    private @Nullable Body body;
    private boolean away;

    Player(String id, String name, World world) {
        this.id = id;
        this.name = name;
        this.world = world;
        this.input = world.plan().playerInput().initial();
    }

    /** As the ticket names them, unique in the instance. A guest gets a new one with every join. */
    public String id() {
        return id;
    }

    /** To be shown; at most 24 characters, not unique. */
    public String name() {
        return name;
    }

    /** Whether their connection is lost. Their input is neutral meanwhile, and they may come back at any time. */
    public boolean isAway() {
        return away;
    }

    /**
     * Gives an actor of this world to this player, whose input steers it from the same tick on; what they held goes on. All
     * players are told. The actor they had, if any, is left without input.
     *
     * @return the actor
     */
    public <A> A control(A actor) {
        Body controlled = world.body(actor);
        if (controlled.kind().input() == null) {
            throw new IllegalArgumentException("kind " + controlled.kind().name() + " takes no input");
        }
        if (controlled.player != null && controlled.player != this) {
            throw new IllegalStateException("actor " + controlled.id() + " is controlled by another player");
        }
        release();
        body = controlled;
        controlled.player = this;
        controlled.steer(input);
        world.directoryChanged(this);
        return actor;
    }

    /** The actor this player controls; null for a spectator. */
    public @Nullable Object actor() {
        return body == null ? null : body.actor();
    }

    @Nullable
    Body body() {
        return body;
    }

    /** What the player wants, with or without an actor. */
    void wants(int[] row) {
        input = row;
        if (body != null) {
            body.steer(row);
        }
    }

    /** The connection was lost, or there is a new one: what was held is let go. All players are told. */
    void away(boolean isAway) {
        away = isAway;
        wants(world.plan().playerInput().initial());
        world.directoryChanged(this);
    }

    /** Gives up the actor, which is steered by nobody from now on. */
    void release() {
        if (body != null) {
            body.player = null;
            body.steerNeutral();
            body = null;
            world.directoryChanged(this);
        }
    }
}
