package dev.orrery.world;

/**
 * One thing that enters a world. The journal is the ordered list of all of them, tick by tick; a world is a pure
 * function of it.
 */
public sealed interface Entry {
    /** The player it is of. */
    String player();

    record Joined(String player, String name) implements Entry {}

    record Left(String player) implements Entry {}

    /** The player's input changed and holds until it changes again. The row is the entry's own. */
    @SuppressWarnings("ArrayRecordComponent") // An entry is never compared; a row is its cheapest form.
    record Steered(String player, int[] row) implements Entry {}
}
