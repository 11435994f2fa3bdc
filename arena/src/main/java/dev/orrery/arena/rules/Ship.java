package dev.orrery.arena.rules;

import dev.orrery.rules.Actor;
import dev.orrery.rules.Contact;
import dev.orrery.rules.DMath;
import dev.orrery.rules.Hidden;
import dev.orrery.rules.Int;
import dev.orrery.rules.Num;
import dev.orrery.rules.Rand;
import dev.orrery.rules.Ref;
import dev.orrery.rules.Settings;
import dev.orrery.rules.Solo;

/**
 * A ship that turns towards where its pilot points and thrusts along its bow. Inertia lets it drift through bends; drag
 * makes {@link Settings#pixelsPerTick} its steady top speed at any tick rate. Ships that meet push each other off; one that is sunk drifts
 * and is in nobody's way.
 */
@Actor
public final class Ship implements Solo<Drive, Harbour>, Contact<Ship, Harbour> {
    /** Half its width, px: it collides as a circle. */
    public static final double RADIUS = 14;

    /** Fastest turn, radians a second: half a turn takes three ticks of 100 ms. */
    private static final double TURN_RATE = 11;

    /** Time in which speed comes within 1/e of what is wanted, seconds: under thrust, and let go. */
    private static final double THRUST_TIME = 0.12;

    private static final double COAST_TIME = 0.4;

    /** A boost multiplies top speed for a while, and then needs a rest before the next. */
    private static final double BOOST_FACTOR = 1.8;

    private static final int BOOST_MILLIS = 500;
    private static final int COOLDOWN_MILLIS = 2500;

    /** Speed kept by a bounce, and how much of top speed a bounce may add sideways, so that none repeats itself. */
    private static final double RESTITUTION = 0.55;

    private static final double JITTER = 0.08;

    /** A touch slower than this share of top speed is no bounce: the ship slides along. */
    private static final double SOFT = 0.25;

    /** Speed that two ships keep of that at which they ran into each other. */
    private static final double BUFFERING = 0.4;

    public static final int WHOLE = 100;

    /** A part of a tick is at most this long, and moves at most this far, so that no ship skips an obstacle. */
    private static final double PART_MILLIS = 25;

    private static final double PART_PIXELS = 10;

    /** Fastest a ship gets, px per tick, whatever the settings: its velocity fields hold no more. */
    private static final double SPEED_LIMIT = 127;

    @Num(max = Harbour.SIZE, quantum = 0x1p-8)
    public double x, y;

    /** Velocity, px per tick. */
    @Num(min = -128, max = 128, quantum = 0x1p-12)
    public double vx, vy;

    /** Where the bow points, radians from -π to π; 0 is to the right, growing clockwise as y grows downwards. */
    @Num(min = -4, max = 4, quantum = 0x1p-12)
    public double heading;

    /** The press counter that the last boost was for. */
    @Int(max = 255)
    public int boostSeen;

    /** Ticks that the boost still lasts. */
    @Int(max = 255)
    public int boostTicks;

    /** Ticks until the next boost may start. */
    @Int(max = 255)
    public int cooldownTicks;

    /** Which of eight colours. */
    @Int(max = 7)
    public int hue;

    /** Its own randomness. */
    public int seed;

    /** How often it bounced off something, ever. */
    public int bumps;

    /** What is left of it; 0 is sunk. */
    @Int(max = WHOLE)
    public int hull = WHOLE;

    @Int(max = 9_999)
    public int score;

    /** Nothing harms it, until it fires or its time is over. */
    public boolean shielded;

    /** The press counters that the last shots were for. */
    @Hidden
    @Int(max = 255)
    public int fireSeen, lanceSeen;

    /** Until the guns and the lance are loaded, the shield fails, and the wreck is afloat again; 0 if that is so. */
    @Hidden
    @Int(max = 60_000)
    public int gunMillis, lanceMillis, shieldMillis, wreckMillis;

    /** Whom a ship that nobody steers goes for, and how long it still will. */
    @Hidden
    @Ref
    public int foe;

    @Hidden
    @Int(max = 60_000)
    public int angerMillis;

    @Override
    public void step(Drive wanted, Harbour harbour, Settings settings) {
        boost(wanted, settings.tickRate());
        final double top = Math.min(SPEED_LIMIT, settings.pixelsPerTick() * (boostTicks > 0 ? BOOST_FACTOR : 1));
        final double fastest = Math.max(top, DMath.hypot(vx, vy));
        final double parts = Math.ceil(Math.max(settings.tickRate() / PART_MILLIS, fastest / PART_PIXELS));
        final double seconds = settings.tickRate() / (1000 * parts);
        for (int part = 0; part < parts; part++) {
            steer(wanted, top, seconds);
            x += vx / parts;
            y += vy / parts;
            bounce(harbour, top);
        }
    }

    @Override
    public double reach() {
        return 2 * RADIUS;
    }

    /** As two discs of one weight: pushed apart, and what they ran into each other with exchanged, some of it lost. */
    @Override
    public void contact(Ship other, Harbour harbour, Settings settings) {
        if (hull == 0 || other.hull == 0) {
            return;
        }
        double dx = other.x - x;
        double dy = other.y - y;
        double distance = DMath.hypot(dx, dy);
        // In the very same place any way apart is as good.
        double nx = distance > 0 ? dx / distance : 1;
        double ny = distance > 0 ? dy / distance : 0;
        double apart = Math.max(0, 2 * RADIUS - distance) / 2;
        x -= nx * apart;
        y -= ny * apart;
        other.x += nx * apart;
        other.y += ny * apart;
        double closing = (vx - other.vx) * nx + (vy - other.vy) * ny;
        if (closing > 0) {
            double impulse = closing * (1 + BUFFERING) / 2;
            vx -= impulse * nx;
            vy -= impulse * ny;
            other.vx += impulse * nx;
            other.vy += impulse * ny;
        }
    }

    private void boost(Drive wanted, int tickMillis) {
        boostTicks = Math.max(0, boostTicks - 1);
        cooldownTicks = Math.max(0, cooldownTicks - 1);
        if (wanted.boost == 0 || wanted.boost == boostSeen) {
            return;
        }
        boostSeen = wanted.boost;
        if (cooldownTicks == 0) {
            boostTicks = DMath.div(BOOST_MILLIS + tickMillis - 1, tickMillis);
            cooldownTicks = DMath.div(COOLDOWN_MILLIS + tickMillis - 1, tickMillis);
        }
    }

    /** Turns and accelerates for a part of a tick. The relaxation is implicit, so it is stable for any part. */
    private void steer(Drive wanted, double top, double seconds) {
        final double throttle = hull == 0 ? 0 : Math.min(1, DMath.hypot(wanted.x, wanted.y));
        double speed = 0;
        double time = COAST_TIME;
        if (throttle > 0) {
            double off = DMath.wrapAngle(DMath.atan2(wanted.y, wanted.x) - heading);
            double turn = DMath.clamp(off, -TURN_RATE * seconds, TURN_RATE * seconds);
            heading = DMath.wrapAngle(heading + turn);
            // Thrust waits until the bow comes round: pushing on would carry the ship the wrong way first.
            speed = top * throttle * Math.max(0, DMath.cos(off - turn));
            time = THRUST_TIME;
        }
        final double share = seconds / (time + seconds);
        vx += (speed * DMath.cos(heading) - vx) * share;
        vy += (speed * DMath.sin(heading) - vy) * share;
    }

    private void bounce(Harbour harbour, double top) {
        for (int i = 0; i < harbour.rocks.size(); i++) {
            Harbour.Rock rock = harbour.rocks.get(i);
            pushOff(x - rock.x(), y - rock.y(), rock.radius() + RADIUS, top);
        }
        for (int i = 0; i < harbour.walls.size(); i++) {
            pushOff(harbour.walls.get(i), top);
        }
        final double far = Harbour.SIZE - RADIUS;
        if (x < RADIUS || x > far) {
            double inward = x < RADIUS ? 1 : -1;
            x = DMath.clamp(x, RADIUS, far);
            reflect(inward, 0, top);
        }
        if (y < RADIUS || y > far) {
            double inward = y < RADIUS ? 1 : -1;
            y = DMath.clamp(y, RADIUS, far);
            reflect(0, inward, top);
        }
    }

    /** Out of a wall: from the nearest point of its rim, or through its nearest side if the centre is inside. */
    private void pushOff(Harbour.Wall wall, double top) {
        double dx = x - DMath.clamp(x, wall.left(), wall.right());
        double dy = y - DMath.clamp(y, wall.top(), wall.bottom());
        if (dx != 0 || dy != 0) {
            pushOff(dx, dy, RADIUS, top);
            return;
        }
        double toLeft = x - wall.left();
        double toRight = wall.right() - x;
        double toTop = y - wall.top();
        double toBottom = wall.bottom() - y;
        double least = Math.min(Math.min(toLeft, toRight), Math.min(toTop, toBottom));
        if (least == toLeft || least == toRight) {
            double outward = least == toLeft ? -1 : 1;
            x = least == toLeft ? wall.left() - RADIUS : wall.right() + RADIUS;
            reflect(outward, 0, top);
        } else {
            double outward = least == toTop ? -1 : 1;
            y = least == toTop ? wall.top() - RADIUS : wall.bottom() + RADIUS;
            reflect(0, outward, top);
        }
    }

    /** Out to {@code reach} from a point that lies at minus (dx, dy) of here; nothing if it is that far already. */
    private void pushOff(double dx, double dy, double reach, double top) {
        double squared = dx * dx + dy * dy;
        if (squared >= reach * reach) {
            return;
        }
        double distance = Math.sqrt(squared);
        // In the very centre any way out is as good.
        double nx = distance > 0 ? dx / distance : 1;
        double ny = distance > 0 ? dy / distance : 0;
        x += nx * (reach - distance);
        y += ny * (reach - distance);
        reflect(nx, ny, top);
    }

    /** Turns back the part of the velocity that runs against a surface whose unit normal is (nx, ny). */
    private void reflect(double nx, double ny, double top) {
        double inward = vx * nx + vy * ny;
        if (inward >= 0) {
            return;
        }
        if (-inward < SOFT * top) {
            vx -= inward * nx;
            vy -= inward * ny;
            return;
        }
        double sideways = Rand.signed(seed, bumps, 0, 0) * JITTER * Math.min(top, -inward);
        vx -= (1 + RESTITUTION) * inward * nx + sideways * ny;
        vy -= (1 + RESTITUTION) * inward * ny - sideways * nx;
        bumps++;
    }
}
