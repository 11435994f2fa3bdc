package dev.orrery.world;

import org.jspecify.annotations.Nullable;

/**
 * A player's place in an instance. It outlives their connections:
 *
 * <pre>
 *   AWAY   no connection: the actor waits, its input neutral   → HERE on {@link #take}, LEFT when the grace is over
 *   HERE   the newest connection plays                          → AWAY on {@link #drop}, HERE on {@link #take}
 *   LEFT   by wish, or the grace is over                        (final)
 * </pre>
 *
 * The transitions may be made by any thread, as flags, so none can get lost; the world's thread takes notice at its next
 * tick, and it alone ends the grace.
 */
public final class Seat {
    /** A client that was told to come here has this long, as the ticket says that it was given. */
    private static final int ARRIVAL_MILLIS = 30_000;

    private final String player;
    private final String name;

    /** Guarded by this. */
    private @Nullable Line line;

    /** Guarded by this. */
    private boolean left;

    // Owned by the world's thread: what the world knows already.
    private @Nullable Line known;
    private int[] journalled;
    private int awayMillis;
    private boolean played;
    private @Nullable Player found;

    /** What has become of a seat since the tick before. */
    enum News {
        NONE,
        STILL_AWAY,
        DROPPED,
        RESUMED,
        LEFT
    }

    Seat(String player, String name, int[] neutral) {
        this.player = player;
        this.name = name;
        this.journalled = neutral;
    }

    public String player() {
        return player;
    }

    public String name() {
        return name;
    }

    /** A connection plays from now on, and the one before does not any more. False if the player has left already. */
    public synchronized boolean take(Line newLine) {
        if (left) {
            return false;
        }
        line = newLine;
        return true;
    }

    /** A connection is lost. Nothing happens if a newer one plays. */
    public synchronized void drop(Line lost) {
        if (line == lost) {
            line = null;
        }
    }

    /** The player leaves at the next tick. */
    public synchronized void leave() {
        left = true;
    }

    public synchronized boolean hasLeft() {
        return left;
    }

    // ---- the world's thread ----

    /** What has become of it since the last call. */
    synchronized News follow() {
        if (left) {
            return News.LEFT;
        }
        if (line != known) {
            known = line;
            awayMillis = 0;
            played = true;
            return line == null ? News.DROPPED : News.RESUMED;
        }
        return line == null ? News.STILL_AWAY : News.NONE;
    }

    /**
     * Another stretch of time without a connection; true if the grace is over, and the player has left by that. Who has come from
     * another world and was never here yet has at least {@link #ARRIVAL_MILLIS}.
     */
    synchronized boolean absent(int millis, int graceMillis) {
        awayMillis += millis;
        int patienceMillis = played ? graceMillis : Math.max(graceMillis, ARRIVAL_MILLIS);
        if (awayMillis < patienceMillis || line != null) {
            return false;
        }
        left = true;
        return true;
    }

    /** Whether the player is gone before the world has admitted them; if so, they have left by that. */
    synchronized boolean isAbandoned() {
        left |= line == null;
        return left;
    }

    /** The connection that plays, as of the last {@link #follow}. */
    @Nullable
    Line known() {
        return known;
    }

    /** Who they are in the world; null if they are not there. Looked up once: every tick asks. */
    @Nullable
    Player in(World world) {
        Player inWorld = found;
        if (inWorld == null || inWorld.isGone()) {
            inWorld = world.player(player);
            found = inWorld;
        }
        return inWorld;
    }

    int[] journalled() {
        return journalled;
    }

    void journal(int[] row) {
        journalled = row;
    }
}
