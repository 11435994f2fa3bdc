package dev.orrery.arena;

import dev.orrery.arena.rules.Drive;
import dev.orrery.arena.rules.Harbour;
import dev.orrery.arena.rules.Lanced;
import dev.orrery.arena.rules.Sank;
import dev.orrery.arena.rules.Shell;
import dev.orrery.arena.rules.Ship;
import dev.orrery.arena.rules.Struck;
import dev.orrery.rules.DMath;
import dev.orrery.world.Past;
import dev.orrery.world.Player;
import dev.orrery.world.World;
import org.jspecify.annotations.Nullable;

/** Guns, whose shells fly and hit what they meet, and lances, which hit at once what their pilot saw before the bow; and what both do. */
final class Gunnery {
    static final int SHIELD_MILLIS = 3_000;
    static final int GUN_MILLIS = 350;
    static final int LANCE_MILLIS = 1_600;
    static final int WRECK_MILLIS = 3_000;
    static final double LANCE_REACH = 420;

    private static final int SHELL_DAMAGE = 12;
    private static final int LANCE_DAMAGE = 30;
    private static final int HIT_SCORE = 1;
    private static final int SINK_SCORE = 10;
    private static final int MAX_SCORE = 9_999;

    /** How long a ship that nobody steers remembers who hit it. */
    private static final int ANGER_MILLIS = 8_000;

    /** From the middle of a ship to where its shells leave it, px. */
    private static final double MUZZLE = Ship.RADIUS + 4;

    private Gunnery() {}

    /** A tick of all that guns do. */
    static void tick(World world) {
        int millis = world.settings().tickRate();
        for (Ship ship : world.all(Ship.class)) {
            pass(world, ship, millis);
            Player player = world.playerOf(ship);
            if (player != null) {
                obey(world, player, ship);
            }
        }
        for (Shell shell : world.all(Shell.class)) {
            fly(world, shell);
        }
    }

    private static void pass(World world, Ship ship, int millis) {
        ship.gunMillis = Math.max(0, ship.gunMillis - millis);
        ship.lanceMillis = Math.max(0, ship.lanceMillis - millis);
        ship.shieldMillis = Math.max(0, ship.shieldMillis - millis);
        ship.shielded &= ship.shieldMillis > 0;
        if (ship.hull == 0) {
            ship.wreckMillis = Math.max(0, ship.wreckMillis - millis);
            if (ship.wreckMillis == 0) {
                Berths.moor(ship, Berths.quiet(world));
            }
        }
    }

    /** A press counts once, and one that came too early waits for nothing. */
    private static void obey(World world, Player player, Ship ship) {
        Drive drive = player.input(Drive.class);
        if (drive.fire != 0 && drive.fire != ship.fireSeen) {
            ship.fireSeen = drive.fire;
            fire(world, ship);
        }
        if (drive.lance != 0 && drive.lance != ship.lanceSeen) {
            ship.lanceSeen = drive.lance;
            lance(world, ship, world.seenBy(player));
        }
    }

    /** Fires a shell over the bow, if the guns are loaded. */
    static void fire(World world, Ship ship) {
        if (ship.hull == 0 || ship.gunMillis > 0) {
            return;
        }
        ship.gunMillis = GUN_MILLIS;
        ship.shielded = false;
        Shell shell = world.spawn(new Shell());
        shell.x = DMath.clamp(ship.x + MUZZLE * DMath.cos(ship.heading), 0, Harbour.SIZE);
        shell.y = DMath.clamp(ship.y + MUZZLE * DMath.sin(ship.heading), 0, Harbour.SIZE);
        shell.lastX = shell.x;
        shell.lastY = shell.y;
        shell.heading = ship.heading;
        shell.hue = ship.hue;
        shell.from = world.ref(ship);
    }

    /** Fires the lance along the bow, if it is loaded: at others as they were seen. */
    static void lance(World world, Ship ship, Past seen) {
        if (ship.hull == 0 || ship.lanceMillis > 0) {
            return;
        }
        ship.lanceMillis = LANCE_MILLIS;
        ship.shielded = false;
        double dx = DMath.cos(ship.heading);
        double dy = DMath.sin(ship.heading);
        double reach = world.map(Harbour.class).reach(ship.x, ship.y, dx, dy, LANCE_REACH);
        Ship hit = null;
        for (Ship other : seen.ray(ship.x, ship.y, ship.x + dx * reach, ship.y + dy * reach, Ship.RADIUS, Ship.class)) {
            if (other != ship && other.hull > 0) {
                hit = other;
                Ship then = seen.of(other);
                reach = then == null ? reach : DMath.hypot(then.x - ship.x, then.y - ship.y);
                break;
            }
        }
        Lanced lanced = new Lanced();
        lanced.ship = world.ref(ship);
        lanced.x = ship.x;
        lanced.y = ship.y;
        lanced.toX = ship.x + dx * reach;
        lanced.toY = ship.y + dy * reach;
        world.emit(lanced);
        if (hit != null) {
            hit(world, hit, ship, LANCE_DAMAGE);
        }
    }

    /** A shell hits the first ship that was near its way in this tick, but never the one that fired it. */
    private static void fly(World world, Shell shell) {
        Ship hit = null;
        double first = Double.MAX_VALUE;
        double way = DMath.hypot(shell.x - shell.lastX, shell.y - shell.lastY);
        for (Ship ship : world.near(shell, way + Ship.RADIUS, Ship.class)) {
            double along = along(shell, ship, way);
            boolean foe = world.ref(ship) != shell.from && ship.hull > 0;
            if (foe && along >= 0 && along < first) {
                first = along;
                hit = ship;
            }
        }
        if (hit != null) {
            hit(world, hit, world.get(Ship.class, shell.from), SHELL_DAMAGE);
        }
        if (hit != null || shell.millisLeft == 0) {
            world.despawn(shell);
        }
        shell.lastX = shell.x;
        shell.lastY = shell.y;
    }

    /** How far on its way of this tick a shell came by a ship; -1 if it did not. */
    private static double along(Shell shell, Ship ship, double way) {
        double dx = way == 0 ? 0 : (shell.x - shell.lastX) / way;
        double dy = way == 0 ? 0 : (shell.y - shell.lastY) / way;
        double ox = ship.x - shell.lastX;
        double oy = ship.y - shell.lastY;
        double along = DMath.clamp(ox * dx + oy * dy, 0, way);
        return DMath.hypot(ox - along * dx, oy - along * dy) <= Ship.RADIUS ? along : -1;
    }

    private static void hit(World world, Ship hit, @Nullable Ship by, int damage) {
        if (hit.shielded) {
            return;
        }
        hit.hull = Math.max(0, hit.hull - damage);
        boolean sunk = hit.hull == 0;
        int byRef = by == null ? 0 : world.ref(by);
        if (by != null) {
            by.score = Math.min(MAX_SCORE, by.score + HIT_SCORE + (sunk ? SINK_SCORE : 0));
            hit.foe = byRef;
            hit.angerMillis = ANGER_MILLIS;
        }
        Struck struck = new Struck();
        struck.ship = world.ref(hit);
        struck.by = byRef;
        struck.damage = damage;
        world.emit(struck);
        if (sunk) {
            hit.wreckMillis = WRECK_MILLIS;
            Sank sank = new Sank();
            sank.ship = world.ref(hit);
            sank.by = byRef;
            world.emit(sank);
        }
    }
}
