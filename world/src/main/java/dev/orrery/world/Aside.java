package dev.orrery.world;

import dev.orrery.wire.EncodedPacket;
import org.jspecify.annotations.Nullable;

/**
 * What a tick tells one connection alone. Immutable.
 *
 * @param ack which of its inputs acted, as an event; null if none newly did, or if the client is told in frames
 * @param tardyTicks how many ticks too late the input came that newly acted, for who is told in frames; 0 if it did not
 * @param own what only its player may know of their actor; null if that is as before, or the client is not told in frames
 */
public record Aside(
        @Nullable EncodedPacket ack,
        int tardyTicks,
        @Nullable OwnRow own) {
    static final Aside NONE = new Aside(null, 0, null);
}
