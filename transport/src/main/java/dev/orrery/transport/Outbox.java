package dev.orrery.transport;

import dev.orrery.wire.EncodedPacket;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Packets that wait for a session's link: references to packets that many sessions may share. Its bound is kept by
 * {@link EngineSession#enqueue}. Owned by the session's thread.
 */
final class Outbox {
    private static final int FIRST_CAPACITY = 2;

    private final ArrayDeque<EncodedPacket> packets = new ArrayDeque<>(FIRST_CAPACITY);
    private int bytes;

    void add(EncodedPacket packet) {
        packets.add(packet);
        bytes += packet.size();
    }

    @Nullable
    EncodedPacket poll() {
        EncodedPacket packet = packets.poll();
        if (packet != null) {
            bytes -= packet.size();
        }
        return packet;
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    int bytes() {
        return bytes;
    }

    void clear() {
        packets.clear();
        bytes = 0;
    }
}
