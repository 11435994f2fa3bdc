package dev.orrery.transport;

import dev.orrery.wire.EncodedPacket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
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
    private final boolean deflate;

    /** @param deflate whether permessage-deflate was agreed upon */
    WebSocketLink(Channel channel, WebSocketFront front, boolean deflate) {
        this.channel = channel;
        this.front = front;
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
    public void drain(Outbox outbox) {
        boolean wrote = false;
        while (!outbox.isEmpty() && channel.isWritable()) {
            writeBatch(outbox);
            wrote = true;
        }
        if (wrote) {
            channel.flush();
        }
    }

    /** As many packets as one buffer holds, up to what may be pending in the channel. */
    private void writeBatch(Outbox outbox) {
        final long room = Math.max(channel.bytesBeforeUnwritable(), 1);
        final ByteBuf batch = channel.alloc().directBuffer((int) Math.min(outbox.bytes(), room));
        EncodedPacket packet = outbox.poll();
        while (packet != null) {
            batch.writeBytes(deflate ? packet.deflatedFrames() : packet.frames());
            packet = batch.readableBytes() < room ? outbox.poll() : null;
        }
        channel.write(batch, channel.voidPromise());
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
    public void close(CloseReason reason) {
        front.stop();
        if (channel.isActive()) {
            channel.config().setAutoRead(true);
            ChannelFuture told = front.writeClose(reason.status(), reason.sentence());
            if (front.isDeaf()
                    && channel instanceof DuplexChannel half
                    && channel.pipeline().get(SslHandler.class) == null) {
                told.addListener(done -> half.shutdownOutput());
            }
            channel.eventLoop().schedule(() -> channel.close(), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
