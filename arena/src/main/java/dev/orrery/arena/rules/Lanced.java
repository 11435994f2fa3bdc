package dev.orrery.arena.rules;

import dev.orrery.rules.Event;
import dev.orrery.rules.Num;
import dev.orrery.rules.Ref;

/** A lance has been fired, from a ship to where it ended. */
@Event
public final class Lanced {
    @Ref
    public int ship;

    @Num(max = Harbour.SIZE, quantum = 1)
    public double x, y, toX, toY;
}
