package dev.orrery.world;

import dev.orrery.wire.EncodedPacket;
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
    private final @Nullable EncodedPacket update;
    private final @Nullable EncodedPacket state;
    private final long eventsBefore;
    private final List<EncodedPacket> events;
    private final Map<Line, EncodedPacket> acks;

    FrameSet(
            long tick,
            long version,
            @Nullable EncodedPacket update,
            @Nullable EncodedPacket state,
            long eventsBefore,
            List<EncodedPacket> events,
            Map<Line, EncodedPacket> acks) {
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
    public @Nullable EncodedPacket update() {
        return update;
    }

    /** Everything; null unless a connection had asked for it. */
    public @Nullable EncodedPacket state() {
        return state;
    }

    /** How many events there have been before those of this tick. A client that has had another number has missed some. */
    public long eventsBefore() {
        return eventsBefore;
    }

    /** What happened in this tick, one packet each, in order: everyone gets each of them once. */
    public List<EncodedPacket> events() {
        return events;
    }

    /** What only this connection gets: which of its inputs acted; null if none newly did. */
    public @Nullable EncodedPacket ack(Line line) {
        return acks.get(line);
    }
}
