package dev.orrery.world;

/** What an instance hears of its tick, on the world's thread. */
@FunctionalInterface
public interface TickListener {
    /** A player has left the world. */
    void left(Seat seat);

    /** The game threw at a player's coming: they are not in the world, and have left their seat by that. */
    default void refused(Seat seat) {
        left(seat);
    }

    /** The game threw; its world has returned to the end of the tick before. */
    default void failed(GameFailure failure) {}
}
