package dev.orrery.world;

import dev.orrery.rules.FieldTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What happened in a tick apart from changed fields: what frames are made of. Owned by the world's thread. */
final class Changes {
    final List<Event> events = new ArrayList<>();
    final List<Entry.Retuned> retuned = new ArrayList<>();
    final List<Integer> gone = new ArrayList<>();
    final Set<Player> directory = new LinkedHashSet<>();
    final List<String> left = new ArrayList<>();

    /** An event as it leaves the game. */
    sealed interface Event {
        @SuppressWarnings("ArrayRecordComponent") // Never compared; a row is its cheapest form.
        record Emitted(FieldTable table, int[] row) implements Event {}

        record Said(String text) implements Event {}
    }

    void clear() {
        events.clear();
        retuned.clear();
        gone.clear();
        directory.clear();
        left.clear();
    }
}
