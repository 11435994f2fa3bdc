package dev.orrery.arena;

import dev.orrery.arena.rules.Harbour;
import dev.orrery.arena.rules.Harbour.Berth;
import dev.orrery.arena.rules.Ship;
import dev.orrery.rules.DMath;
import dev.orrery.world.Player;
import dev.orrery.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Where ships begin: quiet places for those who are alone, and places near others for who joins them. */
final class Berths {
    private static final int HUES = 8;

    /** A berth with a ship nearer than this is taken, px. */
    private static final double CLEARANCE = 120;

    /** How far from land a ship anchors, px; and how many places are looked at. */
    private static final double SHORE_CLEARANCE = 60;

    private static final int ANCHORAGES_TRIED = 40;

    /** Farther than any two places of the harbour are apart, px. */
    private static final double FAR = 2 * Harbour.SIZE;

    private Berths() {}

    /** A new ship, whole and for a while unharmed, in a colour that few have. */
    static void launch(World world, Ship ship, Berth berth) {
        moor(ship, berth);
        ship.hue = rarestHue(world, ship);
        ship.seed = world.random(Integer.MAX_VALUE);
    }

    /** At rest, its bow to the middle of the harbour. */
    static void moor(Ship ship, Berth berth) {
        ship.x = berth.x();
        ship.y = berth.y();
        ship.vx = 0;
        ship.vy = 0;
        ship.heading = DMath.atan2(Harbour.SIZE / 2 - ship.y, Harbour.SIZE / 2 - ship.x);
        ship.hull = Ship.WHOLE;
        ship.shielded = true;
        ship.shieldMillis = Gunnery.SHIELD_MILLIS;
    }

    /** The berth farthest from all ships: wanderers spread out, and the first player has room. */
    static Berth quiet(World world) {
        List<Ship> ships = world.all(Ship.class);
        return best(world, berth -> distance(berth, ships));
    }

    /** The free berth nearest to other players, so that they see one another; a quiet one if there are none. */
    static Berth sociable(World world, Player newcomer) {
        List<Ship> ships = world.all(Ship.class);
        List<Ship> company = new ArrayList<>();
        for (Ship ship : ships) {
            Player player = world.playerOf(ship);
            if (player != null && player != newcomer) {
                company.add(ship);
            }
        }
        if (company.isEmpty()) {
            return quiet(world);
        }
        Berth berth = best(world, free -> (distance(free, ships) < CLEARANCE ? -FAR : 0) - distance(free, company));
        return distance(berth, ships) < CLEARANCE ? anchorage(world, ships) : berth;
    }

    /** Where all berths are taken: some free place, or in a harbour that is full of ships, the freest of those tried. */
    private static Berth anchorage(World world, List<Ship> ships) {
        Harbour harbour = world.map(Harbour.class);
        Berth best = harbour.berths.getFirst();
        for (int i = 0; i < ANCHORAGES_TRIED && distance(best, ships) < CLEARANCE; i++) {
            Berth place = new Berth(world.random() * Harbour.SIZE, world.random() * Harbour.SIZE);
            boolean freer = distance(place, ships) > distance(best, ships);
            best = freer && harbour.isOpen(place, SHORE_CLEARANCE) ? place : best;
        }
        return best;
    }

    private static Berth best(World world, ToDoubleFunction<Berth> worth) {
        List<Berth> berths = world.map(Harbour.class).berths;
        Berth best = berths.getFirst();
        for (Berth berth : berths) {
            best = worth.applyAsDouble(berth) > worth.applyAsDouble(best) ? berth : best;
        }
        return best;
    }

    /** To the nearest of the ships, px. */
    private static double distance(Berth berth, List<Ship> ships) {
        double nearest = FAR;
        for (Ship ship : ships) {
            nearest = Math.min(nearest, DMath.hypot(ship.x - berth.x(), ship.y - berth.y()));
        }
        return nearest;
    }

    /** The colour that fewest others have. */
    private static int rarestHue(World world, Ship newcomer) {
        int[] count = new int[HUES];
        for (Ship ship : world.all(Ship.class)) {
            count[ship.hue] += ship == newcomer ? 0 : world.playerOf(ship) == null ? 1 : HUES;
        }
        int rarest = world.random(HUES);
        for (int hue = 0; hue < HUES; hue++) {
            rarest = count[hue] < count[rarest] ? hue : rarest;
        }
        return rarest;
    }
}
