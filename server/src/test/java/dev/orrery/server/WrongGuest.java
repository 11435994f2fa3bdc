package dev.orrery.server;

import dev.orrery.rules.Actor;
import dev.orrery.rules.Num;
import dev.orrery.rules.Settings;
import dev.orrery.rules.Solo;

/** A {@link Guest} by other rules: what a client with an outdated module computes. */
@Actor(name = "guest")
public final class WrongGuest implements Solo<Wish, Object> {
    @Num(max = 1000, quantum = 0x1p-8)
    public double x;

    @Override
    public void step(Wish wanted, Object map, Settings settings) {
        x += wanted.dx * settings.pixelsPerTick() * 0.5;
    }
}
