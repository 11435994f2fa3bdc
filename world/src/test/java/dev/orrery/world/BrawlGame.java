package dev.orrery.world;

/** The richest game of this module's tests: rewinding shots, computer players, timers, actors that come and go. Throws on order. */
final class BrawlGame implements Game {
    static final int WANDERERS = 4;

    /** A player of this name cannot join, one of the other cannot leave. */
    static final String UNWELCOME = "unwelcome";

    static final String CLINGING = "clinging";

    private final boolean throwsOnOrder;

    BrawlGame() {
        this(true);
    }

    /** @param throwsOnOrder whether the command {@code throw} does */
    BrawlGame(boolean throwsOnOrder) {
        this.throwsOnOrder = throwsOnOrder;
    }

    @Override
    public Plan plan() {
        return Plan.of("brawl", new Object())
                .single(Round.class)
                .player(Fighter.class, Jab.class)
                .mapView(out -> out.value("ring"));
    }

    @Override
    public void start(World world) {
        for (int i = 0; i < WANDERERS; i++) {
            place(world, world.spawn(new Fighter()));
        }
    }

    @Override
    public void join(World world, Player player) {
        place(world, player.control(world.spawn(new Fighter())));
        if (player.name().equals(UNWELCOME)) {
            throw new IllegalStateException("as the test wants");
        }
    }

    @Override
    public void leave(World world, Player player) {
        if (player.name().equals(CLINGING)) {
            throw new IllegalStateException("as the test wants");
        }
        world.despawn(player.actor());
    }

    @Override
    public void command(World world, Command command) {
        Round round = world.single(Round.class);
        round.ordered++;
        switch (command.name()) {
            case "throw" -> {
                if (throwsOnOrder) {
                    throw new IllegalStateException("as the test wants");
                }
            }
            case "fuse" -> round.fuse = 5;
            case "bomb" -> round.fuse = 1;
            case "overflow" -> command(world, command);
            case "away" ->
                world.players().stream()
                        .filter(player -> player.id().equals(command.body().text("")))
                        .findFirst()
                        .ifPresent(world::transfer);
            default -> {}
        }
    }

    @Override
    public void tick(World world) {
        Round round = world.single(Round.class);
        if (round.fuse > 0 && --round.fuse < 3) {
            throw new IllegalStateException("as the test wants, whatever enters");
        }
        for (Fighter fighter : world.all(Fighter.class)) {
            Player player = world.playerOf(fighter);
            if (player == null) {
                wander(world, fighter);
            } else {
                shoot(world, player, fighter, round);
            }
        }
        if (--round.ticksLeft == 0) {
            round.ticksLeft = 40 + world.random(20);
            replaceOne(world);
        }
    }

    private static void place(World world, Fighter fighter) {
        fighter.x = 200 + world.random(600);
        fighter.y = 200 + world.random(600);
    }

    private static void wander(World world, Fighter fighter) {
        Jab jab = new Jab();
        Fighter foe = world.get(Fighter.class, fighter.foe);
        if (foe != null && fighter.angryTicks > 0) {
            jab.dx = foe.x > fighter.x ? 0.5 : -0.5;
            jab.dy = foe.y > fighter.y ? 0.5 : -0.5;
        } else {
            jab.dx = world.random() * 2 - 1;
            jab.dy = world.random() * 2 - 1;
        }
        world.steer(fighter, jab);
    }

    /** To the right, at whoever was there when the shooter looked. */
    private static void shoot(World world, Player player, Fighter fighter, Round round) {
        int shots = player.input(Jab.class).shots;
        if (shots == fighter.shotsSeen) {
            return;
        }
        fighter.shotsSeen = shots;
        fighter.loaded = !fighter.loaded;
        for (Fighter hit :
                world.seenBy(player).ray(fighter.x, fighter.y, fighter.x + 400, fighter.y, 15, Fighter.class)) {
            if (hit != fighter) {
                round.hits++;
                hit.health = Math.max(0, hit.health - 30);
                hit.foe = world.ref(fighter);
                hit.angryTicks = 30;
                if (hit.health == 0) {
                    hit.health = 100;
                    place(world, hit);
                }
                return;
            }
        }
    }

    private static void replaceOne(World world) {
        for (Fighter fighter : world.all(Fighter.class)) {
            if (world.playerOf(fighter) == null) {
                world.despawn(fighter);
                place(world, world.spawn(new Fighter()));
                return;
            }
        }
    }
}
