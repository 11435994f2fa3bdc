package dev.orrery.world;

import java.util.List;

/** Where the entries of an instance go, before the world is stepped over them. */
@FunctionalInterface
public interface Journal {
    /** Keeps nothing: the world cannot be replayed or recovered. */
    Journal NONE = (tick, entries) -> {};

    /** On the world's thread; must not block. The list is reused after the call, its entries are not. */
    void append(long tick, List<Entry> entries);
}
