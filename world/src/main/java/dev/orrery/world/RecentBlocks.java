package dev.orrery.world;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The blocks of the newest ticks, oldest first: a ring. Owned by one thread. */
final class RecentBlocks {
    private final @Nullable TickBlocks[] ring;
    private int first;
    private int count;

    /** @param capacity beyond it the oldest give way */
    RecentBlocks(int capacity) {
        ring = new TickBlocks[capacity];
    }

    void add(TickBlocks blocks) {
        if (count == ring.length) {
            first = (first + 1) % ring.length;
            count--;
        }
        ring[(first + count++) % ring.length] = blocks;
    }

    void clear() {
        Arrays.fill(ring, null);
        first = 0;
        count = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    /** @param index 0 is the oldest */
    TickBlocks get(int index) {
        TickBlocks blocks = index < count ? ring[(first + index) % ring.length] : null;
        if (blocks == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return blocks;
    }

    TickBlocks oldest() {
        return get(0);
    }

    TickBlocks newest() {
        return get(count - 1);
    }
}
