package dev.orrery.transport;

import dev.orrery.wire.EncodedPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.ssl.SslHandler;
import java.util.concurrent.TimeUnit;

/**
 * A session over WebSocket. Packets come framed already: what can leave is copied into one buffer, written past Netty's frame
 * encoder and flushed once. Owned by the session's thread, which is the channel's.
 */
final class WebSocketLink implements Link {
    /** How long a peer may take to answer a close, or to read what is before it. */
    private static final long CLOSE_MILLIS = 1_000;

    private final Channel channel;
    private final ChannelHandlerContext encoder;
    private final WebSocketFront front;
    private final boolean compressed;

    /**
     * @param encoder Netty's frame encoder: writes of its context are not framed again
     * @param compressed whether frames must go through the pipeline, where permessage-deflate stands
     */
    WebSocketLink(ChannelHandlerContext encoder, WebSocketFront front, boolean compressed) {
        this.channel = encoder.channel();
        this.encoder = encoder;
        this.front = front;
        this.compressed = compressed;
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
            if (compressed) {
                writeCompressed(outbox);
            } else {
                writeBatch(outbox);
            }
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
            batch.writeBytes(packet.frames());
            packet = batch.readableBytes() < room ? outbox.poll() : null;
        }
        encoder.write(batch, encoder.voidPromise());
    }

    private void writeCompressed(Outbox outbox) {
        EncodedPacket packet = outbox.poll();
        if (packet != null) {
            packet.forEachFrame((binary, array, offset, length) -> {
                ByteBuf content = Unpooled.wrappedBuffer(array, offset, length);
                channel.write(
                        binary ? new BinaryWebSocketFrame(content) : new TextWebSocketFrame(content),
                        channel.voidPromise());
            });
        }
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
            ChannelFuture told = channel.writeAndFlush(new CloseWebSocketFrame(reason.status(), reason.sentence()));
            if (front.isDeaf()
                    && channel instanceof DuplexChannel half
                    && channel.pipeline().get(SslHandler.class) == null) {
                told.addListener(done -> half.shutdownOutput());
            }
            channel.eventLoop().schedule(() -> channel.close(), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
