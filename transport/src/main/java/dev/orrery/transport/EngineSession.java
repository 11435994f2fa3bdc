package dev.orrery.transport;

import dev.orrery.wire.Counters;
import dev.orrery.wire.EnginePacket;
import dev.orrery.wire.WireException;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.concurrent.ScheduledFuture;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Engine.IO session: the handshake, pings, and messages in both directions until it closes. Owned by the
 * connection's thread.
 *
 * <pre>
 *   OPEN   handshake sent; pings, messages            → CLOSED on 1, a broken channel, no pong, a wrong packet
 *   CLOSED nothing is sent or received any more       (final)
 * </pre>
 */
final class EngineSession {
    private static final Logger LOG = LoggerFactory.getLogger(EngineSession.class);

    private static final long CLOSE_MILLIS = 1_000;

    private enum State {
        OPEN,
        CLOSED
    }

    private final Channel channel;
    private final TransportConfig config;
    private final Counters<Counter> counters;
    private final SocketClient client;
    private State state = State.OPEN;
    private @Nullable ScheduledFuture<?> timer;

    EngineSession(Channel channel, TransportConfig config, Counters<Counter> counters, Namespaces namespaces) {
        this.channel = channel;
        this.config = config;
        this.counters = counters;
        this.client = new SocketClient(this, config, counters, namespaces);
    }

    void open() {
        counters.increment(Counter.SESSIONS_OPENED);
        timer = loop().schedule(this::ping, config.pingIntervalMillis(), TimeUnit.MILLISECONDS);
        client.open();
        send(EnginePacket.open(
                Ids.secret(),
                false,
                config.pingIntervalMillis(),
                config.pingTimeoutMillis(),
                config.maxPayloadBytes()));
        flush();
    }

    /** One text message of the transport. */
    void receive(String text) {
        if (state == State.CLOSED) {
            return;
        }
        guard(() -> {
            try {
                receive(EnginePacket.decode(text));
            } catch (WireException e) {
                refuse(e);
            }
        });
    }

    private void receive(EnginePacket packet) throws WireException {
        switch (packet.type()) {
            case MESSAGE -> client.receive(packet.data());
            case PONG -> pong();
            case CLOSE -> close(CloseReason.TRANSPORT_CLOSED);
            case OPEN, PING, UPGRADE, NOOP -> throw new WireException(WireException.Reason.UNEXPECTED_PACKET);
        }
    }

    /** Closes for a packet that no correct client sends, and says which. */
    void refuse(WireException e) {
        if (state == State.CLOSED) {
            return;
        }
        counters.increment(Counter.PROTOCOL_ERRORS);
        LOG.debug("closed {}: the client sent {}", channel, e.reason().sentence());
        close(CloseReason.PROTOCOL_ERROR);
    }

    /** Runs what may throw: a failing listener costs its own connection only. */
    void guard(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            counters.increment(Counter.LISTENER_FAILURES);
            LOG.error("closed {}: its listener failed", channel, e);
            close(CloseReason.TRANSPORT_CLOSED);
        }
    }

    /** The timer stands before the packet goes: a write that fails closes the session at once. */
    private void ping() {
        timer = loop().schedule(
                        () -> {
                            counters.increment(Counter.PING_TIMEOUTS);
                            close(CloseReason.PING_TIMEOUT);
                        },
                        config.pingTimeoutMillis(),
                        TimeUnit.MILLISECONDS);
        send(EnginePacket.PING);
        flush();
    }

    private void pong() {
        cancelTimer();
        timer = loop().schedule(this::ping, config.pingIntervalMillis(), TimeUnit.MILLISECONDS);
    }

    private void send(EnginePacket packet) {
        send(packet.encode().getBytes(StandardCharsets.UTF_8));
    }

    /** Queues one encoded text packet, Engine.IO's digit included. The array must not change afterwards. */
    void send(byte[] packet) {
        if (state == State.OPEN) {
            channel.write(new TextWebSocketFrame(Unpooled.wrappedBuffer(packet)), channel.voidPromise());
        }
    }

    void flush() {
        channel.flush();
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    EventLoop loop() {
        return channel.eventLoop();
    }

    void execute(Runnable task) {
        if (loop().inEventLoop()) {
            task.run();
        } else {
            loop().execute(task);
        }
    }

    void close(CloseReason reason) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        cancelTimer();
        counters.increment(Counter.SESSIONS_CLOSED);
        client.closed(reason);
        WebSocketCloseStatus status = reason == CloseReason.PROTOCOL_ERROR
                ? WebSocketCloseStatus.PROTOCOL_ERROR
                : WebSocketCloseStatus.NORMAL_CLOSURE;
        channel.writeAndFlush(new CloseWebSocketFrame(status)).addListener(written -> channel.close());
        // A peer that does not read lets that write wait for ever.
        loop().schedule(() -> channel.close(), CLOSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
