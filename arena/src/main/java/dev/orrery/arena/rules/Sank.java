package dev.orrery.arena.rules;

import dev.orrery.rules.Event;
import dev.orrery.rules.Ref;

/** A ship has been sunk by another. */
@Event
public final class Sank {
    @Ref
    public int ship, by;
}
