package dev.orrery.world;

import java.util.List;

/** Where the entries of an instance go, before the world is stepped over them. On the world's thread; must not block. */
@FunctionalInterface
public interface Journal {
    /** Keeps nothing: the world cannot be replayed or recovered. */
    Journal NONE = (tick, entries) -> {};

    /** The entries of a tick. The list is reused after the call, its entries are not. */
    void append(long tick, List<Entry> entries);

    /** The game threw: the entry at this place of the newest list is omitted, and the tick is stepped again. */
    default void skip(long tick, int index) {}

    /** The tick is over: what it gave may be kept, to compare replicas with it or to begin there. */
    default void stepped(World world) {}
}
