package dev.orrery.arena.web;

import dev.orrery.arena.rules.Drive;
import dev.orrery.arena.rules.DriveKind;
import dev.orrery.arena.rules.Harbour;
import dev.orrery.arena.rules.Ship;
import dev.orrery.arena.rules.ShipKind;
import dev.orrery.rules.DMath;
import dev.orrery.rules.Digest;
import dev.orrery.rules.Grid;
import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import org.teavm.jso.JSExport;

/**
 * The proof that one rule set computes the same bits on every runtime: many steps of a ship under random inputs, and the
 * functions of {@link DMath} on random doubles of every magnitude, and queries of a {@link Grid}, folded into two lanes. The JVM, Node and browsers must
 * return the same text. A module of its own, never served to players.
 */
public final class Proof {
    private static final int DRIVE = 1;
    private static final int PLACE = 2;
    private static final int NUMBER = 3;

    private final Harbour harbour = new Harbour();
    private final ShipKind shipKind = new ShipKind();
    private final DriveKind driveKind = new DriveKind();
    private final Ship ship = new Ship();
    private final Drive drive = new Drive();
    private final int[] row = new int[shipKind.table().rowLength()];
    private final int[] driveRow = new int[driveKind.table().rowLength()];
    private final Grid grid = new Grid(Harbour.SIZE, Harbour.SIZE, 250, 100);
    private final int[] found = new int[100];
    private final Digest digest = new Digest();
    private final int[] bits = new int[2];
    private final int seed;
    private Settings settings = Settings.DEFAULT;

    private Proof(int seed) {
        this.seed = seed;
        ship.seed = seed;
    }

    /**
     * Takes {@code steps} steps.
     *
     * @return both lanes in hexadecimal and how often the ship hit something: {@code 0123abcd-4567cdef 890}
     */
    @JSExport
    public static String run(int seed, int steps) {
        Proof proof = new Proof(seed);
        int bumps = 0;
        for (int tick = 0; tick < steps; tick++) {
            int before = proof.ship.bumps;
            proof.step(tick);
            bumps += proof.ship.bumps - before;
        }
        return hex(proof.digest.low()) + "-" + hex(proof.digest.high()) + " " + bumps;
    }

    private void step(int tick) {
        if (tick % 1000 == 0) {
            respawn(tick);
        }
        if (tick % 8 == 0) {
            drive.x = Rand.signed(seed, tick, DRIVE, 0) * 1.5;
            drive.y = Rand.signed(seed, tick, DRIVE, 1) * 1.5;
            drive.boost = Rand.below(256, seed, tick, DRIVE, 2);
            driveKind.write(drive, driveRow, 0);
            driveKind.read(driveRow, 0, drive);
        }
        ship.step(drive, harbour, settings);
        shipKind.write(ship, row, 0);
        shipKind.read(row, 0, ship);
        digest.add(tick, 0, row, 0, row.length);
        functions(tick);
        neighbours(tick);
    }

    /** The ship leaves a mark where it was, the oldest of a hundred gives way, and now and then all queries are asked. */
    private void neighbours(int tick) {
        grid.place(tick % 100, ship.x, ship.y);
        if (tick % 16 == 0) {
            foldFound(tick, 9, grid.near(tick % 100, 300, found));
            foldFound(tick, 10, grid.ray(ship.x, ship.y, 1000 + ship.vx * 50, 1000 + ship.vy * 50, 40, found));
            foldFound(tick, 11, grid.box(ship.x - 400, ship.y - 50, ship.x + 70, ship.y + 500, found));
        }
    }

    private void foldFound(int tick, int query, int count) {
        digest.add(tick, query, found, 0, count);
    }

    /** Another place, now and then inside an obstacle, under other settings. */
    private void respawn(int tick) {
        ship.x = Rand.unit(seed, tick, PLACE, 0) * Harbour.SIZE;
        ship.y = Rand.unit(seed, tick, PLACE, 1) * Harbour.SIZE;
        ship.vx = Rand.signed(seed, tick, PLACE, 2) * 128;
        ship.vy = Rand.signed(seed, tick, PLACE, 3) * 128;
        int tickRate = 10 + Rand.below(200, seed, tick, PLACE, 4);
        settings = new Settings(tickRate, Rand.unit(seed, tick, PLACE, 5) * 20, 5, 0.1, 100, 5);
    }

    private void functions(int tick) {
        double a = number(tick, 0);
        double b = number(tick, 1);
        fold(tick, 1, DMath.sin(a));
        fold(tick, 2, DMath.cos(b));
        fold(tick, 3, DMath.atan2(a, b));
        fold(tick, 4, DMath.hypot(a, b));
        fold(tick, 5, DMath.wrapAngle(a));
        fold(tick, 6, DMath.clamp(a, -1, 1) / b);
        fold(tick, 7, DMath.toInt(a) + 0.5 * DMath.toInt(b));
        fold(tick, 8, DMath.div(DMath.toInt(a), DMath.toInt(b)) + DMath.mod(DMath.toInt(b), tick % 9));
    }

    /** Either sign, magnitudes from 2^-70 to 2^70, and now and then a zero of either sign or an infinity. */
    private double number(int tick, int salt) {
        double value = Rand.signed(seed, tick, NUMBER, salt);
        int exponent = Rand.below(141, seed, tick, NUMBER, salt + 2);
        if (exponent == 140) {
            return value > 0.5 ? 1 / 0.0 : value * 0.0;
        }
        for (int i = 70; i < exponent; i++) {
            value *= 2;
        }
        for (int i = exponent; i < 70; i++) {
            value *= 0.5;
        }
        return value;
    }

    /** The bits of a double, with all NaNs alike: which NaN an operation gives is nobody's promise. */
    private void fold(int tick, int function, double value) {
        long raw = Double.doubleToLongBits(value);
        bits[0] = (int) (raw >>> 32);
        bits[1] = (int) raw;
        digest.add(tick, function, bits, 0, 2);
    }

    private static String hex(int lane) {
        String digits = Integer.toHexString(lane);
        return "00000000".substring(digits.length()) + digits;
    }
}
