package dev.orrery.transport;

import dev.orrery.wire.WireException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** Hands whole WebSocket messages to the session, and the end of the channel. */
final class WebSocketFront extends SimpleChannelInboundHandler<WebSocketFrame> {
    private final EngineSession session;

    WebSocketFront(EngineSession session) {
        this.session = session;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        switch (frame) {
            case TextWebSocketFrame text -> session.receive(text.text());
            case BinaryWebSocketFrame ignored ->
                session.refuse(new WireException(WireException.Reason.BINARY_UNSUPPORTED));
            case PingWebSocketFrame ping ->
                ctx.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
            case CloseWebSocketFrame ignored -> session.close(CloseReason.TRANSPORT_CLOSED);
            default -> {
                // A pong of WebSocket itself: nothing here asked for it, and RFC 6455 allows it.
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        session.close(CloseReason.TRANSPORT_CLOSED);
    }

    /** Netty found the bytes wrong, or the connection broke: either way this connection ends and no other notices. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        session.close(cause instanceof java.io.IOException ? CloseReason.TRANSPORT_CLOSED : CloseReason.PROTOCOL_ERROR);
    }
}
