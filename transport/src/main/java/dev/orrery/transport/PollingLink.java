package dev.orrery.transport;

import dev.orrery.wire.EncodedPacket;
import dev.orrery.wire.EnginePacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A session over HTTP long polling: one GET at a time waits, and takes all packets there are. Owned by the session's thread.
 *
 * <p>While a WebSocket is being probed a GET gets nothing but, after a short while, a noop: if the upgrade is completed meanwhile
 * it came too late and is refused, whichever of the two arrived first.
 */
final class PollingLink implements Link {
    private static final EncodedPacket NOOP = EnginePacket.encode(EnginePacket.Type.NOOP);
    private static final EncodedPacket CLOSE = EnginePacket.encode(EnginePacket.Type.CLOSE);
    private static final long HOLD_MILLIS = 100;

    private final EngineSession session;
    private @Nullable HttpExchange waiting;
    /** Until then a waiting GET is given nothing. */
    private boolean held;

    PollingLink(EngineSession session) {
        this.session = session;
    }

    /** A GET. */
    void poll(HttpExchange exchange) {
        if (waiting != null) {
            HttpExchange first = waiting;
            waiting = null;
            reply(first, CLOSE);
            exchange.reply(EngineRefusal.OVERLAPPING.reply());
            session.refuseOverlap();
            return;
        }
        waiting = exchange;
        exchange.onAbort(() -> session.execute(() -> aborted(exchange)));
        if (session.isProbing()) {
            held = true;
            session.loop().schedule(() -> release(exchange), HOLD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** The WebSocket is there, but not yet used: the GET that waits may go, so that the client can stop polling. */
    void release() {
        if (waiting != null) {
            release(waiting);
        }
    }

    private void release(HttpExchange exchange) {
        if (waiting == exchange) {
            held = false;
            session.flush();
            if (waiting == exchange) {
                waiting = null;
                reply(exchange, NOOP);
            }
        }
    }

    /** The session goes on over WebSocket. */
    void leave() {
        if (waiting != null) {
            waiting.reply(EngineRefusal.UPGRADED.reply());
            waiting = null;
        }
    }

    private void aborted(HttpExchange exchange) {
        if (waiting == exchange) {
            waiting = null;
            session.close(CloseReason.TRANSPORT_CLOSED);
        }
    }

    @Override
    public boolean isReady() {
        return waiting != null && !held;
    }

    /** What was taken is with HTTP, where deadlines of its own hold. */
    @Override
    public long waitingBytes() {
        return 0;
    }

    @Override
    public void drain(Outbox outbox) {
        HttpExchange exchange = waiting;
        if (exchange != null && !held && !outbox.isEmpty()) {
            waiting = null;
            exchange.replyPayload(body(outbox));
        }
    }

    /** All that waits, in order, as the body of one response. */
    private static ByteBuf body(Outbox outbox) {
        ByteBuf body = Unpooled.buffer(outbox.bytes());
        for (EncodedPacket packet = outbox.poll(); packet != null; packet = outbox.poll()) {
            if (body.isReadable()) {
                body.writeByte(EncodedPacket.SEPARATOR);
            }
            body.writeBytes(packet.payload());
        }
        return body;
    }

    /** For a GET that comes too late: a noop if the client had left, the server's last words if it ended the session itself. */
    byte @Nullable [] farewell(CloseReason reason, Outbox last) {
        if (reason == CloseReason.CLIENT_LEFT) {
            return NOOP.payload();
        }
        if (!reason.isOrderly()) {
            return null;
        }
        last.add(CLOSE);
        return ByteBufUtil.getBytes(body(last));
    }

    /** A client that left gets a noop for its GET, any other the word that it is over, behind what was said before. */
    @Override
    public void close(CloseReason reason, Outbox last) {
        if (waiting != null) {
            byte[] words = farewell(reason, last);
            waiting.replyPayload(Unpooled.wrappedBuffer(words == null ? CLOSE.payload() : words));
            waiting = null;
        }
    }

    /** Whether a GET waits. */
    boolean isWaiting() {
        return waiting != null;
    }

    static void reply(HttpExchange exchange, EncodedPacket packet) {
        byte[] payload = packet.payload();
        exchange.replyPayload(exchange.context().alloc().buffer(payload.length).writeBytes(payload));
    }
}
