package dev.orrery.testkit;

import dev.orrery.world.InputWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * Which input of a connection must act in which tick, computed anew from everything that has arrived: the newest that is stamped for that
 * tick or an earlier one; neutral after silence. What the server does is compared with it, tick by tick.
 */
final class InputOracle {
    private static final int SILENCE_MILLIS = 500;
    private static final int MIN_SILENCE_TICKS = 5;

    private final List<Offered> waiting = new ArrayList<>();
    private final int[] neutral;
    private long tick;
    private long newestSeq = -1;
    private long actingSeq = -1;
    private int[] acting;
    private boolean silent = true;
    private int silentTicks;

    private record Offered(long seq, long fromTick, int[] row) {}

    /** @param tick the newest when the connection came */
    InputOracle(int[] neutral, long tick) {
        this.neutral = neutral;
        this.acting = neutral;
        this.tick = tick;
    }

    /** An input has arrived; what must become of it. */
    InputWindow.Outcome offer(long seq, long stamp, int[] row) {
        if (seq <= newestSeq) {
            return InputWindow.Outcome.STALE;
        }
        if (stamp > tick + InputWindow.TICKS) {
            return InputWindow.Outcome.EARLY;
        }
        newestSeq = seq;
        silentTicks = 0;
        waiting.add(new Offered(seq, Math.max(stamp, tick + 1), row.clone()));
        boolean late = stamp != InputWindow.NEXT_TICK && stamp <= tick;
        return late ? InputWindow.Outcome.LATE : InputWindow.Outcome.ACCEPTED;
    }

    /** The input that must act in a tick, which follows the one before. */
    int[] take(long newTick, int tickMillis) {
        tick = newTick;
        Offered newest = null;
        for (Offered offered : waiting) {
            if (offered.fromTick <= tick && (newest == null || offered.seq > newest.seq)) {
                newest = offered;
            }
        }
        waiting.removeIf(offered -> offered.fromTick <= tick);
        if (newest != null && newest.seq > actingSeq) {
            actingSeq = newest.seq;
            acting = newest.row;
            silent = false;
        } else if (!silent
                && ++silentTicks >= Math.max(MIN_SILENCE_TICKS, (SILENCE_MILLIS + tickMillis - 1) / tickMillis)) {
            silent = true;
            acting = neutral;
        }
        return acting;
    }

    /** Number of the newest input that has acted; -1 before the first. */
    long actingSeq() {
        return actingSeq;
    }
}
