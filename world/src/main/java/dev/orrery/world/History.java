package dev.orrery.world;

import dev.orrery.rules.Settings;

/**
 * The rows of the last ticks, half a second of them: a ring that is part of the world's state. Only actors that have a place
 * are in it. Owned by the world's thread.
 */
final class History {
    /** How far back a shot is judged at most. A player who sees later than that has to aim ahead. */
    private static final int REWIND_MILLIS = 500;

    /** However short ticks are. A power of two. */
    static final int MAX_TICKS = 32;

    private final Past[] ring = new Past[MAX_TICKS];
    private long oldest;
    private long newest = -1;

    History(Bodies bodies) {
        for (int i = 0; i < MAX_TICKS; i++) {
            ring[i] = new Past(bodies);
        }
    }

    /** So many ticks may be looked back. */
    static int windowTicks(Settings settings) {
        int ticks = (REWIND_MILLIS + settings.tickRate() - 1) / settings.tickRate();
        return Math.clamp(ticks, 1, MAX_TICKS);
    }

    /** The end of a tick: the next after the newest, or the first of all. */
    void remember(long tick, Bodies bodies, Settings settings) {
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
        return ring[(int) (Math.clamp(tick, oldest, newest) & MAX_TICKS - 1)];
    }

    long oldest() {
        return oldest;
    }

    long newest() {
        return newest;
    }

    /** As it was stored: these ticks are remembered, and will be filled. */
    void reset(long oldestTick, long newestTick) {
        oldest = oldestTick;
        newest = newestTick;
    }

    /** A tick, still empty. */
    Past begin(long tick) {
        Past past = ring[(int) (tick & MAX_TICKS - 1)];
        past.begin(tick);
        return past;
    }
}
