package dev.orrery.world;

/**
 * The inputs of one connection that wait for their tick. Written by the connection's thread, emptied by the world's; the
 * lock is held for a few array accesses and is all but never contended.
 *
 * <pre>
 *   newest tick t          t+1  t+2  …  t+16
 *   stamped ≤ t: late  →   └─ one place for each tick; in it the newest input stamped so ─┘   beyond: refused
 * </pre>
 *
 * A flooder overwrites its own places and hurts nobody else.
 */
public final class InputWindow {
    /** Ticks ahead that an input may be stamped. */
    public static final int TICKS = 16;
    /** Stamp of a client that does not count ticks: its input acts in the next one. */
    public static final long NEXT_TICK = 0;
    /** View of a client that does not say which tick it shows: the newest. */
    public static final long NO_VIEW = 0;

    private static final int SILENCE_MILLIS = 500;
    private static final int MIN_SILENCE_TICKS = 5;

    /** What became of an offered input. */
    public enum Outcome {
        ACCEPTED,
        /** Its tick was already over: it acts in the next one. */
        LATE,
        /** A newer input, or this one, was already offered. */
        STALE,
        /** Stamped more than {@link #TICKS} ahead. */
        EARLY
    }

    /** What the newest {@link #take} found. */
    public enum Taken {
        /** Nothing new: the input of the tick before goes on. */
        UNCHANGED,
        /** A new input. */
        NEW,
        /** No news for too long: the input turned neutral. */
        NEUTRAL
    }

    // Of a place, which ends with its row. What belongs to a tick stands together: each of its cache lines is fetched
    // for
    // two threads.
    private static final int SEQ = 0;
    private static final int LATENESS = 1;
    private static final int VIEW = 2;
    private static final int ROW = 3;

    private final InputKind kind;
    private final int stride;
    private final long[] places;
    private final int[] row;
    private long newestSeq = -1;
    private long tick;
    private long takenSeq = -1;
    private int takenLate;
    private long takenView;
    private int silence;
    private boolean neutral = true;

    InputWindow(InputKind kind, long tick) {
        this.kind = kind;
        this.tick = tick;
        this.row = kind.initial();
        this.stride = ROW + row.length;
        this.places = new long[stride * TICKS];
        for (long place = 0; place < TICKS; place++) {
            places[place(place) + SEQ] = -1;
        }
    }

    private int place(long ofTick) {
        return stride * (int) (ofTick & TICKS - 1);
    }

    /**
     * Takes an input that has arrived.
     *
     * @param seq number of the input, growing
     * @param stamp tick it is meant for, or {@link #NEXT_TICK}
     * @param view tick at whose end others were as the client shows them, or {@link #NO_VIEW}
     * @param input row of the input; copied
     */
    public synchronized Outcome offer(long seq, long stamp, long view, int[] input) {
        if (seq <= newestSeq) {
            return Outcome.STALE;
        }
        long next = tick + 1;
        if (stamp > tick + TICKS) {
            return Outcome.EARLY;
        }
        int late = stamp == NEXT_TICK || stamp >= next ? 0 : (int) Math.min(Integer.MAX_VALUE, next - stamp);
        int place = place(Math.max(stamp, next));
        // One that overwrites an input that came late takes over what that one missed.
        places[place + LATENESS] = places[place + SEQ] > takenSeq ? Math.max(late, places[place + LATENESS]) : late;
        places[place + SEQ] = seq;
        places[place + VIEW] = view;
        for (int i = 0; i < row.length; i++) {
            places[place + ROW + i] = input[i];
        }
        newestSeq = seq;
        silence = 0;
        return late == 0 ? Outcome.ACCEPTED : Outcome.LATE;
    }

    /** So many ticks without news are a silence. */
    static int silenceTicks(int tickMillis) {
        return Math.max(MIN_SILENCE_TICKS, (SILENCE_MILLIS + tickMillis - 1) / tickMillis);
    }

    /** Moves on to a later tick: {@link #row} is then its input. On the world's thread. */
    synchronized Taken take(long newTick, int silenceTicks) {
        Taken taken = Taken.UNCHANGED;
        for (long passed = Math.max(tick + 1, newTick - TICKS + 1); passed <= newTick; passed++) {
            int place = place(passed);
            if (places[place + SEQ] > takenSeq) {
                takenSeq = places[place + SEQ];
                takenLate = (int) places[place + LATENESS];
                takenView = places[place + VIEW];
                for (int i = 0; i < row.length; i++) {
                    row[i] = (int) places[place + ROW + i];
                }
                neutral = false;
                taken = Taken.NEW;
            }
            places[place + SEQ] = -1;
        }
        tick = newTick;
        if (taken == Taken.UNCHANGED && !neutral && ++silence >= silenceTicks) {
            neutral = true;
            takenView = NO_VIEW;
            kind.neutralise(row);
            return Taken.NEUTRAL;
        }
        return taken;
    }

    /** What the client saw when it sent the input in force, as it says; or {@link #NO_VIEW}. Owned by the world's thread. */
    long takenView() {
        return takenView;
    }

    /** The input in force. Owned by the world's thread. */
    int[] row() {
        return row;
    }

    /** Number of the newest input that acted; -1 before the first. */
    synchronized long takenSeq() {
        return takenSeq;
    }

    /** How many ticks before the one it acted in went without an input that was stamped for them. */
    synchronized int takenLate() {
        return takenLate;
    }
}
