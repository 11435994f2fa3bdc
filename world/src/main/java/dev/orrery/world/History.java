package dev.orrery.world;

import dev.orrery.rules.Settings;

/**
 * The rows of the last ticks, half a second of them: a ring that is part of the world's state. Only actors that have a place
 * are in it. Owned by the world's thread.
 */
final class History {
    /** How far back a shot is judged at most. A player who sees later than that has to aim ahead. */
    private static final int REWIND_MILLIS = 500;

    /** However short ticks are. */
    static final int MAX_TICKS = 32;

    /** By so many ticks the world can be put back, and then knows of its past what it knew. */
    static final int BACK_TICKS = 8;

    private static final int FIRST_LENGTH = 16;

    private final Bodies bodies;
    /** No longer than needed, as all of it is written to in turn. Its length is a power of two. */
    private Past[] ring;

    private long oldest;
    private long newest = -1;

    History(Bodies bodies) {
        this.bodies = bodies;
        this.ring = empty(FIRST_LENGTH);
    }

    private Past[] empty(int length) {
        Past[] empty = new Past[length];
        for (int i = 0; i < length; i++) {
            empty[i] = new Past(bodies);
        }
        return empty;
    }

    /** So many ticks are to be remembered. */
    private void hold(int ticks) {
        int length = Math.max(FIRST_LENGTH, Integer.highestOneBit(ticks + BACK_TICKS - 1) << 1);
        if (length > ring.length) {
            Past[] longer = empty(length);
            for (Past past : ring) {
                if (past.tick() >= 0) {
                    longer[(int) past.tick() & length - 1] = past;
                }
            }
            ring = longer;
        }
    }

    /** So many ticks may be looked back. */
    static int windowTicks(Settings settings) {
        int ticks = (REWIND_MILLIS + settings.tickRate() - 1) / settings.tickRate();
        return Math.clamp(ticks, 1, MAX_TICKS);
    }

    /** The end of a tick: the next after the newest, or the first of all. */
    void remember(long tick, Settings settings) {
        hold(windowTicks(settings));
        newest = tick;
        Past past = begin(tick);
        for (Body body : bodies.all()) {
            if (body != null && body.kind().hasPlace()) {
                int offset = past.add(body.id(), body.kind().index(), body.row.length);
                System.arraycopy(body.row, 0, past.rows(), offset, body.row.length);
            }
        }
        oldest = Math.max(oldest, tick - windowTicks(settings) + 1);
    }

    /** The end of a tick, or that of the nearest that is remembered. */
    Past at(long tick) {
        return ring[(int) (Math.clamp(tick, oldest, newest) & ring.length - 1)];
    }

    long oldest() {
        return oldest;
    }

    long newest() {
        return newest;
    }

    /** As it was stored: these ticks are remembered, and will be filled if they are not there still. */
    void reset(long oldestTick, long newestTick) {
        hold((int) (newestTick - oldestTick + 1));
        oldest = oldestTick;
        newest = newestTick;
    }

    /** A tick, still empty. */
    Past begin(long tick) {
        Past past = ring[(int) (tick & ring.length - 1)];
        past.begin(tick);
        return past;
    }
}
