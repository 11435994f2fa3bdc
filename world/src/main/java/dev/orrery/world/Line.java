package dev.orrery.world;

import dev.orrery.wire.EncodedPacket;
import java.util.List;

/**
 * What one connection of a player and their world tell each other. The connection's thread writes inputs and wishes, the
 * world's thread answers; nothing here waits. A player who reconnects gets a new one: what was on its way on the old one is
 * void.
 */
public final class Line {
    private final String session;
    private final InputWindow window;

    /** Owned by the world's thread: whether an input is to be answered. */
    private boolean answerDue;

    private volatile boolean stateWanted = true;
    private volatile List<EncodedPacket> greeting = List.of();

    Line(String session, InputWindow window) {
        this.session = session;
        this.window = window;
    }

    public InputWindow window() {
        return window;
    }

    /** Asks for everything: one of the next frame sets will hold the full state. */
    public void wantState() {
        stateWanted = true;
    }

    /** What greets this connection, {@code welcome} first; empty until the world has taken notice of it. */
    public List<EncodedPacket> greeting() {
        return greeting;
    }

    /** The secret with which this connection's player may come back. */
    String session() {
        return session;
    }

    boolean takeStateWish() {
        boolean wanted = stateWanted;
        if (wanted) {
            stateWanted = false;
        }
        return wanted;
    }

    void answer() {
        answerDue = true;
    }

    boolean takeAnswer() {
        boolean due = answerDue;
        answerDue = false;
        return due;
    }

    void greet(List<EncodedPacket> packets) {
        greeting = packets;
    }
}
