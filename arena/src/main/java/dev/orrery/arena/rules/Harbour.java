package dev.orrery.arena.rules;

import dev.orrery.rules.DMath;
import dev.orrery.rules.GameMap;
import java.util.List;

/** The arena: a square basin with piers, two breakwaters and rocks. x grows to the right, y downwards; all in px. */
@GameMap
public final class Harbour {
    /** Side of the square. */
    public static final double SIZE = 2000;

    /** A round obstacle. */
    public record Rock(double x, double y, double radius) {}

    /** An upright rectangular obstacle. */
    public record Wall(double left, double top, double right, double bottom) {}

    /** A place free of obstacles where a ship may start. */
    public record Berth(double x, double y) {}

    /** A way out to another harbour: whoever comes within it is taken there. */
    public record Gate(double x, double y, double radius) {}

    public final List<Rock> rocks = List.of(
            new Rock(1000, 1000, 110),
            new Rock(540, 780, 62),
            new Rock(1450, 730, 55),
            new Rock(580, 1260, 52),
            new Rock(1430, 1240, 66),
            new Rock(210, 1010, 46),
            new Rock(1790, 970, 46),
            new Rock(980, 250, 70));

    public final List<Wall> walls = List.of(
            new Wall(420, 0, 460, 380),
            new Wall(1540, 0, 1580, 330),
            new Wall(740, 540, 1220, 580),
            new Wall(780, 1420, 1260, 1460),
            new Wall(420, 1660, 460, 2000),
            new Wall(1540, 1610, 1580, 2000));

    public final List<Berth> berths = List.of(
            new Berth(200, 200),
            new Berth(1800, 1800),
            new Berth(1800, 200),
            new Berth(200, 1800),
            new Berth(1000, 760),
            new Berth(1000, 1240),
            new Berth(250, 620),
            new Berth(1750, 1380),
            new Berth(1000, 1720),
            new Berth(1240, 300));

    public final List<Gate> gates = List.of(new Gate(1000, 1880, 46), new Gate(1240, 110, 46));

    /** The one harbour there is; it depends on no setting. */
    public Harbour() {}

    /** Whether nothing, no rock, wall, gate or shore, is nearer to a place than so many px. */
    public boolean isOpen(Berth place, double clearance) {
        for (int i = 0; i < rocks.size(); i++) {
            Rock rock = rocks.get(i);
            if (isNear(place, rock.x(), rock.y(), rock.radius() + clearance)) {
                return false;
            }
        }
        for (int i = 0; i < gates.size(); i++) {
            Gate gate = gates.get(i);
            if (isNear(place, gate.x(), gate.y(), gate.radius() + clearance)) {
                return false;
            }
        }
        for (int i = 0; i < walls.size(); i++) {
            Wall wall = walls.get(i);
            double x = DMath.clamp(place.x(), wall.left(), wall.right());
            double y = DMath.clamp(place.y(), wall.top(), wall.bottom());
            if (isNear(place, x, y, clearance)) {
                return false;
            }
        }
        return Math.min(place.x(), place.y()) > clearance && Math.max(place.x(), place.y()) < SIZE - clearance;
    }

    private static boolean isNear(Berth place, double x, double y, double reach) {
        return DMath.hypot(place.x() - x, place.y() - y) < reach;
    }

    /**
     * How far a straight line gets before it meets a rock, a wall or the shore, px.
     *
     * @param dx direction, of length 1 with dy
     * @param length at most so far
     */
    public double reach(double x, double y, double dx, double dy, double length) {
        double free = length;
        for (int i = 0; i < rocks.size(); i++) {
            free = Math.min(free, reachOf(rocks.get(i), x, y, dx, dy, free));
        }
        for (int i = 0; i < walls.size(); i++) {
            Wall wall = walls.get(i);
            free = Math.min(free, entry(x, y, dx, dy, free, wall));
        }
        free = Math.min(free, toShore(x, dx, free));
        return Math.max(0, Math.min(free, toShore(y, dy, free)));
    }

    private static double toShore(double position, double direction, double free) {
        double room = direction > 0 ? SIZE - position : position;
        double speed = Math.abs(direction);
        return speed * free > room ? room / speed : free;
    }

    private static double reachOf(Rock rock, double x, double y, double dx, double dy, double free) {
        double ox = rock.x() - x;
        double oy = rock.y() - y;
        double along = ox * dx + oy * dy;
        double squared = ox * ox + oy * oy;
        double inside = rock.radius() * rock.radius() - (squared - along * along);
        if (squared <= rock.radius() * rock.radius()) {
            return 0;
        }
        return along < 0 || inside < 0 ? free : along - Math.sqrt(inside);
    }

    /** Where a line enters a wall: after it has entered both of its stripes, if it has left neither by then. */
    private static double entry(double x, double y, double dx, double dy, double free, Wall wall) {
        double in =
                Math.max(into(x, dx, wall.left(), wall.right(), free), into(y, dy, wall.top(), wall.bottom(), free));
        double out =
                Math.min(outOf(x, dx, wall.left(), wall.right(), free), outOf(y, dy, wall.top(), wall.bottom(), free));
        return in <= out && in < free ? in : free;
    }

    /** When a position is first between two bounds; one more than free if never. */
    private static double into(double position, double direction, double low, double high, double free) {
        if (position >= low && position <= high) {
            return 0;
        }
        double gap = position < low ? low - position : position - high;
        double towards = position < low ? direction : -direction;
        return towards * (free + 1) > gap ? gap / towards : free + 1;
    }

    /** When it is last between them; 0 if it never is. */
    private static double outOf(double position, double direction, double low, double high, double free) {
        double gap = direction > 0 ? high - position : position - low;
        double speed = Math.abs(direction);
        if (gap < 0) {
            return 0;
        }
        return speed * (free + 1) > gap ? gap / speed : free + 1;
    }
}
