package dev.orrery.transport;

import dev.orrery.wire.Counters;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The first handler of a connection: upgrades {@code /socket.io/} to a session and answers all other requests. */
final class HttpFront extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    private static final String SOCKET_PATH = "/socket.io/";
    /** Name of the handler that closes silent connections; sessions have their pings. */
    static final String IDLE = "idle";

    private final TransportConfig config;
    private final Counters<Counter> counters;
    private final Namespaces namespaces;
    private final HttpHandler handler;

    HttpFront(TransportConfig config, Counters<Counter> counters, Namespaces namespaces, HttpHandler handler) {
        this.config = config;
        this.counters = counters;
        this.namespaces = namespaces;
        this.handler = handler;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (!request.decoderResult().isSuccess()) {
            reply(ctx, request, HttpHandler.Reply.text(400, "This is not HTTP/1.1 within the server's limits.\n"));
            return;
        }
        QueryStringDecoder target;
        String path;
        try {
            target = new QueryStringDecoder(request.uri());
            path = target.path();
            target.parameters();
        } catch (IllegalArgumentException e) {
            reply(ctx, request, HttpHandler.Reply.text(400, "The request's target is not a valid path.\n"));
            return;
        }
        if (path.equals(SOCKET_PATH)) {
            openSession(ctx, request, target);
        } else {
            counters.increment(Counter.HTTP_REQUESTS);
            reply(ctx, request, handle(request, path));
        }
    }

    private HttpHandler.Reply handle(FullHttpRequest request, String path) {
        try {
            return handler.handle(new HttpHandler.Request(
                    request.method().name(),
                    path,
                    request.headers().get(HttpHeaderNames.HOST, ""),
                    ByteBufUtil.getBytes(request.content())));
        } catch (RuntimeException e) {
            LOG.error("{} {} failed", request.method(), path, e);
            return HttpHandler.Reply.text(500, "The server failed to answer; its log says why.\n");
        }
    }

    private void openSession(ChannelHandlerContext ctx, FullHttpRequest request, QueryStringDecoder target) {
        String refusal = refusal(request, target);
        if (refusal != null) {
            counters.increment(Counter.HANDSHAKES_REFUSED);
            reply(ctx, request, HttpHandler.Reply.text(400, refusal));
            return;
        }
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                        SOCKET_PATH,
                        null,
                        WebSocketDecoderConfig.newBuilder()
                                .maxFramePayloadLength(config.maxPayloadBytes())
                                .withUTF8Validator(false)
                                .build())
                .newHandshaker(request);
        if (handshaker == null) {
            counters.increment(Counter.HANDSHAKES_REFUSED);
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel());
            return;
        }
        EngineSession session = new EngineSession(ctx.channel(), config, counters, namespaces);
        ctx.pipeline()
                .addLast(new Utf8FrameValidator())
                .addLast(new WebSocketFrameAggregator(config.maxPayloadBytes()))
                .addLast(new WebSocketFront(session));
        handshaker.handshake(ctx.channel(), request).addListener(done -> {
            if (done.isSuccess()) {
                session.open();
            } else {
                ctx.close();
            }
        });
        ctx.pipeline().remove(IDLE);
        ctx.pipeline().remove(this);
    }

    private static @Nullable String refusal(FullHttpRequest request, QueryStringDecoder target) {
        if (!"4".equals(first(target, "EIO"))) {
            return "This server speaks Engine.IO 4: the query must say EIO=4 (socket.io-client 3 or newer).\n";
        }
        if (!"websocket".equals(first(target, "transport"))) {
            return "This server takes the WebSocket transport only: use transports: [\"websocket\"].\n";
        }
        if (first(target, "sid") != null) {
            return "There is no such session.\n";
        }
        if (request.method() != HttpMethod.GET
                || !request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            return "The transport is websocket, but the request asks for no upgrade.\n";
        }
        return null;
    }

    private static @Nullable String first(QueryStringDecoder target, String name) {
        List<String> values = target.parameters().get(name);
        return values == null || values.isEmpty() ? null : values.getFirst();
    }

    private void reply(ChannelHandlerContext ctx, FullHttpRequest request, HttpHandler.Reply reply) {
        boolean headOnly = request.method() == HttpMethod.HEAD;
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(reply.status()),
                headOnly ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(reply.body()));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.body().length);
        response.headers().set("X-Content-Type-Options", "nosniff");
        reply.headers().forEach((name, value) -> response.headers().set(name, value));
        boolean keepAlive =
                HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
        HttpUtil.setKeepAlive(response, keepAlive);
        var written = ctx.writeAndFlush(response);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("closed {}", ctx.channel(), cause);
        ctx.close();
    }
}
