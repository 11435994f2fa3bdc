package dev.orrery.testkit;

import dev.orrery.rules.Actor;
import dev.orrery.rules.Contact;
import dev.orrery.rules.DMath;
import dev.orrery.rules.Hidden;
import dev.orrery.rules.Int;
import dev.orrery.rules.Num;
import dev.orrery.rules.Ref;
import dev.orrery.rules.Settings;
import dev.orrery.rules.Solo;

/** Walks, pushes others, shoots at where it saw them, and is out for a while when it has been hit too often. */
@Actor
public final class Duelist implements Solo<Aim, Object>, Contact<Duelist, Object> {
    static final double SIZE = 1_000;
    static final double REACH = 24;

    @Num(max = SIZE, quantum = 0x1p-8)
    public double x, y;

    @Int(max = 100)
    public int health = 100;

    @Int(max = 10_000)
    public int score;

    /** Ticks until it is in again; 0 if it is. */
    @Int(max = 255)
    public int outTicks;

    @Hidden
    @Int(max = 255)
    public int shotsSeen;

    /** By whom it was hit last: a wanderer goes for them. */
    @Hidden
    @Ref
    public int foe;

    @Override
    public void step(Aim wanted, Object map, Settings settings) {
        if (outTicks > 0) {
            outTicks--;
            return;
        }
        x = DMath.clamp(x + wanted.dx * settings.pixelsPerTick(), 0, SIZE);
        y = DMath.clamp(y + wanted.dy * settings.pixelsPerTick(), 0, SIZE);
    }

    @Override
    public double reach() {
        return REACH;
    }

    @Override
    public void contact(Duelist other, Object map, Settings settings) {
        double distance = DMath.hypot(other.x - x, other.y - y);
        double overlap = (REACH - distance) / 2;
        double nx = distance > 0 ? (other.x - x) / distance : 1;
        double ny = distance > 0 ? (other.y - y) / distance : 0;
        x -= nx * overlap;
        y -= ny * overlap;
        other.x += nx * overlap;
        other.y += ny * overlap;
    }
}
