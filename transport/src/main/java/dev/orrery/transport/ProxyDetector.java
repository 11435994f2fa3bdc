package dev.orrery.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.ProtocolDetectionResult;
import io.netty.handler.codec.ProtocolDetectionState;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolVersion;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * The first handler of a trusted proxy's connection: takes the PROXY v2 header, if the connection begins with one, and remembers
 * whom it names.
 */
final class ProxyDetector extends ByteToMessageDecoder {
    private final Transport transport;

    ProxyDetector(Transport transport) {
        this.transport = transport;
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        ProtocolDetectionResult<HAProxyProtocolVersion> found = HAProxyMessageDecoder.detectProtocol(in);
        if (found.state() == ProtocolDetectionState.NEEDS_MORE_DATA) {
            return;
        }
        if (found.state() == ProtocolDetectionState.DETECTED && found.detectedProtocol() == HAProxyProtocolVersion.V2) {
            String taker = ctx.name() + "-taker";
            ctx.pipeline().addAfter(ctx.name(), taker, new Taker(transport));
            ctx.pipeline().addAfter(ctx.name(), ctx.name() + "-header", new HAProxyMessageDecoder());
        }
        ctx.pipeline().remove(this);
    }

    /** Takes the decoded header; the decoder in front of it removes itself. */
    private static final class Taker extends ChannelInboundHandlerAdapter {
        private final Transport transport;

        private Taker(Transport transport) {
            this.transport = transport;
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (!(message instanceof HAProxyMessage header)) {
                ctx.fireChannelRead(message);
                return;
            }
            try {
                String source = header.sourceAddress();
                if (source != null) { // a health check of the proxy itself names nobody
                    take(ctx.channel(), Network.literal(source));
                }
            } catch (UnknownHostException e) {
                ctx.close(); // a UNIX socket: nobody whom limits could count
            } finally {
                header.release();
            }
            ctx.pipeline().remove(this);
        }

        private void take(Channel channel, InetAddress client) {
            channel.attr(Proxies.TOLD).set(client);
            Addresses addresses = transport.addresses();
            if (addresses.connect(client)) {
                channel.closeFuture().addListener(gone -> addresses.disconnect(client));
            } else {
                transport.counters().increment(Counter.CONNECTIONS_REFUSED);
                channel.close();
            }
        }
    }
}
