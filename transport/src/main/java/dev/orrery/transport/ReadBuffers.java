package dev.orrery.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Into what a connection is read: buffers of its own at first, as small as what comes, because decoders of HTTP and TLS keep what is not
 * whole yet; the spare one of its thread as soon as a {@link WebSocketFront} alone reads it, which copies what it keeps. One for each channel,
 * and owned by its thread.
 */
final class ReadBuffers implements RecvByteBufAllocator {
    private static final int READS_IN_TURN = 16;

    private final AdaptiveRecvByteBufAllocator own = new AdaptiveRecvByteBufAllocator();
    private final SpareBuffer spare;
    private boolean shared;

    ReadBuffers(SpareBuffer spare) {
        this.spare = spare;
        own.maxMessagesPerRead(READS_IN_TURN);
    }

    /** From now on whoever gets what is read copies what they keep of it. */
    void share() {
        shared = true;
    }

    @Override
    @SuppressWarnings("deprecation") // of what every allocator must give
    public Handle newHandle() {
        return new Reads(own.newHandle());
    }

    private final class Reads extends DelegatingHandle implements ExtendedHandle {
        private final ExtendedHandle handle;

        private Reads(Handle handle) {
            super(handle);
            this.handle = (ExtendedHandle) handle;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator alloc) {
            return shared ? spare.take() : handle.allocate(alloc);
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreDataSupplier) {
            return handle.continueReading(maybeMoreDataSupplier);
        }
    }
}
