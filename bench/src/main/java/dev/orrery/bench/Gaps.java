package dev.orrery.bench;

import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;

/** How long players wait between two frames, in whole milliseconds. Owned by the load's thread. */
final class Gaps {
    private static final int MOST_MILLIS = 2_000;
    private static final double PART = 0.99;

    private final Map<LoadPlayer, long[]> heardAt = new IdentityHashMap<>();
    private final int[] counts = new int[MOST_MILLIS + 1];

    void heard(LoadPlayer player, long nanos) {
        long[] last = heardAt.get(player);
        if (last == null) {
            heardAt.put(player, new long[] {nanos});
            return;
        }
        counts[(int) Math.min(MOST_MILLIS, (nanos - last[0]) / 1_000_000)]++;
        last[0] = nanos;
    }

    /** The gap that 99 in a hundred keep below, ms; begins anew. */
    double take() {
        long all = 0;
        for (int count : counts) {
            all += count;
        }
        long passed = 0;
        int gap = 0;
        while (gap < MOST_MILLIS && passed + counts[gap] < all * PART) {
            passed += counts[gap++];
        }
        Arrays.fill(counts, 0);
        return gap + 1.0;
    }

    void clear() {
        heardAt.clear();
        take();
    }
}
