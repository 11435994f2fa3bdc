package dev.orrery.bench;

import dev.orrery.world.Game;
import dev.orrery.world.Plan;
import dev.orrery.world.Player;
import dev.orrery.world.World;

/** A {@link Mover} for each player, somewhere. */
final class MoverGame implements Game {
    @Override
    public Plan plan() {
        return Plan.of("movers", new Object()).player(Mover.class, Heading.class);
    }

    @Override
    public void join(World world, Player player) {
        Mover mover = player.control(world.spawn(new Mover()));
        mover.x = world.random() * Mover.SIZE;
        mover.y = world.random() * Mover.SIZE;
    }

    @Override
    public void leave(World world, Player player) {
        world.despawn(player.actor());
    }
}
