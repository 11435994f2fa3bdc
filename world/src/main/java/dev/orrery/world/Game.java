package dev.orrery.world;

/**
 * A game: what it consists of, and its logic on the server. Ordinary Java, but deterministic: all state stands in the
 * fields of actors; randomness comes from the world. One object serves all instances, so it keeps nothing itself.
 *
 * <p>All methods run on the world's thread.
 */
public interface Game {
    /** What the game consists of. Called once a server. */
    Plan plan();

    /** The world has just been made; it is empty. */
    default void start(World world) {}

    /** A player has joined; give them an actor with {@code player.control(world.spawn(…))}. */
    void join(World world, Player player);

    /**
     * A player has come from another world with {@link World#transfer}. Unless the game says otherwise, the actor they had
     * there goes on here, its fields as they were, but for references to other actors: those are 0.
     *
     * @param actor of the kind they had, not yet in this world
     */
    default void arrive(World world, Player player, Object actor) {
        player.control(world.spawn(actor));
    }

    /** A player has left, for good or for another world; usually {@code world.despawn(player.actor())}. */
    void leave(World world, Player player);

    /** An operator or another world wants something. What a game does not know, it ignores. */
    default void command(World world, Command command) {
        if (command.name().equals(Command.ANNOUNCE)) {
            world.say(command.body().get("text").text(""));
        }
    }

    /** Called every tick after all solo steps: interactions, scoring, AI. What it changes is snapped afterwards. */
    default void tick(World world) {}
}
