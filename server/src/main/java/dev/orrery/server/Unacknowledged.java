package dev.orrery.server;

import java.util.concurrent.TimeUnit;

/**
 * Frames that a client has not acknowledged yet: how many bytes they are, and since when the oldest is on its way. They stand in a ring
 * of batches, as it does not matter to a few milliseconds. A frame that tells cells in full may be as large as it must, and makes
 * room for itself. Owned by the connection's thread.
 */
final class Unacknowledged {
    /** Bytes that may be on their way beside frames that tell cells in full. */
    static final int MAX_BYTES = 8_192;

    /** An acknowledgement tells the lowest eight bits of a tick. */
    private static final int MAX_TICKS = 200;

    private static final int BATCHES = 64;
    private static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final int[] sizes = new int[BATCHES];
    /** Of the newest frame of each batch. */
    private final long[] ticks = new long[BATCHES];
    /** Of the oldest. */
    private final long[] sentAtNanos = new long[BATCHES];

    private int first;
    private int count;
    private int bytes;
    private int allowance;
    private long fullTick = -1;
    private long newestTick;

    /** A frame was sent. There must not be too much already. */
    void add(long tick, int size, long nanos, boolean full) {
        int at = (first + count - 1) % BATCHES;
        if (count == 0 || nanos - sentAtNanos[at] > BATCH_NANOS) {
            at = (first + count++) % BATCHES;
            sizes[at] = 0;
            sentAtNanos[at] = nanos;
        }
        sizes[at] += size;
        ticks[at] = tick;
        bytes += size;
        newestTick = tick;
        if (full) {
            allowance += size;
            fullTick = tick;
        }
    }

    /** The client has read all frames up to a tick. */
    void acknowledge(long tick) {
        while (count > 0 && ticks[first] <= tick) {
            bytes -= sizes[first];
            allowance = ticks[first] >= fullTick ? 0 : allowance;
            first = (first + 1) % BATCHES;
            count--;
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** The tick of the newest frame. */
    long newestTick() {
        return newestTick;
    }

    /** Whether so many bytes, or so old a frame, are not acknowledged that nothing more may be sent. */
    boolean isTooMuch(long nowNanos, long patienceNanos) {
        return count == BATCHES
                || count > 0 && newestTick - ticks[first] > MAX_TICKS
                || bytes > MAX_BYTES + allowance
                || count > 0 && nowNanos - sentAtNanos[first] > patienceNanos;
    }
}
