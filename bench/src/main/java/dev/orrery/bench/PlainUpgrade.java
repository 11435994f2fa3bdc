package dev.orrery.bench;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;

/** Upgrades a connection of the {@link PlainServer}; the path is the room. Only WebSocket's codec and the player stay. */
final class PlainUpgrade extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final PlainServer server;

    PlainUpgrade(PlainServer server) {
        this.server = server;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        String path = request.uri();
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                        path,
                        null,
                        WebSocketDecoderConfig.newBuilder()
                                .withUTF8Validator(false)
                                .build())
                .newHandshaker(request);
        if (handshaker == null) {
            ctx.close();
            return;
        }
        handshaker.handshake(ctx.channel(), request).addListener(done -> {
            PlainServer.PlainRoom room = done.isSuccess() ? server.join(ctx, path) : null;
            if (room == null) {
                ctx.close();
            } else {
                ctx.pipeline().replace(this, null, new Player(room));
            }
        });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private static final class Player extends SimpleChannelInboundHandler<WebSocketFrame> {
        private final PlainServer.PlainRoom room;

        private Player(PlainServer.PlainRoom room) {
            this.room = room;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
            if (frame instanceof TextWebSocketFrame) {
                room.receive(frame.content());
            } else {
                ctx.close();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            room.remove(ctx.channel());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }
}
