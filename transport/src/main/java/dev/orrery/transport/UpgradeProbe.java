package dev.orrery.transport;

import dev.orrery.wire.EncodedPacket;
import dev.orrery.wire.EnginePacket;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that wants to take over a polling session. Owned by the session's thread.
 *
 * <pre>
 *   NEW      → PROBED on 2probe, answered 3probe
 *   PROBED   → DONE on 5: the session goes on over the WebSocket
 *   either   → DONE on anything else, on silence, or when the session ends: the WebSocket is closed  (final)
 * </pre>
 */
final class UpgradeProbe implements WebSocketSink {
    private static final EncodedPacket ANSWER = EncodedPacket.text("3" + EnginePacket.PROBE);

    private enum State {
        NEW,
        PROBED,
        DONE
    }

    private final EngineSession session;
    private State state = State.NEW;
    private @Nullable WebSocketLink link;
    private @Nullable ScheduledFuture<?> timer;

    UpgradeProbe(EngineSession session) {
        this.session = session;
    }

    void begin(WebSocketLink candidate, long timeoutMillis) {
        if (state == State.DONE) { // while the answer to the client's request was on its way
            candidate.close(CloseReason.TRANSPORT_CLOSED, new Outbox());
            return;
        }
        link = candidate;
        timer = session.loop().schedule(this::abandon, timeoutMillis, TimeUnit.MILLISECONDS);
    }

    boolean isProbed() {
        return state == State.PROBED;
    }

    /** Closes the WebSocket if it was not used yet. */
    void abandon() {
        end(CloseReason.TRANSPORT_CLOSED);
    }

    @Override
    public void text(String message) {
        WebSocketLink candidate = link;
        if (candidate != null && state == State.NEW && message.equals("2" + EnginePacket.PROBE)) {
            state = State.PROBED;
            candidate.send(ANSWER);
            session.probed();
        } else if (candidate != null && state == State.PROBED && message.equals("5")) {
            finish();
            candidate.front().serveBy(session);
            session.upgrade(candidate);
        } else {
            end(CloseReason.PROTOCOL_ERROR);
        }
    }

    @Override
    public void binary(byte[] message) {
        end(CloseReason.PROTOCOL_ERROR);
    }

    @Override
    public void refused(CloseReason reason) {
        end(reason);
    }

    @Override
    public void closed() {
        end(CloseReason.TRANSPORT_CLOSED);
    }

    @Override
    public void writable() {
        // Nothing waits here.
    }

    private void end(CloseReason reason) {
        if (state != State.DONE) {
            finish();
            session.endProbe(this);
            if (link != null) {
                link.close(reason, new Outbox());
            }
        }
    }

    private void finish() {
        state = State.DONE;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }
}
