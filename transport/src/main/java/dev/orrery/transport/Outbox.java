package dev.orrery.transport;

import dev.orrery.wire.BinaryPacket;
import dev.orrery.wire.EncodedPacket;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Packets that wait for a session's link: references to packets that many sessions may share. Its bound is kept by
 * {@link EngineSession#enqueue}. Owned by the session's thread.
 */
final class Outbox {
    private static final int FIRST_CAPACITY = 2;

    /** The oldest, mostly the only one; null if none waits. */
    private @Nullable EncodedPacket first;

    private final ArrayDeque<EncodedPacket> others = new ArrayDeque<>(FIRST_CAPACITY);
    private int count;
    private int bytes;

    void add(EncodedPacket packet) {
        if (packet instanceof BinaryPacket reused) {
            reused.queued();
        }
        if (first == null) {
            first = packet;
        } else {
            others.add(packet);
        }
        count++;
        bytes += packet.size();
    }

    /** The oldest: to be written at once, as it may be filled anew after that. */
    @Nullable
    EncodedPacket poll() {
        EncodedPacket packet = first;
        if (packet != null) {
            count--;
            first = count > 0 ? others.poll() : null;
            bytes -= packet.size();
            release(packet);
        }
        return packet;
    }

    private static void release(EncodedPacket packet) {
        if (packet instanceof BinaryPacket reused) {
            reused.released();
        }
    }

    boolean isEmpty() {
        return first == null;
    }

    int bytes() {
        return bytes;
    }

    void clear() {
        while (poll() != null) {}
    }
}
