package dev.orrery.arena.rules;

import dev.orrery.rules.Actor;
import dev.orrery.rules.DMath;
import dev.orrery.rules.Hidden;
import dev.orrery.rules.Int;
import dev.orrery.rules.Num;
import dev.orrery.rules.Ref;
import dev.orrery.rules.Settings;
import dev.orrery.rules.Solo;

/** What a gun has fired: it flies straight on until it meets land or is spent, equally far at any tick rate. */
@Actor
public final class Shell implements Solo<Object, Harbour> {
    /** So many times as fast as a ship at top speed. */
    private static final double SWIFTNESS = 2.6;

    public static final int FLIGHT_MILLIS = 1_100;

    @Num(max = Harbour.SIZE, quantum = 0x1p-8)
    public double x, y;

    /** Where it flies, radians. */
    @Num(min = -4, max = 4, quantum = 0x1p-12)
    public double heading;

    /** 0 as soon as it is spent, or has met land. */
    @Int(max = FLIGHT_MILLIS)
    public int millisLeft = FLIGHT_MILLIS;

    /** Of the ship that fired it. */
    @Int(max = 7)
    public int hue;

    @Hidden
    @Ref
    public int from;

    /** Where it was at the end of the tick before. */
    @Hidden
    @Num(max = Harbour.SIZE, quantum = 0x1p-8)
    public double lastX, lastY;

    @Override
    public void step(Object nobody, Harbour harbour, Settings settings) {
        double dx = DMath.cos(heading);
        double dy = DMath.sin(heading);
        double way = settings.pixelsPerTick() * SWIFTNESS;
        double free = harbour.reach(x, y, dx, dy, way);
        x += dx * free;
        y += dy * free;
        millisLeft = free < way ? 0 : Math.max(0, millisLeft - settings.tickRate());
    }
}
