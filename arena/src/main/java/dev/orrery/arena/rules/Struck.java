package dev.orrery.arena.rules;

import dev.orrery.rules.Event;
import dev.orrery.rules.Int;
import dev.orrery.rules.Ref;

/** A ship has been hit by another. */
@Event
public final class Struck {
    @Ref
    public int ship, by;

    @Int(max = 100)
    public int damage;
}
