package dev.orrery.world;

import dev.orrery.rules.Digest;
import java.util.Arrays;
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
    /** What its own step made of it, snapped: what its player's client has predicted. Empty for a kind without a step. */
    final int[] solo;
    /** What steers it: as an object for the step, as a row for everything else. Empty for a kind without input. */
    final int[] inputRow;

    final @Nullable Object input;
    /** The input row with which its newest own step was taken; before the first, what steers it. */
    private final int[] stepInput;

    @Nullable
    Player player;
    /** Not yet in any frame. */
    boolean fresh = true;

    /** Whether its own step was taken in this tick. */
    boolean stepped;
    /** Whether something changed it in this tick before its own step. */
    boolean meddled;

    private boolean hashed;
    private boolean steered = true;
    private int rowLow;
    private int rowHigh;
    private int inputLow;
    private int inputHigh;
    private int visibleLow;
    private int visibleHigh;

    Body(int id, Object actor, ActorKind kind) {
        this.id = id;
        this.actor = actor;
        this.kind = kind;
        int length = kind.rowLength();
        row = new int[length];
        before = new int[length];
        solo = new int[kind.steps() ? length : 0];
        InputKind steering = kind.input();
        inputRow = steering == null ? new int[0] : steering.initial();
        input = steering == null ? null : steering.kind().create();
        stepInput = inputRow.clone();
    }

    int id() {
        return id;
    }

    int slot() {
        return Bodies.slotOf(id);
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
        steered = true;
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

    /** A tick begins. */
    void begin() {
        fresh = false;
        stepped = false;
        meddled = false;
    }

    /** Compares it with how it was at the end of the tick before. To be called before its own step. */
    void findMeddling() {
        if (!fresh && solo.length > 0) {
            kind.kind().write(actor, solo, 0);
            meddled = !Arrays.equals(solo, row);
        }
    }

    /** Its own step is about to be taken. */
    void beginSolo() {
        System.arraycopy(inputRow, 0, stepInput, 0, stepInput.length);
        stepped = true;
    }

    /** What clients are to step it with: with what it was stepped in this tick, or will be in the next if it was not. */
    int[] toldInput() {
        return stepped ? stepInput : inputRow;
    }

    /** Its own step is over: what comes now is not its own doing. */
    void endSolo() {
        kind.kind().write(actor, solo, 0);
    }

    /**
     * Whether this tick made something else of it than its own step from how it was at the end of the tick before, as far as everyone may see.
     * Never of one that was not stepped.
     */
    boolean isTouched() {
        return solo.length > 0 && !fresh && (meddled || !kind.codec().isSame(solo, row));
    }

    /** Snaps every field to its quantum; the row keeps them as ints. */
    void snap() {
        System.arraycopy(row, 0, before, 0, row.length);
        kind.kind().write(actor, row, 0);
        kind.kind().read(row, 0, actor);
    }

    /** Takes the state of a row as it stands, as at the end of a tick. */
    void restore(int[] newRow) {
        System.arraycopy(newRow, 0, row, 0, row.length);
        System.arraycopy(row, 0, before, 0, row.length);
        kind.kind().read(row, 0, actor);
        fresh = false;
    }

    /** Adds what it is now to the digest of the world and to that of its cell. An unchanged row is not read again. */
    void hash(Digest world, Digest cell, int[] scratch) {
        if (!hashed || !Arrays.equals(row, before)) {
            rowLow = Digest.low(id, kind.index(), row, 0, row.length);
            rowHigh = Digest.high(id, kind.index(), row, 0, row.length);
            int visible = kind.copyVisible(row, scratch);
            visibleLow = Digest.low(id, kind.index(), scratch, 0, visible);
            visibleHigh = Digest.high(id, kind.index(), scratch, 0, visible);
            hashed = true;
        }
        if (steered) {
            inputLow = Digest.low(id, ~kind.index(), inputRow, 0, inputRow.length);
            inputHigh = Digest.high(id, ~kind.index(), inputRow, 0, inputRow.length);
            steered = false;
        }
        world.add(rowLow, rowHigh);
        world.add(inputLow, inputHigh);
        cell.add(visibleLow, visibleHigh);
    }
}
