package dev.orrery.world;

import dev.orrery.rules.Event;
import dev.orrery.rules.Ref;

/** The event of this module's tests: two walkers stand close together. */
@Event
public final class Met {
    @Ref
    public int one, other;
}
