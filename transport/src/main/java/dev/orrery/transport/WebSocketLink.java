package dev.orrery.transport;

import dev.orrery.wire.EncodedPacket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * A session over WebSocket. Packets come framed already: what can leave is copied into one buffer, written and flushed once. Owned by
 * the session's thread, which is the channel's.
 */
final class WebSocketLink implements Link {
    /** How long a peer may take to answer a close, or to read what is before it. */
    private static final long CLOSE_MILLIS = 1_000;

    private final Channel channel;
    private final WebSocketFront front;
    /** Of the front, the last handler: shorter than the way through the whole pipeline, whose parts are cold in each tick. */
    private final ChannelHandlerContext context;

    private final Flusher flusher;
    private final int maxPendingBytes;
    private final boolean deflate;

    /**
     * @param maxPendingBytes of the channel, above which it is not writable
     * @param deflate whether permessage-deflate was agreed upon
     */
    WebSocketLink(Channel channel, WebSocketFront front, Flusher flusher, int maxPendingBytes, boolean deflate) {
        this.channel = channel;
        this.front = front;
        this.context = channel.pipeline().context(front);
        this.flusher = flusher;
        this.maxPendingBytes = maxPendingBytes;
        this.deflate = deflate;
    }

    WebSocketFront front() {
        return front;
    }

    @Override
    public boolean isReady() {
        return channel.isWritable();
    }

    @Override
    public long waitingBytes() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting == null ? 0 : waiting.totalPendingWriteBytes();
    }

    @Override
    public void drain(Outbox outbox) {
        boolean wrote = false;
        while (!outbox.isEmpty() && channel.isWritable() && front.isOpen()) {
            writeBatch(outbox);
            wrote = true;
        }
        if (wrote) {
            context.flush();
        }
    }

    /** As many packets as one buffer holds, up to what may be pending in the channel. */
    private void writeBatch(Outbox outbox) {
        final boolean idle = isIdle();
        final long room = idle ? maxPendingBytes : Math.max(channel.bytesBeforeUnwritable(), 1);
        final int bytes = (int) Math.min(outbox.bytes(), room);
        final ByteBuf batch = idle ? flusher.batch(bytes) : channel.alloc().directBuffer(bytes);
        boolean whole = false;
        try {
            EncodedPacket packet = outbox.poll();
            while (packet != null) {
                if (deflate) {
                    batch.writeBytes(packet.deflatedFrames());
                } else {
                    batch.writeBytes(packet.frames(), 0, packet.size());
                }
                packet = batch.readableBytes() < room ? outbox.poll() : null;
            }
            whole = true;
        } finally {
            if (!whole) {
                batch.release();
            }
        }
        context.write(batch, context.voidPromise());
    }

    /** Whether nothing waits in the channel, so that what is written now leaves with its flush. */
    private boolean isIdle() {
        ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
        return waiting != null && waiting.isEmpty();
    }

    /** Sends one packet at once, past any outbox. */
    void send(EncodedPacket packet) {
        Outbox own = new Outbox();
        own.add(packet);
        drain(own);
    }

    /**
     * Tells the peer why, and waits a moment for it: a channel closed while the peer still sends would be reset, and the reason
     * lost. If its answer could not be understood, the peer is shown that it need not wait for more.
     */
    @Override
    public void close(CloseReason reason, Outbox last) {
        boolean farewell = front.isOpen() && reason.isOrderly();
        while (farewell && !last.isEmpty() && channel.isActive()) {
            writeBatch(last); // bounded as the outbox is; gone after the moment that the peer has
        }
        front.stop();
        if (!channel.isActive()) {
            return;
        }
        channel.config().setAutoRead(true);
        if (front.mayClose()) {
            ChannelFuture told = front.writeClose(reason.status(), reason.sentence());
            if (front.isDeaf()
                    && channel instanceof DuplexChannel half
                    && channel.pipeline().get(SslHandler.class) == null) {
                told.addListener(done -> half.shutdownOutput());
            }
        }
        // Also when the peer closed first: one that does not read lets even the answer wait for ever.
        channel.eventLoop().schedule(() -> channel.close(), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }
}
