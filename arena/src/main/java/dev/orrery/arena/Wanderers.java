package dev.orrery.arena;

import dev.orrery.arena.rules.Drive;
import dev.orrery.arena.rules.Harbour;
import dev.orrery.arena.rules.Harbour.Berth;
import dev.orrery.arena.rules.Ship;
import dev.orrery.rules.DMath;
import dev.orrery.rules.Rand;
import dev.orrery.world.World;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ships that nobody steers. They cruise from berth to berth, leave everyone in peace who leaves them, and go for whoever has hit them: around
 * them, with shells and now and then the lance, until they forget it or have had enough.
 */
final class Wanderers {
    static final int COUNT = 6;

    /** How long one makes for the same berth, and how hard. */
    private static final int COURSE_TICKS = 60;

    private static final double CRUISE = 0.45;

    /** Whoever cruises looks where to so often: an input that changes in every tick is one that all clients must be told in every tick. */
    private static final int LOOKOUT_TICKS = 8;

    /** Bumps after which it thinks of another berth. */
    private static final int PATIENCE_BUMPS = 3;

    /** Within this distance of its berth it slows down, px. */
    private static final double BERTH_RADIUS = 120;

    /** It goes for foes within sight, keeps a distance, and runs when so little is left of it. */
    private static final double SIGHT = 700;

    private static final double DISTANCE = 180;
    private static final double RANGE = 420;
    private static final int FEARS_AT = 35;

    /** It fires when its bow points so near to where its foe will be, radians; every so many times of those that it could. */
    private static final double AIM = 0.2;

    private static final int GUN_HESITATION = 4;
    private static final int LANCE_HESITATION = 30;

    /** Ticks that it aims ahead of its foe. */
    private static final double FORESIGHT_TICKS = 3;

    private Wanderers() {}

    static void tick(World world) {
        for (Ship ship : world.all(Ship.class)) {
            if (world.playerOf(ship) == null && ship.hull > 0) {
                ship.angerMillis =
                        Math.max(0, ship.angerMillis - world.settings().tickRate());
                Ship foe = foe(world, ship);
                if (foe == null) {
                    boolean looks = Math.floorMod(world.tick() + ship.seed, LOOKOUT_TICKS) == 0;
                    if (looks) {
                        cruise(world, ship);
                    }
                } else {
                    fight(world, ship, foe);
                }
            }
        }
    }

    private static @Nullable Ship foe(World world, Ship ship) {
        Ship foe = ship.angerMillis == 0 ? null : world.get(Ship.class, ship.foe);
        boolean there = foe != null && foe.hull > 0 && DMath.hypot(foe.x - ship.x, foe.y - ship.y) < SIGHT;
        return there ? foe : null;
    }

    private static void fight(World world, Ship ship, Ship foe) {
        double dx = foe.x + foe.vx * FORESIGHT_TICKS - ship.x;
        double dy = foe.y + foe.vy * FORESIGHT_TICKS - ship.y;
        double distance = Math.max(1, DMath.hypot(dx, dy));
        double nx = dx / distance;
        double ny = dy / distance;
        Drive drive = new Drive();
        if (ship.hull <= FEARS_AT) {
            drive.x = -nx;
            drive.y = -ny;
        } else if (distance > DISTANCE) {
            drive.x = nx;
            drive.y = ny;
        } else { // around it, bow inwards
            drive.x = 0.6 * nx - 0.5 * ny;
            drive.y = 0.6 * ny + 0.5 * nx;
        }
        world.steer(ship, drive);
        double off = Math.abs(DMath.wrapAngle(DMath.atan2(dy, dx) - ship.heading));
        if (off < AIM && distance < RANGE && isInView(world, ship, nx, ny, distance)) {
            if (world.random(GUN_HESITATION) == 0) {
                Gunnery.fire(world, ship);
            } else if (world.random(LANCE_HESITATION) == 0) {
                Gunnery.lance(world, ship, world.past(world.tick() - 1));
            }
        }
    }

    private static boolean isInView(World world, Ship ship, double nx, double ny, double distance) {
        return world.map(Harbour.class).reach(ship.x, ship.y, nx, ny, distance) >= distance;
    }

    /** Makes for a berth that the ship's own seed names anew every few seconds, and whenever it has bumped its way. */
    private static void cruise(World world, Ship ship) {
        List<Berth> berths = world.map(Harbour.class).berths;
        int course = (int) ((world.tick() + Math.floorMod(ship.seed, COURSE_TICKS)) / COURSE_TICKS);
        int goalIndex = Rand.below(berths.size(), ship.seed, course + ship.bumps / PATIENCE_BUMPS, 0, 0);
        Berth goal = berths.get(goalIndex);
        double dx = goal.x() - ship.x;
        double dy = goal.y() - ship.y;
        double distance = Math.max(BERTH_RADIUS, DMath.hypot(dx, dy));
        Drive drive = new Drive();
        drive.x = CRUISE * dx / distance;
        drive.y = CRUISE * dy / distance;
        world.steer(ship, drive);
    }
}
