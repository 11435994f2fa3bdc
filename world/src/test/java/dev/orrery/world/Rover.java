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

/** What players drive in tests of frames: every type of field for every audience, and a step that reads only what everyone sees. */
@Actor
public final class Rover implements Solo<Wheel, Object>, Contact<Rover, Object> {
    static final double SIZE = 3_000;

    enum Gear {
        PARKED,
        FIRST,
        SECOND
    }

    @Num(max = SIZE, quantum = 0x1p-8)
    public double x, y;
    @Num(min = -64, max = 64, quantum = 0x1p-10)
    public double vx, vy;

    @Int(max = 100)
    public int armour = 100;

    @Ref
    public int target;

    @Owner
    public int fuel;

    public Gear gear = Gear.PARKED;

    public boolean horn;

    @Int(max = 255)
    public int hornSeen;

    @Hidden
    public int odometer;

    @Length(2)
    public final int[] bumps = new int[2];

    @Override
    public void step(Wheel wanted, Object map, Settings settings) {
        vx += (wanted.dx * settings.pixelsPerTick() - vx) * 0.5;
        vy += (wanted.dy * settings.pixelsPerTick() - vy) * 0.5;
        x = DMath.clamp(x + vx, 0, SIZE);
        y = DMath.clamp(y + vy, 0, SIZE);
        double speed = DMath.hypot(vx, vy);
        gear = speed < 1 ? Gear.PARKED : speed < 12 ? Gear.FIRST : Gear.SECOND;
        if (wanted.horn != hornSeen && wanted.horn != 0) {
            hornSeen = wanted.horn;
            horn = !horn;
        }
    }

    @Override
    public double reach() {
        return 30;
    }

    @Override
    public void contact(Rover other, Object map, Settings settings) {
        double keptX = vx;
        double keptY = vy;
        vx = other.vx;
        vy = other.vy;
        other.vx = keptX;
        other.vy = keptY;
        bumps[0]++;
        other.bumps[1]++;
    }
}
