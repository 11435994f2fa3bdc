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

    /** A power of two. */
    private static final int BATCHES = 64;

    private static final long BATCH_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    // Of a batch: its bytes, the tick of its newest frame, and when its oldest was sent. They stand together, as they
    // are used together.
    private static final int SIZE = 0;
    private static final int TICK = 1;
    private static final int SENT_AT_NANOS = 2;
    private static final int STRIDE = 3;

    private final long[] batches = new long[STRIDE * BATCHES];

    private int first;
    private int count;
    private int bytes;
    private int allowance;
    private long fullTick = -1;
    private long newestTick;

    /** A frame was sent. There must not be too much already. */
    void add(long tick, int size, long nanos, boolean full) {
        int at = batch(count - 1);
        if (count == 0 || nanos - batches[at + SENT_AT_NANOS] > BATCH_NANOS) {
            at = batch(count++);
            batches[at + SIZE] = 0;
            batches[at + SENT_AT_NANOS] = nanos;
        }
        batches[at + SIZE] += size;
        batches[at + TICK] = tick;
        bytes += size;
        newestTick = tick;
        if (full) {
            allowance += size;
            fullTick = tick;
        }
    }

    /** The client has read all frames up to a tick. */
    void acknowledge(long tick) {
        for (int at = batch(0); count > 0 && batches[at + TICK] <= tick; at = batch(0)) {
            bytes -= (int) batches[at + SIZE];
            allowance = batches[at + TICK] >= fullTick ? 0 : allowance;
            first = first + 1 & BATCHES - 1;
            count--;
        }
    }

    /** Where a batch stands, the oldest being 0. */
    private int batch(int index) {
        return STRIDE * (first + index & BATCHES - 1);
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
        int oldest = batch(0);
        return count == BATCHES
                || bytes > MAX_BYTES + allowance
                || count > 0 && newestTick - batches[oldest + TICK] > MAX_TICKS
                || count > 0 && nowNanos - batches[oldest + SENT_AT_NANOS] > patienceNanos;
    }
}
