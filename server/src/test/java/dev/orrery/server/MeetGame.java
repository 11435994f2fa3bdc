package dev.orrery.server;

import dev.orrery.world.Game;
import dev.orrery.world.Plan;
import dev.orrery.world.Player;
import dev.orrery.world.World;

/** The game of this module's tests: an actor for each player, and nothing else. */
final class MeetGame implements Game {
    @Override
    public Plan plan() {
        return Plan.of("meet", new Object()).player(Guest.class, Wish.class);
    }

    @Override
    public void join(World world, Player player) {
        player.control(world.spawn(new Guest()));
    }

    @Override
    public void leave(World world, Player player) {
        world.despawn(player.actor());
    }
}
