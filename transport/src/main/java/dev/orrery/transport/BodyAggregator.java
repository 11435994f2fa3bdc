package dev.orrery.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Joins the parts of requests as they arrive; a body over the limit ends the connection, and the session that it was for. */
final class BodyAggregator extends HttpObjectAggregator {
    /** How long what a client had already sent is thrown away: a connection closed with bytes unread is reset, and the answer lost. */
    private static final long CLOSE_MILLIS = 1_000;

    private final Transport transport;
    private boolean refused;

    BodyAggregator(Transport transport) {
        super(transport.limits().maxPayloadBytes(), true);
        this.transport = transport;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (!refused) {
            super.channelRead(ctx, message);
            return;
        }
        ReferenceCountUtil.release(message);
        if (message instanceof LastHttpContent) {
            ctx.close();
        }
    }

    /** Who asks first whether a body may be sent that is too large is refused like those who do not ask. */
    @Override
    protected @Nullable Object newContinueResponse(HttpMessage start, int maxContentLength, ChannelPipeline pipeline) {
        return isContentLengthInvalid(start, maxContentLength)
                ? null
                : super.newContinueResponse(start, maxContentLength, pipeline);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
        refused = true;
        transport.counters().increment(Counter.BODIES_TOO_LARGE);
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE);
        response.headers()
                .set(HttpHeaderNames.CONTENT_LENGTH, 0)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        ctx.writeAndFlush(response);
        ctx.executor().schedule(() -> ctx.close(), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        if (oversized instanceof HttpRequest request) {
            QueryStringDecoder target = new QueryStringDecoder(request.uri());
            EngineEndpoint endpoint = transport.endpoint(target.rawPath());
            if (endpoint != null) {
                refuseBody(endpoint, target);
            }
        }
    }

    private static void refuseBody(EngineEndpoint endpoint, QueryStringDecoder target) {
        try {
            endpoint.refuseBody(target);
        } catch (IllegalArgumentException e) {
            // A query that cannot be decoded names no session.
        }
    }
}
