package dev.orrery.world;

import org.jspecify.annotations.Nullable;

/** What a world keeps of one actor beside the object itself. Owned by the world's thread. */
final class Body {
    private final int id;
    private final Object actor;
    private final ActorKind kind;
    /** The snapped fields at the end of the newest tick. */
    final int[] row;
    /** The same at the end of the tick before: what clients hold. */
    final int[] before;
    /** What steers it: as an object for the step, as a row for everything else. Empty for a kind without input. */
    final int[] inputRow;

    final @Nullable Object input;

    @Nullable
    Player player;
    /** Not yet in any frame. */
    boolean fresh = true;

    Body(int id, Object actor, ActorKind kind) {
        this.id = id;
        this.actor = actor;
        this.kind = kind;
        int length = kind.kind().table().rowLength();
        row = new int[length];
        before = new int[length];
        InputKind steering = kind.input();
        inputRow = steering == null ? new int[0] : steering.initial();
        input = steering == null ? null : steering.kind().create();
    }

    int id() {
        return id;
    }

    int slot() {
        return World.slotOf(id);
    }

    Object actor() {
        return actor;
    }

    ActorKind kind() {
        return kind;
    }

    /** Sets what steers the actor. */
    void steer(int[] newInput) {
        System.arraycopy(newInput, 0, inputRow, 0, inputRow.length);
        InputKind steering = kind.input();
        if (steering != null && input != null) {
            steering.kind().read(inputRow, 0, input);
        }
    }

    /** Lets go of what steers the actor. */
    void steerNeutral() {
        InputKind steering = kind.input();
        if (steering != null) {
            steer(steering.initial());
        }
    }

    /** Snaps every field to its quantum; the row keeps them as ints. */
    void snap() {
        System.arraycopy(row, 0, before, 0, row.length);
        kind.kind().write(actor, row, 0);
        kind.kind().read(row, 0, actor);
    }
}
