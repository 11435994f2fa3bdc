package dev.orrery.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One request that waits for its answer, which may come later and from any thread. Only the first answer counts.
 *
 * <pre>
 *   WAITING → ANSWERED  by {@link #reply}
 *           → ABORTED   the client is gone; whoever waits is told
 * </pre>
 */
final class HttpExchange {
    private enum State {
        WAITING,
        ANSWERED,
        ABORTED
    }

    private static final Runnable NOBODY = () -> {};

    private final ChannelHandlerContext ctx;
    private final boolean keepAlive;
    private final boolean headOnly;
    private final HttpHeaders extraHeaders;
    private final Client client;
    private final Runnable finished;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private volatile Runnable aborted = NOBODY;

    /** Who asks: the address that limits count, and whether the way to the client is encrypted. */
    record Client(InetAddress address, boolean secure) {}

    /**
     * @param extraHeaders of every answer (CORS)
     * @param finished runs on the channel's thread when the answer is written
     */
    HttpExchange(
            ChannelHandlerContext ctx,
            boolean keepAlive,
            boolean headOnly,
            HttpHeaders extraHeaders,
            Client client,
            Runnable finished) {
        this.ctx = ctx;
        this.keepAlive = keepAlive;
        this.headOnly = headOnly;
        this.extraHeaders = extraHeaders;
        this.client = client;
        this.finished = finished;
    }

    Client client() {
        return client;
    }

    ChannelHandlerContext context() {
        return ctx;
    }

    /** Who is told, on the channel's thread, when the client goes before it was answered. */
    void onAbort(Runnable action) {
        aborted = action;
        if (state.get() == State.ABORTED) {
            action.run();
        }
    }

    /** The client is gone. On the channel's thread. */
    void abort() {
        if (state.compareAndSet(State.WAITING, State.ABORTED)) {
            aborted.run();
        }
    }

    void reply(HttpHandler.Reply reply) {
        FullHttpResponse response = response(reply.status(), reply.contentType(), Unpooled.wrappedBuffer(reply.body()));
        reply.headers().forEach((name, value) -> response.headers().set(name, value));
        answer(response);
    }

    /** Answers with the packets of a polling session; the buffer is released. */
    void replyPayload(ByteBuf payload) {
        FullHttpResponse response = response(200, "text/plain; charset=UTF-8", payload);
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, "no-store");
        answer(response);
    }

    private FullHttpResponse response(int status, String contentType, ByteBuf body) {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
                .set("X-Content-Type-Options", "nosniff")
                .add(extraHeaders);
        if (status == HttpResponseStatus.NO_CONTENT.code()) {
            response.headers().remove(HttpHeaderNames.CONTENT_LENGTH).remove(HttpHeaderNames.CONTENT_TYPE);
        }
        HttpUtil.setKeepAlive(response, keepAlive);
        return headOnly ? withoutBody(response) : response;
    }

    private static FullHttpResponse withoutBody(FullHttpResponse response) {
        FullHttpResponse head = response.replace(Unpooled.EMPTY_BUFFER);
        response.release();
        return head;
    }

    private void answer(FullHttpResponse response) {
        if (!state.compareAndSet(State.WAITING, State.ANSWERED)) {
            response.release();
            return;
        }
        if (ctx.executor().inEventLoop()) {
            write(response);
        } else {
            ctx.executor().execute(() -> write(response));
        }
    }

    private void write(FullHttpResponse response) {
        boolean last = !HttpUtil.isKeepAlive(response); // as asked by the client, or by whoever answered
        ChannelFuture written = ctx.writeAndFlush(response);
        if (last) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
        finished.run();
    }
}
