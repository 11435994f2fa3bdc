package dev.orrery.world;

/** The plainest game of this module's tests: a fighter for each player and no logic at all. */
final class FleetGame implements Game {
    @Override
    public Plan plan() {
        return Plan.of("fleet", new Object()).player(Fighter.class, Jab.class);
    }

    @Override
    public void join(World world, Player player) {
        Fighter fighter = player.control(world.spawn(new Fighter()));
        fighter.x = world.random(1000);
        fighter.y = world.random(1000);
    }

    @Override
    public void leave(World world, Player player) {
        world.despawn(player.actor());
    }
}
