package dev.orrery.arena;

import dev.orrery.arena.rules.Drive;
import dev.orrery.arena.rules.Harbour;
import dev.orrery.arena.rules.Harbour.Berth;
import dev.orrery.arena.rules.Harbour.Gate;
import dev.orrery.arena.rules.Ship;
import dev.orrery.rules.DMath;
import dev.orrery.rules.Rand;
import dev.orrery.wire.JsonWriter;
import dev.orrery.world.Game;
import dev.orrery.world.Plan;
import dev.orrery.world.Player;
import dev.orrery.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Ships in a harbour: players steer theirs, and a few that nobody steers cruise between the berths. */
public final class Arena implements Game {
    private static final int WANDERERS = 6;
    private static final int HUES = 8;

    /** A berth with a ship nearer than this is taken, px. */
    private static final double CLEARANCE = 120;

    /** How far from land a ship anchors, px; and how many places are looked at. */
    private static final double SHORE_CLEARANCE = 60;

    private static final int ANCHORAGES_TRIED = 40;

    /** Farther than any two places of the harbour are apart, px. */
    private static final double FAR = 2 * Harbour.SIZE;

    /** How long a wanderer makes for the same berth, and how hard. */
    private static final int COURSE_TICKS = 60;

    private static final double CRUISE = 0.45;

    /** Bumps after which a wanderer thinks of another berth. */
    private static final int PATIENCE_BUMPS = 3;

    /** How far from the middle of a gate a ship comes out of it, px. */
    private static final double GATE_CLEARANCE = 130;

    /** Within this distance of its berth a wanderer slows down, px. */
    private static final double BERTH_RADIUS = 120;

    @Override
    public Plan plan() {
        Harbour harbour = new Harbour();
        return Plan.of("arena", harbour).player(Ship.class, Drive.class).mapView(out -> describe(harbour, out));
    }

    @Override
    public void start(World world) {
        for (int i = 0; i < WANDERERS; i++) {
            Berth berth = quietBerth(world);
            moor(world, world.spawn(new Ship()), berth);
        }
    }

    @Override
    public void join(World world, Player player) {
        Berth berth = sociableBerth(world, player);
        moor(world, player.control(world.spawn(new Ship())), berth);
    }

    /**
     * From another harbour, with hue and boost as they were: out of the gate opposite to the one that was entered there, so that who
     * keeps on steering sails on and not back.
     */
    @Override
    public void arrive(World world, Player player, Object actor) {
        Ship ship = (Ship) player.control(world.spawn(actor));
        Gate gate = world.map(Harbour.class).gates.getFirst();
        for (Gate other : world.map(Harbour.class).gates) {
            gate = distance(other, ship) > distance(gate, ship) ? other : gate;
        }
        double inwards = gate.y() < Harbour.SIZE / 2 ? 1 : -1;
        ship.x = gate.x();
        ship.y = gate.y() + inwards * GATE_CLEARANCE;
        ship.heading = inwards * Math.PI / 2;
        ship.vx = 0;
        ship.vy = inwards * world.settings().pixelsPerTick() / 2;
    }

    @Override
    public void leave(World world, Player player) {
        world.despawn(player.actor());
    }

    @Override
    public void tick(World world) {
        for (Ship ship : world.all(Ship.class)) {
            Player player = world.playerOf(ship);
            if (player == null) {
                cruise(world, ship);
            } else if (!player.isAway() && isInGate(world, ship)) {
                world.transfer(player);
            }
        }
    }

    private static boolean isInGate(World world, Ship ship) {
        for (Gate gate : world.map(Harbour.class).gates) {
            if (distance(gate, ship) < gate.radius()) {
                return true;
            }
        }
        return false;
    }

    private static double distance(Gate gate, Ship ship) {
        return DMath.hypot(ship.x - gate.x(), ship.y - gate.y());
    }

    private static void moor(World world, Ship ship, Berth berth) {
        ship.x = berth.x();
        ship.y = berth.y();
        ship.heading = DMath.atan2(Harbour.SIZE / 2 - ship.y, Harbour.SIZE / 2 - ship.x);
        ship.hue = rarestHue(world, ship);
        ship.seed = world.random(Integer.MAX_VALUE);
    }

    /** The berth farthest from all ships: wanderers spread out, and the first player has room. */
    private static Berth quietBerth(World world) {
        List<Ship> ships = world.all(Ship.class);
        return best(world, berth -> distance(berth, ships));
    }

    /** The free berth nearest to other players, so that they see one another; a quiet one if there are none. */
    private static Berth sociableBerth(World world, Player newcomer) {
        List<Ship> ships = world.all(Ship.class);
        List<Ship> company = new ArrayList<>();
        for (Ship ship : ships) {
            Player player = world.playerOf(ship);
            if (player != null && player != newcomer) {
                company.add(ship);
            }
        }
        if (company.isEmpty()) {
            return quietBerth(world);
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

    private static void describe(Harbour harbour, JsonWriter out) {
        out.beginObject().name("width").value(Harbour.SIZE).name("height").value(Harbour.SIZE);
        out.name("rocks").beginArray();
        for (Harbour.Rock rock : harbour.rocks) {
            out.beginObject().name("x").value(rock.x()).name("y").value(rock.y());
            out.name("radius").value(rock.radius()).endObject();
        }
        out.endArray().name("walls").beginArray();
        for (Harbour.Wall wall : harbour.walls) {
            out.beginObject().name("x").value(wall.left()).name("y").value(wall.top());
            out.name("width").value(wall.right() - wall.left());
            out.name("height").value(wall.bottom() - wall.top()).endObject();
        }
        out.endArray().name("gates").beginArray();
        for (Gate gate : harbour.gates) {
            out.beginObject().name("x").value(gate.x()).name("y").value(gate.y());
            out.name("radius").value(gate.radius()).endObject();
        }
        out.endArray().endObject();
    }
}
