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
    private final @Nullable TickBlocks blocks;
    private final @Nullable EncodedPacket directory;
    private final Map<Line, Aside> asides;

    FrameSet(
            long tick,
            long version,
            @Nullable EncodedPacket update,
            @Nullable EncodedPacket state,
            long eventsBefore,
            List<EncodedPacket> events,
            @Nullable TickBlocks blocks,
            @Nullable EncodedPacket directory,
            Map<Line, Aside> asides) {
        this.tick = tick;
        this.version = version;
        this.update = update;
        this.state = state;
        this.eventsBefore = eventsBefore;
        this.events = events;
        this.blocks = blocks;
        this.directory = directory;
        this.asides = asides;
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

    /** How many events, and changes of the directory, there have been before those of this tick. A client that has had another number has missed some. */
    public long eventsBefore() {
        return eventsBefore;
    }

    /** What happened in this tick, one packet each, in order: everyone gets each of them once. */
    public List<EncodedPacket> events() {
        return events;
    }

    /** What the tick tells of each cell; null if nobody is told in frames. */
    public @Nullable TickBlocks blocks() {
        return blocks;
    }

    /** What the tick changed in the directory of players, for who is told in frames; null if nothing, or nobody is. */
    public @Nullable EncodedPacket directory() {
        return directory;
    }

    /** What only this connection gets. */
    public Aside aside(Line line) {
        return asides.getOrDefault(line, Aside.NONE);
    }
}
