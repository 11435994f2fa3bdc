package dev.orrery.testkit;

import dev.orrery.rules.DMath;
import dev.orrery.world.Command;
import dev.orrery.world.Game;
import dev.orrery.world.Plan;
import dev.orrery.world.Player;
import dev.orrery.world.World;

/** The game of this module's tests: contacts, shots into the past and bolts that fly, wanderers, timers, actors that come and go. */
class DuelGame implements Game {
    static final int WANDERERS = 4;
    private static final int DAMAGE = 30;
    private static final int OUT_TICKS = 20;

    @Override
    public Plan plan() {
        return Plan.of("duel", new Object()).player(Duelist.class, Aim.class).actor(Bolt.class);
    }

    @Override
    public void start(World world) {
        for (int i = 0; i < WANDERERS; i++) {
            place(world, world.spawn(new Duelist()));
        }
    }

    @Override
    public void join(World world, Player player) {
        place(world, player.control(world.spawn(new Duelist())));
    }

    @Override
    public void leave(World world, Player player) {
        world.despawn(player.actor());
    }

    @Override
    public void command(World world, Command command) {
        switch (command.name()) {
            case "shuffle" -> world.all(Duelist.class).forEach(duelist -> place(world, duelist));
            case "away" -> world.players().stream().findFirst().ifPresent(world::transfer);
            case "throw" -> throw new IllegalStateException("as the test wants");
            default -> {}
        }
    }

    @Override
    public void tick(World world) {
        for (Duelist duelist : world.all(Duelist.class)) {
            Player player = world.playerOf(duelist);
            if (player != null) {
                shoot(world, player, duelist);
            } else if (world.tick() % 3 == 0) {
                wander(world, duelist);
            }
        }
        for (Bolt bolt : world.all(Bolt.class)) {
            fly(world, bolt);
        }
    }

    static void place(World world, Duelist duelist) {
        duelist.x = world.random(1_000);
        duelist.y = world.random(1_000);
    }

    /** To the right at once, at who was there as the player saw it; and a bolt to the left. */
    private static void shoot(World world, Player player, Duelist duelist) {
        int shots = player.input(Aim.class).shots;
        if (shots == 0 || shots == duelist.shotsSeen || duelist.outTicks > 0) {
            return;
        }
        duelist.shotsSeen = shots;
        for (Duelist hit :
                world.seenBy(player).ray(duelist.x, duelist.y, duelist.x + 300, duelist.y, 12, Duelist.class)) {
            if (hit != duelist) {
                hit(world, hit, duelist);
                break;
            }
        }
        Bolt bolt = world.spawn(new Bolt());
        bolt.x = duelist.x;
        bolt.y = duelist.y;
        bolt.vx = -40;
        bolt.vy = world.random(9) - 4;
        bolt.from = world.ref(duelist);
    }

    private static void fly(World world, Bolt bolt) {
        for (Duelist near : world.near(bolt, 15, Duelist.class)) {
            if (world.ref(near) != bolt.from && near.outTicks == 0) {
                hit(world, near, world.get(Duelist.class, bolt.from));
                world.despawn(bolt);
                return;
            }
        }
        if (bolt.ticksLeft <= 0) {
            world.despawn(bolt);
        }
    }

    private static void hit(World world, Duelist hit, @org.jspecify.annotations.Nullable Duelist by) {
        hit.health = Math.max(0, hit.health - DAMAGE);
        if (by != null) {
            hit.foe = world.ref(by);
            by.score++;
        }
        if (hit.health == 0) {
            hit.health = 100;
            hit.outTicks = OUT_TICKS;
            place(world, hit);
        }
    }

    private static void wander(World world, Duelist duelist) {
        Duelist foe = world.get(Duelist.class, duelist.foe);
        if (foe == null) {
            world.steer(duelist, Aim.towards(world.random() * 2 - 1, world.random() * 2 - 1));
        } else {
            double distance = Math.max(1, DMath.hypot(foe.x - duelist.x, foe.y - duelist.y));
            world.steer(duelist, Aim.towards((foe.x - duelist.x) / distance, (foe.y - duelist.y) / distance));
        }
    }
}
