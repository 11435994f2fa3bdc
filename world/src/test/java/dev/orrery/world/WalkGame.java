package dev.orrery.world;

/** The game of this module's tests: one walker for each player, one that wanders at random, and a little logic. */
final class WalkGame implements Game {
    /** At this tick the game's logic throws; 0 for never. */
    private final long failsAtTick;

    WalkGame() {
        this(0);
    }

    WalkGame(long failsAtTick) {
        this.failsAtTick = failsAtTick;
    }

    @Override
    public Plan plan() {
        return Plan.of("walk", new Object()).player(Walker.class, Walk.class);
    }

    @Override
    public void start(World world) {
        world.spawn(new Walker()).x = 900;
    }

    @Override
    public void join(World world, Player player) {
        player.control(world.spawn(new Walker())).x = 100 + world.random(500);
    }

    @Override
    public void leave(World world, Player player) {
        world.despawn(player.actor());
    }

    @Override
    public void tick(World world) {
        if (world.tick() == failsAtTick) {
            throw new IllegalStateException("as the test wants");
        }
        for (Walker walker : world.all(Walker.class)) {
            walker.crowded = world.all(Walker.class).size() > 2;
            if (world.playerOf(walker) == null) {
                Walk aimless = new Walk();
                aimless.dx = world.random() - 0.5;
                world.steer(walker, aimless);
            }
        }
    }
}
