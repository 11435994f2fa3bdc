package dev.orrery.world;

import dev.orrery.rules.Actor;
import dev.orrery.rules.Int;
import dev.orrery.rules.Num;

/** Takes no step: it lies there until the game moves it. */
@Actor
public final class Crate {
    @Num(max = Rover.SIZE, quantum = 1)
    public double x, y;

    @Int(max = 7)
    public int colour;
}
