package dev.orrery.world;

import dev.orrery.rules.Settings;
import java.util.Arrays;

/**
 * One thing that enters a world. The journal is the ordered list of all of them, tick by tick; a world is a pure
 * function of it.
 */
public sealed interface Entry {
    record Joined(String player, String name) implements Entry {}

    /**
     * A player came from another world, with the actor they had there; they are away until {@link Resumed}.
     *
     * @param kind of the actor; empty for a spectator
     * @param row of the actor, the entry's own
     */
    @SuppressWarnings("ArrayRecordComponent") // An entry is never compared; a row is its cheapest form.
    record Arrived(String player, String name, String kind, int[] row) implements Entry {
        @Override
        public String toString() {
            return "Arrived[player=" + player + ", name=" + name + ", kind=" + kind + ", row=" + Arrays.toString(row)
                    + "]";
        }
    }

    /** The player's connection is lost: their input is neutral, their actor stays. */
    record Dropped(String player) implements Entry {}

    /** The player has a new connection, whether they had lost the old one or not: their input begins neutral. */
    record Resumed(String player) implements Entry {}

    record Left(String player) implements Entry {}

    /**
     * The player's input changed and holds until it changes again.
     *
     * @param row the entry's own
     * @param viewLag how many ticks before this one the world was as the player saw it; see {@link World#seenBy}
     */
    @SuppressWarnings("ArrayRecordComponent") // As above.
    record Steered(String player, int[] row, int viewLag) implements Entry {
        @Override
        public String toString() {
            return "Steered[player=" + player + ", row=" + Arrays.toString(row) + ", viewLag=" + viewLag + "]";
        }
    }

    /** An operator, or another world, wants something. */
    record Commanded(Command command) implements Entry {}

    /** Other settings will hold from a later tick on. */
    record Retuned(Settings settings, long fromTick) implements Entry {}

    /**
     * An entry at which the game threw: the game never hears of it. Who joined or arrived by it was never there; who left by it
     * is gone, with their actor.
     */
    record Skipped(Entry omitted) implements Entry {}
}
