package dev.orrery.server;

/**
 * Frames that a client has not acknowledged yet, oldest first, in a ring: how many bytes they are, and since when the oldest is on its
 * way. A frame that begins anew may be as large as it must, and makes room for itself. Owned by the connection's thread.
 */
final class Unacknowledged {
    /** Bytes that may be on their way beside a frame that begins anew. */
    static final int MAX_BYTES = 8_192;

    private static final int CAPACITY = 256;

    private final int[] sizes = new int[CAPACITY];
    private final long[] ticks = new long[CAPACITY];
    private final long[] sentAtNanos = new long[CAPACITY];
    private int first;
    private int count;
    private int bytes;
    private int allowance;
    private long anewTick = -1;
    private long newestTick;

    /** A frame was sent. There must not be too much already. */
    void add(long tick, int size, long nanos, boolean anew) {
        int at = (first + count++) % CAPACITY;
        sizes[at] = size;
        ticks[at] = tick;
        sentAtNanos[at] = nanos;
        bytes += size;
        newestTick = tick;
        if (anew) {
            allowance = size;
            anewTick = tick;
        }
    }

    /** The client has read all frames up to a tick. */
    void acknowledge(long tick) {
        while (count > 0 && ticks[first] <= tick) {
            bytes -= sizes[first];
            first = (first + 1) % CAPACITY;
            count--;
        }
        if (anewTick <= tick) {
            allowance = 0;
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
        return count == CAPACITY
                || bytes > MAX_BYTES + allowance
                || count > 0 && nowNanos - sentAtNanos[first] > patienceNanos;
    }
}
