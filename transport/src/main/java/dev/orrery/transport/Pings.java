package dev.orrery.transport;

import dev.orrery.wire.EncodedPacket;
import dev.orrery.wire.EnginePacket;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pings of one session: one a while after the pong before. Who does not answer is closed; who is slow to read, and is not read meanwhile,
 * gets as long again if they have read something. Owned by the session's thread.
 */
final class Pings {
    private static final EncodedPacket PING = EnginePacket.encode(EnginePacket.Type.PING);

    private final EngineSession session;
    private final Transport transport;
    private final RoundTrips roundTrips;
    private @Nullable ScheduledFuture<?> timer;

    /** @param nowNanos beginning of the session */
    Pings(EngineSession session, Transport transport, long nowNanos) {
        this.session = session;
        this.transport = transport;
        this.roundTrips = new RoundTrips(nowNanos);
    }

    RoundTrips roundTrips() {
        return roundTrips;
    }

    void start() {
        wait(this::ping, transport.config().pingIntervalMillis());
    }

    void ponged() {
        roundTrips.ponged(System.nanoTime());
        start();
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void ping() {
        roundTrips.pinged(System.nanoTime());
        session.enqueue(PING);
        awaitPong(Long.MAX_VALUE);
    }

    /** @param waitingBefore bytes that waited for the client when the wait began */
    private void awaitPong(long waitingBefore) {
        wait(
                () -> {
                    long waiting = session.waitingBytes();
                    if (waiting > 0 && waiting < waitingBefore) {
                        awaitPong(waiting);
                    } else {
                        transport.counters().increment(Counter.PING_TIMEOUTS);
                        session.close(CloseReason.PING_TIMEOUT);
                    }
                },
                transport.config().pingTimeoutMillis());
    }

    private void wait(Runnable action, long millis) {
        stop();
        timer = session.loop().schedule(action, millis, TimeUnit.MILLISECONDS);
    }
}
