package dev.orrery.world;

import dev.orrery.wire.CellArea;
import dev.orrery.wire.EncodedPacket;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

    /** What its player may know of their own actor alone, as of the newest tick. */
    private volatile @Nullable OwnRow own;

    private volatile Speech speech = Speech.EVENTS;
    private volatile boolean stateWanted = true;
    /** Handed from thread to thread, and never changed by then. */
    private volatile @Nullable BitSet wanted;

    private volatile @Nullable CellArea area;
    private volatile int home;
    private volatile List<EncodedPacket> greeting = List.of();

    /** How a client wants to be told of the world. */
    public enum Speech {
        /** As JSON events. */
        EVENTS,
        /** Not yet: it will want frames. */
        NOTHING,
        /** In frames, of the cells that its player sees. */
        FRAMES
    }

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

    /** Says how the client is to be told of the world from now on. */
    public void speak(Speech newSpeech) {
        speech = newSpeech;
    }

    public Speech speech() {
        return speech;
    }

    /** Asks for cells in full, see {@link FrameComposer#addWanted}: blocks of one of the next ticks will hold them. */
    public void want(BitSet cells) {
        wanted = cells;
    }

    /** What the player sees, for who is told in frames; null until the world has taken notice of that. */
    public @Nullable CellArea area() {
        return area;
    }

    /** What greets this connection, {@code welcome} first; empty until the world has taken notice of it. */
    public List<EncodedPacket> greeting() {
        return greeting;
    }

    /** The secret with which this connection's player may come back. */
    String session() {
        return session;
    }

    /** Adds what is wanted in full, and forgets it. */
    void takeWanted(BitSet all) {
        BitSet cells = wanted;
        if (cells != null) {
            wanted = null;
            all.or(cells);
        }
    }

    /** The cell of the player's actor, for who is told in frames. */
    public int home() {
        return home;
    }

    /** What its player may know of their own actor alone; for who has lost the ticks that told of it. */
    public @Nullable OwnRow own() {
        return own;
    }

    void see(CellArea newArea) {
        area = newArea;
    }

    void stand(int cell) {
        if (cell != home) {
            home = cell;
        }
    }

    /** Takes what the player may know of their own actor alone; whether that is something else than before. */
    boolean learn(OwnRow newOwn) {
        boolean news = !newOwn.equals(own);
        own = newOwn;
        return news;
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
