package dev.orrery.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * One direct buffer that serves whoever needs one for a moment, one after the other: it never leaves the processor's cache. Who holds it for
 * longer keeps it, and another takes its place. Owned by a connection thread.
 */
final class SpareBuffer {
    private final int capacity;
    private ByteBuf buffer;

    SpareBuffer(int capacity) {
        this.capacity = capacity;
        this.buffer = Unpooled.directBuffer(capacity);
    }

    /** An empty one; the taker releases it. */
    ByteBuf take() {
        if (buffer.refCnt() != 1) {
            buffer.release();
            buffer = Unpooled.directBuffer(capacity);
        }
        return buffer.clear().retain();
    }

    /** When the loop has ended. */
    void close() {
        buffer.release();
    }
}
