package dev.orrery.world;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The blocks of the newest ticks, oldest first: a ring. Owned by one thread. */
final class RecentBlocks {
    private final @Nullable TickBlocks[] ring;
    private int first;
    private int count;

    /** @param capacity beyond it the oldest give way; a power of two */
    RecentBlocks(int capacity) {
        ring = new TickBlocks[capacity];
    }

    void add(TickBlocks blocks) {
        if (count == ring.length) {
            first = first + 1 & ring.length - 1;
            count--;
        }
        ring[first + count++ & ring.length - 1] = blocks;
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
        TickBlocks blocks = index < count ? ring[first + index & ring.length - 1] : null;
        if (blocks == null) {
            throw new IndexOutOfBoundsException(index);
        }
        return blocks;
    }

    /** The index of the first that is later than a tick, {@link #count} if none is. Their ticks follow one another. */
    int after(long tick) {
        return count == 0 ? 0 : (int) Math.clamp(tick + 1 - oldest().tick(), 0, count);
    }

    TickBlocks oldest() {
        return get(0);
    }

    TickBlocks newest() {
        return get(count - 1);
    }
}
