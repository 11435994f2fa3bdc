package dev.orrery.transport;

import dev.orrery.wire.Counters;
import dev.orrery.wire.FrameException;
import dev.orrery.wire.FrameReader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The only handler of a WebSocket (beside TLS): reads frames, answers pings, keeps the rate of control frames, and gives whole messages
 * to its sink.
 *
 * <pre>
 *   NEW      the upgrade is being answered; what comes is kept   → OPEN
 *   OPEN     messages                                → CLOSING when either side closes or a limit is met
 *   CLOSING  what still comes is thrown away, up to the peer's own close
 *   DEAF     the same, but nothing is understood any more: the peer has sent a wrong frame
 * </pre>
 *
 * The channel is closed by WebSocketLink. Owned by the channel's thread.
 */
final class WebSocketFront extends ChannelInboundHandlerAdapter implements FrameReader.Messages {
    private enum State {
        NEW,
        OPEN,
        CLOSING,
        DEAF
    }

    private static final int PONG = 0x8A;
    private static final int CLOSE = 0x88;

    private final Channel channel;
    private final FrameReader reader;
    private final Limits limits;
    private final Counters<Counter> counters;
    private final Bucket controlFrames;
    private WebSocketSink sink;
    private State state = State.NEW;
    private boolean closeSent;
    /** The beginning of a frame that has not come whole. */
    private @Nullable ByteBuf rest;

    /** @param deflate whether permessage-deflate was agreed upon */
    WebSocketFront(Transport transport, Channel channel, boolean deflate, WebSocketSink sink) {
        this.channel = channel;
        this.limits = transport.limits();
        this.counters = transport.counters();
        this.reader = new FrameReader(
                limits.maxPayloadBytes(), limits.maxFragments(), deflate, transport.buffers(channel.eventLoop()));
        this.controlFrames = new Bucket(limits.controlFrames(), System.nanoTime());
        this.sink = sink;
    }

    /** The link is there: what has come meanwhile is read. */
    void begin() {
        if (state == State.NEW) {
            state = State.OPEN;
            if (rest != null) {
                read(rest);
            }
        }
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    /** Whether a close frame may be sent: there is one at most, and nothing comes after it. */
    boolean mayClose() {
        return !closeSent;
    }

    /** From now on messages go to another sink. */
    void serveBy(WebSocketSink other) {
        sink = other;
    }

    /** Nothing is given to the sink any more. */
    void stop() {
        if (state == State.OPEN || state == State.NEW) {
            state = State.CLOSING;
        }
    }

    /** Whether nothing that still comes is understood, not even the peer's close. */
    boolean isDeaf() {
        return state == State.DEAF;
    }

    /** Sends a close frame. */
    ChannelFuture writeClose(int status, String reason) {
        closeSent = true;
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        ByteBuf frame = channel.alloc().buffer(4 + text.length);
        frame.writeByte(CLOSE).writeByte(2 + text.length).writeShort(status).writeBytes(text);
        return channel.writeAndFlush(frame);
    }

    // ---- from the client ----

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        final ByteBuf in = (ByteBuf) message;
        try {
            if (state == State.NEW) {
                rest = (rest == null ? ctx.alloc().buffer(in.readableBytes()) : rest).writeBytes(in);
            } else if (rest == null) {
                read(in);
                if (in.isReadable() && state != State.DEAF) {
                    rest = ctx.alloc().buffer(in.readableBytes()).writeBytes(in);
                }
            } else {
                rest.discardSomeReadBytes().writeBytes(in);
                read(rest);
                if (rest != null && !rest.isReadable()) {
                    dropRest();
                }
            }
        } finally {
            in.release();
        }
    }

    /** All frames that are there as a whole. */
    private void read(ByteBuf in) {
        final ByteBuffer bytes = in.internalNioBuffer(in.readerIndex(), in.readableBytes());
        final int start = bytes.position();
        try {
            while (state != State.DEAF && reader.next(bytes, this)) {
                // each has been given to a method below
            }
            if (in.refCnt() > 0) { // the connection may have broken meanwhile, and its rest been dropped
                in.skipBytes(bytes.position() - start);
            }
        } catch (FrameException e) {
            refuse(e.reason());
        }
    }

    private void refuse(FrameException.Reason reason) {
        boolean wasOpen = state == State.OPEN;
        state = State.DEAF;
        dropRest();
        if (!wasOpen) {
            return;
        }
        switch (reason) {
            case MALFORMED -> {
                counters.increment(Counter.FRAMES_MALFORMED);
                sink.refused(CloseReason.PROTOCOL_ERROR);
            }
            case BAD_TEXT -> {
                counters.increment(Counter.FRAMES_MALFORMED);
                sink.refused(CloseReason.BAD_TEXT);
            }
            case TOO_LARGE -> {
                counters.increment(Counter.MESSAGES_TOO_LARGE);
                sink.refused(CloseReason.TOO_LARGE);
            }
            case TOO_MANY_FRAGMENTS -> {
                counters.increment(Counter.FRAGMENTS_EXCEEDED);
                sink.refused(CloseReason.RATE_EXCEEDED);
            }
        }
    }

    @Override
    public void text(String message) {
        if (state == State.OPEN) {
            sink.text(message);
        }
    }

    @Override
    public void binary(byte[] message) {
        if (state == State.OPEN) {
            sink.binary(message);
        }
    }

    @Override
    public void ping(byte[] payload) {
        if (mayControl()) {
            ByteBuf frame = channel.alloc().buffer(2 + payload.length);
            channel.writeAndFlush(
                    frame.writeByte(PONG).writeByte(payload.length).writeBytes(payload));
        }
    }

    /** Nothing here asked for it, and RFC 6455 allows it. */
    @Override
    public void pong() {
        mayControl();
    }

    /** Answered with the same status; or the answer to a close of the server. */
    @Override
    public void close(byte[] payload) {
        boolean wasOpen = state == State.OPEN;
        state = State.DEAF; // the peer has said its last word
        if (wasOpen) {
            ByteBuf frame = channel.alloc().buffer(2 + payload.length);
            closeSent = true;
            frame.writeByte(CLOSE).writeByte(payload.length).writeBytes(payload);
            channel.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
            sink.closed();
        } else {
            channel.close();
        }
    }

    private boolean mayControl() {
        if (state != State.OPEN) {
            return false;
        }
        if (controlFrames.take(1, limits.controlFrames(), System.nanoTime())) {
            return true;
        }
        counters.increment(Counter.CONTROL_FRAMES_EXCEEDED);
        stop();
        sink.refused(CloseReason.RATE_EXCEEDED);
        return false;
    }

    private void dropRest() {
        if (rest != null) {
            rest.release();
            rest = null;
        }
    }

    // ---- of the channel ----

    /** Nobody stands behind this handler. */
    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {}

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        // Who does not read is not read: answers that it does not fetch cannot pile up.
        channel.config().setAutoRead(channel.isWritable());
        if (state == State.OPEN && channel.isWritable()) {
            sink.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        end();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        dropRest();
    }

    /** The connection broke, or TLS found the bytes wrong: this connection ends and no other notices. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        end();
        ctx.close();
    }

    private void end() {
        boolean wasOpen = state == State.OPEN || state == State.NEW;
        state = State.DEAF;
        dropRest();
        if (wasOpen) {
            sink.closed();
        }
    }
}
