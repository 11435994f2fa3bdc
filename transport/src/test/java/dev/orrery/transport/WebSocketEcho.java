package dev.orrery.transport;

import dev.orrery.wire.EncodedPacket;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import org.jspecify.annotations.Nullable;

/** Takes one request, for a WebSocket, and gives back each of its messages as it was sent, by the server's own pipeline and link. */
final class WebSocketEcho extends SimpleChannelInboundHandler<FullHttpRequest> implements WebSocketSink {
    private final WebSocketUpgrade upgrade;
    private final int maxMessageBytes;
    private final Outbox outbox = new Outbox();
    private @Nullable WebSocketLink link;
    private boolean closed;
    private boolean refused;
    private boolean wrong;

    WebSocketEcho(Transport transport) {
        upgrade = new WebSocketUpgrade(transport);
        maxMessageBytes = transport.limits().maxPayloadBytes();
    }

    /** Whether the peer has closed, or something was thrown. */
    boolean isClosed() {
        return closed;
    }

    /** Whether a message came that was too long, or after the end. */
    boolean isWrong() {
        return wrong;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        upgrade.begin(ctx, request, this, opened -> link = opened, () -> {});
    }

    @Override
    public void text(String message) {
        send(EncodedPacket.text(message), message.length());
    }

    @Override
    public void binary(byte[] message) {
        send(EncodedPacket.binary(message), message.length);
    }

    @Override
    public void refused(CloseReason reason) {
        wrong |= refused || closed;
        refused = true;
        if (link != null) {
            link.close(reason, outbox);
        }
    }

    @Override
    public void closed() {
        closed = true;
    }

    @Override
    public void writable() {
        if (link != null) {
            link.drain(outbox);
        }
    }

    private void send(EncodedPacket packet, int length) {
        wrong |= refused || closed || length > maxMessageBytes;
        outbox.add(packet);
        writable();
    }
}
