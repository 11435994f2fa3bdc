package dev.orrery.world;

/**
 * A game: what it consists of, and its logic on the server. Ordinary Java, but deterministic: all state stands in the
 * fields of actors; randomness comes from the world. One object may serve many instances, so it keeps nothing itself.
 *
 * <p>All methods run on the world's thread.
 */
public interface Game {
    /** What the game consists of. Called once an instance. */
    Plan plan();

    /** The world has just been made; it is empty. */
    default void start(World world) {}

    /** A player has joined; give them an actor with {@code player.control(world.spawn(…))}. */
    void join(World world, Player player);

    /** A player has left; usually {@code world.despawn(player.actor())}. */
    void leave(World world, Player player);

    /** Called every tick after all solo steps: interactions, scoring, AI. What it changes is snapped afterwards. */
    default void tick(World world) {}
}
