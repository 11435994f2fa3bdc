package dev.orrery.world;

import dev.orrery.wire.EncodedPacket;
import org.jspecify.annotations.Nullable;

/**
 * A connected player's place in an instance: what their connection and the world tell each other. The connection's thread
 * writes inputs and wishes, the world's thread answers; nothing here waits.
 */
public final class Seat {
    private final String player;
    private final String name;
    private final InputWindow window;

    /** Owned by the world's thread: the input that its world holds for this player, and whether one is to be answered. */
    private int[] journalled;

    private boolean answerDue;
    private volatile boolean left;
    private volatile boolean stateWanted = true;
    private volatile @Nullable EncodedPacket welcome;

    Seat(String player, String name, InputWindow window) {
        this.player = player;
        this.name = name;
        this.window = window;
        this.journalled = window.row().clone();
    }

    public String player() {
        return player;
    }

    public String name() {
        return name;
    }

    public InputWindow window() {
        return window;
    }

    /** The connection is gone: the player leaves at the next tick. */
    public void leave() {
        left = true;
    }

    /** Asks for everything: one of the next frame sets will hold the full state. */
    public void wantState() {
        stateWanted = true;
    }

    /** The packet that greets this player; null until the world has admitted them. */
    public @Nullable EncodedPacket welcome() {
        return welcome;
    }

    boolean hasLeft() {
        return left;
    }

    boolean takeStateWish() {
        boolean wanted = stateWanted;
        if (wanted) {
            stateWanted = false;
        }
        return wanted;
    }

    int[] journalled() {
        return journalled;
    }

    void journal(int[] row) {
        journalled = row;
    }

    void answer() {
        answerDue = true;
    }

    boolean takeAnswer() {
        boolean due = answerDue;
        answerDue = false;
        return due;
    }

    void greet(EncodedPacket packet) {
        welcome = packet;
    }
}
