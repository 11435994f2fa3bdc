package dev.orrery.cli;

import dev.orrery.world.Game;
import dev.orrery.world.Plan;
import dev.orrery.world.Player;
import dev.orrery.world.World;

/** The game of this module's tests: as little of one as there can be. */
public final class QuietGame implements Game {
    @Override
    public Plan plan() {
        return Plan.of("quiet", new Object()).player(Guest.class, Wish.class);
    }

    @Override
    public void join(World world, Player player) {
        player.control(world.spawn(new Guest()));
    }

    @Override
    public void leave(World world, Player player) {
        world.despawn(player.actor());
    }

    public static void main(String[] args) {
        Orrery.main(args, new QuietGame());
    }
}
