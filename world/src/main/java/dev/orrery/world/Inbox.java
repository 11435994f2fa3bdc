package dev.orrery.world;

import dev.orrery.rules.Settings;
import dev.orrery.wire.Counters;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What waits to enter a world. Put in by any thread, taken out by the world's. Overflow: it is refused and counted; who joins
 * may try again.
 */
final class Inbox {
    private static final int CAPACITY = 1_024;

    private final ConcurrentLinkedQueue<Wish> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();
    private final Counters<WorldCounter> counters;

    /** What enters a world but inputs, drops and leaves, which stand with each seat. */
    sealed interface Wish {
        record Join(Seat seat) implements Wish {}

        @SuppressWarnings("ArrayRecordComponent") // Never compared; a row is its cheapest form.
        record Arrive(Seat seat, String kind, int[] row) implements Wish {}

        record Order(Command command) implements Wish {}

        /** @param change of the settings that will hold when everything announced before has come about */
        record Retune(UnaryOperator<Settings> change, Consumer<Entry.Retuned> announced) implements Wish {}
    }

    Inbox(Counters<WorldCounter> counters) {
        this.counters = counters;
    }

    /** False if too many wait; that is counted as {@code refused}. */
    boolean offer(Wish wish, WorldCounter refused) {
        if (count.incrementAndGet() > CAPACITY) {
            count.decrementAndGet();
            counters.increment(refused);
            return false;
        }
        waiting.add(wish);
        return true;
    }

    @Nullable
    Wish poll() {
        Wish wish = waiting.poll();
        if (wish != null) {
            count.decrementAndGet();
        }
        return wish;
    }

    boolean isEmpty() {
        return count.get() == 0;
    }
}
