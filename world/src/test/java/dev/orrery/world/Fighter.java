package dev.orrery.world;

import dev.orrery.rules.Actor;
import dev.orrery.rules.Contact;
import dev.orrery.rules.DMath;
import dev.orrery.rules.Hidden;
import dev.orrery.rules.Int;
import dev.orrery.rules.Length;
import dev.orrery.rules.Num;
import dev.orrery.rules.Owner;
import dev.orrery.rules.Ref;
import dev.orrery.rules.Settings;
import dev.orrery.rules.Solo;

/** An actor of this module's tests with every type of field; it walks, pushes others and is shot. */
@Actor
public final class Fighter implements Solo<Jab, Object>, Contact<Fighter, Object> {
    static final double REACH = 20;

    enum Mood {
        CALM,
        ANGRY
    }

    @Num(max = 1000, quantum = 0x1p-8)
    public double x, y;

    @Int(max = 100)
    public int health = 100;

    @Hidden
    @Int(max = 255)
    public int shotsSeen;

    @Ref
    public int foe;

    @Owner
    public boolean loaded = true;

    public Mood mood = Mood.CALM;

    /** A timer: ticks until it is calm again. */
    @Hidden
    @Int(max = 255)
    public int angryTicks;

    /** By whom it was pushed, round and round. */
    @Hidden
    @Length(3)
    public final int[] pushes = new int[3];

    @Override
    public void step(Jab wanted, Object map, Settings settings) {
        x = DMath.clamp(x + wanted.dx * settings.pixelsPerTick(), 0, 1000);
        y = DMath.clamp(y + wanted.dy * settings.pixelsPerTick(), 0, 1000);
        angryTicks = Math.max(0, angryTicks - 1);
        mood = angryTicks > 0 ? Mood.ANGRY : Mood.CALM;
    }

    @Override
    public double reach() {
        return REACH;
    }

    @Override
    public void contact(Fighter other, Object map, Settings settings) {
        double dx = other.x - x;
        double dy = other.y - y;
        double distance = DMath.hypot(dx, dy);
        double overlap = (REACH - distance) / 2;
        double nx = distance > 0 ? dx / distance : 1;
        double ny = distance > 0 ? dy / distance : 0;
        x -= nx * overlap;
        y -= ny * overlap;
        other.x += nx * overlap;
        other.y += ny * overlap;
        pushes[0]++;
        other.pushes[1]++;
    }
}
