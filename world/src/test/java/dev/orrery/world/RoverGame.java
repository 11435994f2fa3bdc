package dev.orrery.world;

/** The game of tests of frames: everything that a block can tell of happens in it. */
final class RoverGame implements Game {
    static final int WANDERERS = 30;
    private static final int CRATES = 20;
    private static final double FULL = 40;

    @Override
    public Plan plan() {
        return Plan.of("rovers", new Object())
                .player(Rover.class, Wheel.class)
                .actor(Rocket.class)
                .actor(Crate.class)
                .single(Round.class);
    }

    @Override
    public void start(World world) {
        for (int i = 0; i < WANDERERS; i++) {
            place(world, world.spawn(new Rover()));
        }
        for (int i = 0; i < CRATES; i++) {
            toss(world, world.spawn(new Crate()));
        }
    }

    private static void place(World world, Rover rover) {
        rover.x = world.random() * Rover.SIZE;
        rover.y = world.random() * Rover.SIZE;
    }

    private static void toss(World world, Crate crate) {
        crate.x = world.random(3_000);
        crate.y = world.random(3_000);
        crate.colour = world.random(8);
    }

    @Override
    public void join(World world, Player player) {
        place(world, player.control(world.spawn(new Rover())));
    }

    @Override
    public void leave(World world, Player player) {
        world.despawn(player.actor());
    }

    /** Changes actors before their own steps: everyone's armour, and where the first of them is. */
    @Override
    public void command(World world, Command command) {
        for (Rover rover : world.all(Rover.class)) {
            rover.armour = Math.max(0, rover.armour - 1);
            rover.vx = -rover.vx;
        }
        place(world, world.all(Rover.class).getFirst());
    }

    @Override
    public void tick(World world) {
        for (Rover rover : world.all(Rover.class)) {
            rover.odometer++;
            rover.fuel = world.random(100);
            if (world.playerOf(rover) == null && world.random(10) == 0) {
                Wheel wheel = new Wheel();
                wheel.dx = world.random(3) - 1;
                wheel.dy = world.random() * 2 - 1;
                wheel.horn = world.random(4);
                world.steer(rover, wheel);
            }
            if (world.random(60) == 0) {
                launch(world, rover);
            }
        }
        for (Rocket rocket : world.all(Rocket.class)) {
            if (rocket.ticksLeft <= 0) {
                world.despawn(rocket);
            }
        }
        if (world.random(5) == 0) {
            toss(world, world.all(Crate.class).getFirst());
            world.single(Round.class).hits++;
        }
        if (world.random(30) == 0) {
            world.despawn(world.all(Crate.class).getLast());
            toss(world, world.spawn(new Crate()));
        }
    }

    private static void launch(World world, Rover rover) {
        Rocket rocket = world.spawn(new Rocket());
        rocket.x = rover.x;
        rocket.y = rover.y;
        rocket.vx = (world.random() * 2 - 1) * FULL;
        rocket.vy = (world.random() * 2 - 1) * FULL;
        rover.target = world.ref(rocket);
    }
}
