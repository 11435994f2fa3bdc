package dev.orrery.world;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that one tick gives to clients: encoded once, shared by everyone. Immutable; may be used by any thread. The byte
 * arrays are whole packets and must not be changed.
 */
public final class FrameSet {
    private final long tick;
    private final long version;
    private final byte @Nullable [] update;
    private final byte @Nullable [] state;
    private final long eventsBefore;
    private final List<byte[]> events;
    private final Map<Seat, byte[]> acks;

    FrameSet(
            long tick,
            long version,
            byte @Nullable [] update,
            byte @Nullable [] state,
            long eventsBefore,
            List<byte[]> events,
            Map<Seat, byte[]> acks) {
        this.tick = tick;
        this.version = version;
        this.update = update;
        this.state = state;
        this.eventsBefore = eventsBefore;
        this.events = events;
        this.acks = acks;
    }

    public long tick() {
        return tick;
    }

    /**
     * How many updates there have been, this one included. A client that holds version v continues with the update whose
     * version is v + 1; any other leaves a gap and it needs the state.
     */
    public long version() {
        return version;
    }

    /** What changed in this tick; null if nothing did, and the version is then that of the tick before. */
    public byte @Nullable [] update() {
        return update;
    }

    /** Everything; null unless a seat had asked for it. */
    public byte @Nullable [] state() {
        return state;
    }

    /** How many events there have been before those of this tick. A client that has had another number has missed some. */
    public long eventsBefore() {
        return eventsBefore;
    }

    /** What happened in this tick, one packet each, in order: everyone gets each of them once. */
    public List<byte[]> events() {
        return events;
    }

    /** What only this player gets: which of their inputs acted; null if none newly did. */
    public byte @Nullable [] ack(Seat seat) {
        return acks.get(seat);
    }
}
