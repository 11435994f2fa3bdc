package dev.orrery.world;

/**
 * What a world wants done outside of itself. A replica computes the same effects, but only the authority performs them, in
 * the order of (tick, number within the tick).
 */
public sealed interface Effect {
    /**
     * A command for other worlds of the same game.
     *
     * @param to id of an instance, or {@link World#OTHERS}
     */
    record Send(String to, Command command) implements Effect {}

    /**
     * A player has left this world for another one; if no other takes them, they come back to this one.
     *
     * @param kind of the actor that goes with them; empty for a spectator
     * @param row of that actor; must not be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared; a row is its cheapest form.
    record Transfer(String player, String name, String kind, int[] row) implements Effect {}
}
