package dev.orrery.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.ssl.SslHandler;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a WebSocket of an HTTP connection (RFC 6455, 4.2): all HTTP handlers leave its pipeline, and {@link WebSocketFront} is its
 * only one. permessage-deflate (RFC 7692), where it is switched on, is agreed upon without context takeover on either side: what is
 * broadcast is deflated once for all, and no connection keeps a window. May be used by any connection thread.
 */
final class WebSocketUpgrade {
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final String VERSION = "13";
    private static final int KEY_BYTES = 16;
    private static final String DEFLATE = "permessage-deflate";
    private static final String AGREED = DEFLATE + "; server_no_context_takeover; client_no_context_takeover";
    /** A smaller window than usual, which Java's deflater cannot have. */
    private static final String SMALL_WINDOW = "server_max_window_bits";

    private final Transport transport;

    WebSocketUpgrade(Transport transport) {
        this.transport = transport;
    }

    /** Why the request for a WebSocket cannot be granted; null if it can. */
    static @Nullable EngineRefusal refusal(FullHttpRequest request) {
        if (!VERSION.equals(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
            return EngineRefusal.UNSUPPORTED_WEBSOCKET;
        }
        boolean asked = request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
        return asked && isKey(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY, ""))
                ? null
                : EngineRefusal.BAD_UPGRADE;
    }

    private static boolean isKey(String text) {
        try {
            return Base64.getDecoder().decode(text).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Answers a request that can be granted.
     *
     * @param http the context of the handler that took the request, the last one
     * @param sink takes the messages
     * @param opened is given the link when the answer is written, before any message comes
     * @param failed runs instead, if it cannot be written
     */
    void begin(
            ChannelHandlerContext http,
            FullHttpRequest request,
            WebSocketSink sink,
            Consumer<WebSocketLink> opened,
            Runnable failed) {
        Channel channel = http.channel();
        boolean deflate = transport.config().compression()
                && accepts(request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS));
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
        response.headers()
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(
                        HttpHeaderNames.SEC_WEBSOCKET_ACCEPT,
                        accept(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "")));
        if (deflate) {
            response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, AGREED);
        }
        // A peer that reads nothing lets even this wait.
        var deadline = channel.eventLoop()
                .schedule(() -> channel.close(), transport.limits().requestTimeoutMillis(), TimeUnit.MILLISECONDS);
        http.writeAndFlush(response).addListener(done -> {
            deadline.cancel(false);
            if (done.isSuccess()) {
                WebSocketFront front = new WebSocketFront(transport, channel, deflate, sink);
                replace(http, front);
                opened.accept(new WebSocketLink(
                        channel,
                        front,
                        transport.flusher(channel.eventLoop()),
                        transport.limits().maxPendingBytes(),
                        deflate));
                front.begin();
            } else {
                failed.run();
                channel.close();
            }
        });
    }

    /** The codec goes last: what it has not read yet is for the front. */
    private static void replace(ChannelHandlerContext http, WebSocketFront front) {
        ChannelPipeline pipeline = http.pipeline();
        pipeline.addLast(front);
        pipeline.remove(http.handler());
        pipeline.remove(BodyAggregator.class);
        pipeline.remove(HttpServerCodec.class);
        if (pipeline.get(SslHandler.class) == null
                && pipeline.channel().config().getRecvByteBufAllocator() instanceof ReadBuffers reads) {
            reads.share();
        }
    }

    /** Whether one of the offers, {@code name; parameter; parameter=value, …}, can be met. */
    private static boolean accepts(Iterable<String> headers) {
        for (String offer : String.join(",", headers).toLowerCase(Locale.ROOT).split(",", -1)) {
            if (offer.strip().startsWith(DEFLATE) && !offer.contains(SMALL_WINDOW + "=")) {
                return true;
            }
        }
        return false;
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
