package dev.orrery.transport;

import dev.orrery.wire.Counters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.compression.DecompressionException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The last handler of a WebSocket: joins frames to messages, answers pings, keeps the limits of frames, and gives whole messages
 * to its sink.
 *
 * <pre>
 *   OPEN     messages                          → CLOSING when either side closes or a limit is met
 *   CLOSING  what still comes is thrown away    (the channel is closed by WebSocketLink)
 * </pre>
 */
final class WebSocketFront extends ChannelInboundHandlerAdapter {
    /** How Netty says that a message inflates to more than the limit; nothing else tells it from one that is corrupt. */
    private static final String INFLATED_TOO_FAR = "Decompression buffer has reached maximum size";

    private final Limits limits;
    private final Counters<Counter> counters;
    private final Bucket controlFrames;
    private WebSocketSink sink;
    private boolean closing;
    /** Frames of a message whose last has not come; text if {@link #joinsText}. */
    private @Nullable CompositeByteBuf fragments;

    private boolean joinsText;

    WebSocketFront(Limits limits, Counters<Counter> counters, WebSocketSink sink) {
        this.limits = limits;
        this.counters = counters;
        this.controlFrames = new Bucket(limits.controlFrames(), System.nanoTime());
        this.sink = sink;
    }

    /** From now on messages go to another sink. */
    void serveBy(WebSocketSink other) {
        sink = other;
    }

    /** Nothing is given to the sink any more. */
    void stop() {
        closing = true;
        dropFragments();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        WebSocketFrame frame = (WebSocketFrame) message;
        try {
            if (!closing) {
                read(ctx, frame);
            } else if (frame instanceof CloseWebSocketFrame) {
                ctx.close();
            }
        } finally {
            frame.release();
        }
    }

    private void read(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame.rsv() != 0) { // bits of an extension that was not agreed on, or stand where it has none
            counters.increment(Counter.FRAMES_MALFORMED);
            refuse(CloseReason.PROTOCOL_ERROR);
            return;
        }
        switch (frame) {
            case TextWebSocketFrame text -> data(ctx, text, true);
            case BinaryWebSocketFrame binary -> data(ctx, binary, false);
            case ContinuationWebSocketFrame further -> join(further);
            case PingWebSocketFrame ping -> {
                if (mayControl()) {
                    ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
                }
            }
            case PongWebSocketFrame ignored -> mayControl(); // nothing here asked for it, and RFC 6455 allows it
            case CloseWebSocketFrame close -> {
                stop();
                ctx.writeAndFlush(close.retainedDuplicate()).addListener(ChannelFutureListener.CLOSE);
                sink.closed();
            }
            default -> throw new IllegalStateException("a frame of no known kind: " + frame);
        }
    }

    private void data(ChannelHandlerContext ctx, WebSocketFrame frame, boolean text) {
        if (frame.isFinalFragment()) {
            deliver(frame.content(), text);
        } else {
            fragments = ctx.alloc().compositeBuffer(limits.maxFragments());
            joinsText = text;
            join(frame);
        }
    }

    /** Netty has checked that a continuation follows a beginning. */
    private void join(WebSocketFrame frame) {
        CompositeByteBuf joined = fragments;
        if (joined == null) {
            return;
        }
        if (joined.numComponents() >= limits.maxFragments()) {
            counters.increment(Counter.FRAGMENTS_EXCEEDED);
            refuse(CloseReason.RATE_EXCEEDED);
        } else if (joined.readableBytes() + frame.content().readableBytes() > limits.maxPayloadBytes()) {
            counters.increment(Counter.MESSAGES_TOO_LARGE);
            refuse(CloseReason.TOO_LARGE);
        } else {
            joined.addComponent(true, frame.content().retain());
            if (frame.isFinalFragment()) {
                fragments = null;
                try {
                    deliver(joined, joinsText);
                } finally {
                    joined.release();
                }
            }
        }
    }

    private void deliver(ByteBuf content, boolean text) {
        if (text) {
            sink.text(content.toString(StandardCharsets.UTF_8)); // validated by the handler before
        } else {
            sink.binary(ByteBufUtil.getBytes(content));
        }
    }

    private boolean mayControl() {
        if (controlFrames.take(1, limits.controlFrames(), System.nanoTime())) {
            return true;
        }
        counters.increment(Counter.CONTROL_FRAMES_EXCEEDED);
        refuse(CloseReason.RATE_EXCEEDED);
        return false;
    }

    private void refuse(CloseReason reason) {
        stop();
        sink.refused(reason);
    }

    private void dropFragments() {
        if (fragments != null) {
            fragments.release();
            fragments = null;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        // Who does not read is not read: answers that it does not fetch cannot pile up.
        ctx.channel().config().setAutoRead(ctx.channel().isWritable());
        if (!closing && ctx.channel().isWritable()) {
            sink.writable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        boolean wasOpen = !closing;
        stop();
        if (wasOpen) {
            sink.closed();
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        dropFragments();
    }

    /** Netty found the bytes wrong, or the connection broke: either way this connection ends and no other notices. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (closing) {
            return;
        }
        if (isTooLarge(cause)) {
            counters.increment(Counter.MESSAGES_TOO_LARGE);
            refuse(CloseReason.TOO_LARGE);
        } else if (cause instanceof CorruptedFrameException corrupted) {
            counters.increment(Counter.FRAMES_MALFORMED);
            refuse(
                    hasStatus(corrupted, WebSocketCloseStatus.INVALID_PAYLOAD_DATA)
                            ? CloseReason.BAD_TEXT
                            : CloseReason.PROTOCOL_ERROR);
        } else if (cause instanceof DecompressionException) {
            counters.increment(Counter.FRAMES_MALFORMED);
            refuse(CloseReason.PROTOCOL_ERROR);
        } else {
            stop();
            sink.closed();
            ctx.close();
        }
    }

    private static boolean isTooLarge(Throwable cause) {
        return cause instanceof TooLongFrameException
                || hasStatus(cause, WebSocketCloseStatus.MESSAGE_TOO_BIG)
                || (cause instanceof DecompressionException
                        && String.valueOf(cause.getMessage()).startsWith(INFLATED_TOO_FAR));
    }

    private static boolean hasStatus(Throwable cause, WebSocketCloseStatus status) {
        return cause instanceof CorruptedWebSocketFrameException corrupted
                && corrupted.closeStatus().code() == status.code();
    }
}
