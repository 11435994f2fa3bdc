package dev.orrery.bench;

import dev.orrery.world.Game;
import dev.orrery.world.Plan;
import dev.orrery.world.Player;
import dev.orrery.world.World;

/** A {@link Rambler} for each player, somewhere in a part of the world; players see what is around them. */
final class RamblerGame implements Game {
    private final double extent;
    private final double sight;

    /**
     * @param extent side of the square in which they are, px
     * @param sight px
     */
    RamblerGame(double extent, double sight) {
        this.extent = extent;
        this.sight = sight;
    }

    @Override
    public Plan plan() {
        return Plan.of("ramblers", new Object())
                .player(Rambler.class, Heading.class)
                .sight(sight);
    }

    @Override
    public void join(World world, Player player) {
        Rambler rambler = player.control(world.spawn(new Rambler()));
        rambler.x = world.random() * extent;
        rambler.y = world.random() * extent;
    }

    @Override
    public void leave(World world, Player player) {
        world.despawn(player.actor());
    }

    /** Who gets to the edge turns up at the other side: all stay where they are meant to be, as dense as they were. */
    @Override
    public void tick(World world) {
        for (Rambler rambler : world.all(Rambler.class)) {
            rambler.x = around(rambler.x);
            rambler.y = around(rambler.y);
        }
    }

    private double around(double place) {
        return place > extent - 1 ? 2 : place < 1 ? extent - 2 : place;
    }
}
