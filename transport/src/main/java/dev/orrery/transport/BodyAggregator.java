package dev.orrery.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;

/** Joins the parts of requests as they arrive; a body over the limit ends the connection, and the session that it was for. */
final class BodyAggregator extends HttpObjectAggregator {
    private final Transport transport;

    BodyAggregator(Transport transport) {
        super(transport.limits().maxPayloadBytes(), true);
        this.transport = transport;
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) throws Exception {
        transport.counters().increment(Counter.BODIES_TOO_LARGE);
        if (oversized instanceof HttpRequest request) {
            QueryStringDecoder target = new QueryStringDecoder(request.uri());
            EngineEndpoint endpoint = transport.endpoint(target.rawPath());
            if (endpoint != null) {
                endpoint.refuseBody(target);
            }
        }
        super.handleOversizedMessage(ctx, oversized);
    }
}
