package dev.orrery.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * Who does not read is not read: while more than {@link TransportConfig#maxPendingBytes} wait for a client, nothing more is
 * taken from it, so that answers it does not fetch cannot pile up.
 */
final class Backpressure extends ChannelInboundHandlerAdapter {
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ctx.channel().config().setAutoRead(ctx.channel().isWritable());
        ctx.fireChannelWritabilityChanged();
    }
}
