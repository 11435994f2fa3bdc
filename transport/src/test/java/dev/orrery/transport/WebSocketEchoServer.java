package dev.orrery.transport;

import dev.orrery.wire.EncodedPacket;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The server's WebSockets without Engine.IO: each message comes back as it was sent, over the same pipeline and link. */
final class WebSocketEchoServer implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final Transport transport = new Transport(
            TransportConfig.DEFAULT, List.of((EventLoop) loops.iterator().next()));
    private final WebSocketUpgrade upgrade = new WebSocketUpgrade(transport);
    private final Channel listening;

    WebSocketEchoServer() {
        listening = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new BodyAggregator(transport))
                                .addLast(new Front());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Front extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            Echo echo = new Echo();
            upgrade.begin(ctx, request, echo, link -> echo.link = link, () -> {});
        }
    }

    private static final class Echo implements WebSocketSink {
        private final Outbox outbox = new Outbox();
        private @Nullable WebSocketLink link;

        @Override
        public void text(String message) {
            send(EncodedPacket.text(message));
        }

        @Override
        public void binary(byte[] message) {
            send(EncodedPacket.binary(message));
        }

        @Override
        public void refused(CloseReason reason) {
            if (link != null) {
                link.close(reason, outbox);
            }
        }

        @Override
        public void closed() {
            // Nothing is kept for the client.
        }

        @Override
        public void writable() {
            if (link != null) {
                link.drain(outbox);
            }
        }

        private void send(EncodedPacket packet) {
            outbox.add(packet);
            writable();
        }
    }
}
