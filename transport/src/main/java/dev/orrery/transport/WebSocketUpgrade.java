package dev.orrery.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketExtensionDecoder;
import java.util.function.Consumer;

/**
 * Makes a WebSocket of an HTTP connection, by this pipeline:
 *
 * <pre>
 *   Netty's frame decoder and encoder → Utf8FrameValidator → WebSocketFront → a sink
 * </pre>
 *
 * Netty's own answers to wrong frames are switched off: WebSocketFront counts them and gives its reason. May be used by any
 * connection thread.
 */
final class WebSocketUpgrade {
    private final Transport transport;
    private final WebSocketDecoderConfig decoding;

    WebSocketUpgrade(Transport transport) {
        this.transport = transport;
        this.decoding = WebSocketDecoderConfig.newBuilder()
                .allowExtensions(transport.config().compression())
                .maxFramePayloadLength(transport.limits().maxPayloadBytes())
                .closeOnProtocolViolation(false)
                .withUTF8Validator(false)
                .build();
    }

    /**
     * Answers the request for a WebSocket. The handler that took the request is removed from the pipeline.
     *
     * @param http the context of that handler
     * @param sink takes the messages
     * @param opened is given the link when the answer is written, before any message comes
     * @param failed runs instead, if it cannot be
     */
    void begin(
            ChannelHandlerContext http,
            FullHttpRequest request,
            WebSocketSink sink,
            Consumer<WebSocketLink> opened,
            Runnable failed) {
        WebSocketServerHandshaker handshaker =
                new WebSocketServerHandshakerFactory("", null, decoding).newHandshaker(request);
        if (handshaker == null) {
            transport.counters().increment(Counter.HANDSHAKES_REFUSED);
            failed.run();
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(http.channel())
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        WebSocketFront front = new WebSocketFront(transport.limits(), transport.counters(), sink);
        http.pipeline().addLast(new Utf8FrameValidator(false)).addLast(front);
        handshake(handshaker, http.channel(), request).addListener(done -> {
            ChannelHandlerContext encoder = http.pipeline().context(WebSocket13FrameEncoder.class);
            if (done.isSuccess() && encoder != null) {
                boolean compressed = http.pipeline().get(WebSocketExtensionDecoder.class) != null;
                opened.accept(new WebSocketLink(encoder, front, compressed));
            } else {
                failed.run();
                http.close();
            }
        });
        http.pipeline().remove(http.handler());
    }

    /** Netty throws, instead of failing the future, for a request without Sec-WebSocket-Key or Connection: Upgrade. */
    private static ChannelFuture handshake(
            WebSocketServerHandshaker handshaker, Channel channel, FullHttpRequest request) {
        try {
            return handshaker.handshake(channel, request);
        } catch (WebSocketServerHandshakeException e) {
            return channel.newFailedFuture(e);
        }
    }
}
