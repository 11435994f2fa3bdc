package dev.orrery.transport;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last handler of an HTTP connection: takes whole requests, one at a time, and gives each to the endpoint of its path. A
 * request that comes while one waits for its answer is held, so that answers go out in order; likewise while the client does not
 * fetch the answers it has, as one read may bring a thousand requests.
 *
 * <p>Deadlines: the first request must be complete {@link Limits#requestTimeoutMillis} after the connection was made, a
 * further one {@link Limits#keepAliveMillis} after the last answer; a byte now and then does not extend them, but an answer that
 * is still being fetched does.
 */
final class HttpFront extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);
    private static final int MAX_HELD = 2;

    private final Transport transport;
    private final HttpHandler handler;
    private @Nullable HttpExchange current;
    private @Nullable ArrayDeque<FullHttpRequest> held;
    private @Nullable ScheduledFuture<?> deadline;

    HttpFront(Transport transport, HttpHandler handler) {
        this.transport = transport;
        this.handler = handler;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        startDeadline(ctx, transport.limits().requestTimeoutMillis());
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        stopDeadline();
        if (held != null) {
            held.forEach(ReferenceCountUtil::release);
            held = null;
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        FullHttpRequest request = (FullHttpRequest) message;
        if (!ctx.channel().isActive()) {
            request.release(); // came with the one for which the connection was closed
        } else if (current == null && ctx.channel().isWritable()) {
            begin(ctx, request);
        } else {
            hold(ctx, request);
        }
    }

    private void hold(ChannelHandlerContext ctx, FullHttpRequest request) {
        if (held == null) {
            held = new ArrayDeque<>(MAX_HELD);
        }
        if (held.size() == MAX_HELD
                || request.content().readableBytes() > transport.limits().maxBodyBytes()) {
            transport.counters().increment(Counter.PIPELINES_REFUSED);
            request.release();
            ctx.close();
            return;
        }
        held.add(request);
    }

    private void begin(ChannelHandlerContext ctx, FullHttpRequest request) {
        stopDeadline();
        try {
            serve(ctx, request);
        } finally {
            request.release();
        }
    }

    /** The answer is written: the next request may come. */
    private void finished(ChannelHandlerContext ctx) {
        current = null;
        if (!ctx.isRemoved()) {
            startDeadline(ctx, transport.limits().keepAliveMillis());
            if (held != null) {
                ctx.executor().execute(() -> next(ctx)); // not within whatever gave the answer
            }
        }
    }

    /** Serves the next of those that are held, if it is its turn. */
    private void next(ChannelHandlerContext ctx) {
        if (current == null && held != null && ctx.channel().isWritable() && !ctx.isRemoved()) {
            FullHttpRequest request = held.poll();
            if (request != null) {
                begin(ctx, request);
            }
        }
    }

    private void serve(ChannelHandlerContext ctx, FullHttpRequest request) {
        boolean valid = request.decoderResult().isSuccess();
        Origins.Verdict origin = transport.origins().judge(request);
        HttpExchange exchange = new HttpExchange(
                ctx,
                valid && HttpUtil.isKeepAlive(request) && !request.headers().contains(HttpHeaderNames.UPGRADE),
                request.method().equals(HttpMethod.HEAD),
                origin.headers(),
                transport.proxies().client(ctx.channel(), request),
                () -> finished(ctx));
        current = exchange;
        if (!valid) {
            transport.counters().increment(Counter.REQUESTS_MALFORMED);
            exchange.reply(HttpHandler.Reply.text(400, "This is not HTTP/1.1 within the server's limits.\n"));
            return;
        }
        QueryStringDecoder target;
        try {
            target = new QueryStringDecoder(request.uri());
            target.path();
            target.parameters();
        } catch (IllegalArgumentException e) {
            transport.counters().increment(Counter.REQUESTS_MALFORMED);
            exchange.reply(HttpHandler.Reply.text(400, "The request's target is not a valid path.\n"));
            return;
        }
        EngineEndpoint endpoint = transport.endpoint(target.path());
        if (!origin.allowed() && (endpoint != null || !isReading(request))) {
            transport.counters().increment(Counter.ORIGINS_REFUSED);
            exchange.reply(
                    HttpHandler.Reply.text(403, "Pages of this origin may not connect: see the setting origins.\n"));
        } else if (isPreflight(request)) {
            exchange.reply(HttpHandler.Reply.text(204, ""));
        } else if (endpoint != null) {
            endpoint.serve(exchange, request, target);
        } else {
            transport.counters().increment(Counter.HTTP_REQUESTS);
            exchange.reply(handle(exchange, request, target.path()));
        }
    }

    private static boolean isReading(FullHttpRequest request) {
        return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
    }

    private static boolean isPreflight(FullHttpRequest request) {
        HttpHeaders headers = request.headers();
        return request.method().equals(HttpMethod.OPTIONS)
                && headers.contains(HttpHeaderNames.ORIGIN)
                && headers.contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    }

    private HttpHandler.Reply handle(HttpExchange exchange, FullHttpRequest request, String path) {
        if (request.content().readableBytes() > transport.limits().maxBodyBytes()) {
            transport.counters().increment(Counter.BODIES_TOO_LARGE);
            return HttpHandler.Reply.text(413, "The body is larger than allowed.\n");
        }
        try {
            return handler.handle(new HttpHandler.Request(
                    request.method().name(),
                    path,
                    request.headers().get(HttpHeaderNames.HOST, ""),
                    exchange.client().secure(),
                    exchange.client().address(),
                    request.headers().get(HttpHeaderNames.AUTHORIZATION, ""),
                    ByteBufUtil.getBytes(request.content())));
        } catch (RuntimeException | Error e) {
            LOG.error("{} {} failed", request.method(), path, e);
            return HttpHandler.Reply.text(500, "The server failed to answer; its log says why.\n");
        }
    }

    private void startDeadline(ChannelHandlerContext ctx, long millis) {
        startDeadline(ctx, millis, Long.MAX_VALUE);
    }

    /** @param bytesBefore of answers that waited when the deadline was set: while they become fewer, it is set again */
    private void startDeadline(ChannelHandlerContext ctx, long millis, long bytesBefore) {
        stopDeadline();
        deadline = ctx.executor()
                .schedule(
                        () -> {
                            ChannelOutboundBuffer waiting =
                                    ctx.channel().unsafe().outboundBuffer();
                            long bytes = waiting == null ? 0 : waiting.totalPendingWriteBytes();
                            if (bytes > 0 && bytes < bytesBefore) {
                                startDeadline(ctx, millis, bytes);
                            } else {
                                transport.counters().increment(Counter.REQUEST_TIMEOUTS);
                                ctx.close();
                            }
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    private void stopDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }

    /** Who does not read is not read: answers that it does not fetch cannot pile up. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(ctx.channel().isWritable());
        next(ctx);
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        stopDeadline();
        if (current != null) {
            current.abort();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("closed {}", ctx.channel(), cause);
        ctx.close();
    }
}
