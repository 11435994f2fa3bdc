package dev.orrery.transport;

import dev.orrery.wire.EncodedPacket;
import dev.orrery.wire.EnginePacket;
import dev.orrery.wire.PayloadReader;
import dev.orrery.wire.WireException;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One Engine.IO session: the handshake, pings, and messages in both directions, over one link at a time, until it closes. Owned by
 * its thread, the event loop on which it was opened; {@link #send} and {@link #close()} may be called by any.
 *
 * <pre>
 *   OPEN    over polling; a WebSocket that asks for its id is probed, and takes over when the client says so
 *           over WebSocket, from the beginning or after the upgrade
 *           → CLOSED on 1, a broken connection, an aborted GET, no pong, a wrong packet, a limit
 *   CLOSED  nothing is sent or received any more; the id answers one last GET if the client closed by POST  (final)
 * </pre>
 */
public final class EngineSession implements WebSocketSink {
    private static final Logger LOG = LoggerFactory.getLogger(EngineSession.class);

    /** A round trip that has not been measured yet. */
    public static final long UNKNOWN = -1;

    /** Before it is said who serves the session. */
    private static final EngineListener NOBODY = new EngineListener() {
        @Override
        public void text(String message) {}

        @Override
        public void binary(byte[] message) {}

        @Override
        public void closed(CloseReason reason) {}
    };

    private enum State {
        OPEN,
        CLOSED
    }

    private final Transport transport;
    private final EngineEndpoint endpoint;
    private final String id;
    private final EventLoop loop;
    private final Flusher flusher;
    private final InetAddress address;
    private final Outbox outbox = new Outbox();
    private final Bucket messages;
    private final Bucket messageBytes;
    private EngineListener listener = NOBODY;
    private State state = State.OPEN;
    private @Nullable Link link;
    private @Nullable UpgradeProbe probe;
    private boolean dirty;
    private boolean corked;
    private final Pings pings;
    private boolean overflowed;
    /** What the GET gets that comes when the session has ended: a noop if the client closed by POST, or the server's last words. */
    private byte @Nullable [] farewell;

    EngineSession(Transport transport, EngineEndpoint endpoint, String id, EventLoop loop, InetAddress address) {
        this.transport = transport;
        this.endpoint = endpoint;
        this.id = id;
        this.loop = loop;
        this.flusher = transport.flusher(loop);
        this.address = address;
        long now = System.nanoTime();
        this.pings = new Pings(this, transport, now);
        this.messages = new Bucket(transport.limits().messages(), now);
        this.messageBytes = new Bucket(transport.limits().messageBytes(), now);
        transport.counters().increment(Counter.SESSIONS_OPENED);
    }

    /** Asks who serves this session. If that fails, it is closed. */
    void serveBy(EngineHandler handler) {
        guard(() -> listener = handler.open(this));
    }

    /** Begins over a link: the handshake goes out. */
    void open(Link first) {
        if (state == State.CLOSED) { // while the answer to the client's request was on its way
            first.close(CloseReason.TRANSPORT_CLOSED, outbox);
            return;
        }
        link = first;
        TransportConfig config = transport.config();
        pings.start();
        enqueue(EnginePacket.open(
                        id,
                        first instanceof PollingLink,
                        config.pingIntervalMillis(),
                        config.pingTimeoutMillis(),
                        config.limits().maxPayloadBytes())
                .encode());
        flush();
    }

    /** The client's address. */
    public InetAddress address() {
        return address;
    }

    /** {@code polling} or {@code websocket}. */
    public String transportName() {
        return link instanceof PollingLink ? "polling" : "websocket";
    }

    /** How long the newest pong took; {@link #UNKNOWN} before the first. May be asked by any thread. */
    public long roundTripNanos() {
        return pings.roundTrips().newestNanos();
    }

    /**
     * When the newest ping that was answered was sent: what went out before that has reached the client. The beginning of the session
     * if there was none. On the connection's thread.
     */
    public long answeredPingAtNanos() {
        return pings.roundTrips().answeredPingAtNanos();
    }

    String id() {
        return id;
    }

    EventLoop loop() {
        return loop;
    }

    void execute(Runnable task) {
        if (loop.inEventLoop()) {
            task.run();
        } else {
            Transport.run(loop, task);
        }
    }

    // ---- from the client: polling ----

    /** A GET of this session. */
    void poll(HttpExchange exchange) {
        byte[] last = farewell;
        if (state == State.CLOSED && last != null) {
            farewell = null;
            exchange.replyPayload(Unpooled.wrappedBuffer(last));
        } else if (state == State.CLOSED || !(link instanceof PollingLink polling)) {
            exchange.reply((state == State.CLOSED ? EngineRefusal.UNKNOWN_SESSION : EngineRefusal.UPGRADED).reply());
        } else {
            polling.poll(exchange);
            flush();
        }
    }

    /** A POST of this session: its packets, in order, up to the first that is wrong. */
    void post(HttpExchange exchange, String body) {
        if (state == State.CLOSED || !(link instanceof PollingLink polling)) {
            exchange.reply((state == State.CLOSED ? EngineRefusal.UNKNOWN_SESSION : EngineRefusal.UPGRADED).reply());
            return;
        }
        try {
            PayloadReader reader = new PayloadReader(body);
            for (EnginePacket packet = reader.next(); packet != null; packet = reader.next()) {
                byte[] binary = packet.binary();
                if (!admit(binary == null ? packet.data().length() : binary.length)) {
                    break;
                }
                receive(packet);
            }
            exchange.reply(HttpHandler.Reply.text(200, "ok"));
        } catch (WireException e) {
            refuse(e.reason());
            exchange.reply(EngineRefusal.MALFORMED.reply());
        } catch (RuntimeException e) {
            fail(e);
            exchange.reply(HttpHandler.Reply.text(500, "The server failed to handle the message; its log says why.\n"));
        }
    }

    /** The body of a POST was longer than what the client was told. */
    void refuseBody() {
        transport.counters().increment(Counter.MESSAGES_TOO_LARGE);
        close(CloseReason.TOO_LARGE);
    }

    /** Two GETs at once: no correct client sends them. */
    void refuseOverlap() {
        refuse(WireException.Reason.UNEXPECTED_PACKET);
    }

    // ---- from the client: WebSocket ----

    @Override
    public void text(String message) {
        if (state == State.CLOSED || !admit(message.length())) {
            return;
        }
        try {
            receive(EnginePacket.decode(message));
        } catch (WireException e) {
            refuse(e.reason());
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    @Override
    public void binary(byte[] message) {
        if (state == State.CLOSED || !admit(message.length)) {
            return;
        }
        try {
            listener.binary(message);
        } catch (WireException e) {
            refuse(e.reason());
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    @Override
    public void refused(CloseReason reason) {
        close(reason);
    }

    @Override
    public void closed() {
        close(CloseReason.TRANSPORT_CLOSED);
    }

    @Override
    public void writable() {
        flush();
    }

    // ---- the upgrade ----

    /** Whether a WebSocket may be probed for this session; if so, it is the one. */
    boolean beginProbe(UpgradeProbe candidate) {
        if (state == State.CLOSED || probe != null || !(link instanceof PollingLink)) {
            return false;
        }
        probe = candidate;
        return true;
    }

    /** The WebSocket works: the GET that waits is let go, so that the client can stop polling. */
    void probed() {
        if (link instanceof PollingLink polling) {
            polling.release();
        }
    }

    boolean isProbing() {
        return probe != null && probe.isProbed();
    }

    /** The WebSocket has gone before it was used. */
    void endProbe(UpgradeProbe candidate) {
        if (probe == candidate) {
            probe = null;
        }
    }

    /** The client uses the WebSocket from now on. */
    void upgrade(WebSocketLink successor) {
        probe = null;
        if (link instanceof PollingLink polling) {
            polling.leave();
        }
        link = successor;
        transport.counters().increment(Counter.UPGRADES);
        flush();
    }

    // ---- what was received ----

    private void receive(EnginePacket packet) throws WireException {
        if (state == State.CLOSED) {
            return;
        }
        switch (packet.type()) {
            case MESSAGE -> {
                byte[] binary = packet.binary();
                if (binary == null) {
                    listener.text(packet.data());
                } else {
                    listener.binary(binary);
                }
            }
            case PONG -> pings.ponged();
            case CLOSE -> close(CloseReason.CLIENT_LEFT);
            case OPEN, PING, UPGRADE, NOOP -> throw new WireException(WireException.Reason.UNEXPECTED_PACKET);
        }
    }

    /** Whether the rates allow one more message; if not, the session is closed. */
    private boolean admit(int bytes) {
        Limits limits = transport.limits();
        long now = System.nanoTime();
        if (messages.take(1, limits.messages(), now) && messageBytes.take(bytes, limits.messageBytes(), now)) {
            return true;
        }
        transport.counters().increment(Counter.MESSAGE_RATES_EXCEEDED);
        close(CloseReason.RATE_EXCEEDED);
        return false;
    }

    /** Closes for a packet that no correct client sends, and says which. */
    private void refuse(WireException.Reason reason) {
        if (state == State.OPEN) {
            transport.counters().increment(Counter.PROTOCOL_ERRORS);
            transport.malformed().increment(reason);
            LOG.debug("closed a session of {}: the client sent {}", address, reason.sentence());
            close(CloseReason.PROTOCOL_ERROR);
        }
    }

    /** Closes as a listener of it has thrown. */
    void fail(RuntimeException e) {
        transport.counters().increment(Counter.LISTENER_FAILURES);
        if (transport.mayLog()) {
            LOG.error("closed a session of {}: its listener failed", address, e);
        }
        close(CloseReason.LISTENER_FAILED);
    }

    /** Runs what may throw: a failing listener costs its own session only. */
    void guard(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    // ---- to the client ----

    /** Sends a packet, Engine.IO's digit included, in order. May be called by any thread. */
    public void send(EncodedPacket packet) {
        if (loop.inEventLoop()) {
            enqueue(packet);
        } else {
            Transport.run(loop, () -> enqueue(packet));
        }
    }

    /**
     * Queues a packet; it leaves when the loop has done what it is doing. Overflow: the session is closed, as it would miss one.
     * That happens with the flush, so that nobody closes sessions while it walks through them.
     */
    void enqueue(EncodedPacket packet) {
        if (state == State.CLOSED || overflowed) {
            return;
        }
        if (outbox.bytes() + (long) packet.size() > transport.limits().maxQueuedBytes()) {
            overflowed = true;
            outbox.clear();
        } else {
            outbox.add(packet);
        }
        if (!dirty) {
            dirty = true;
            if (!corked) {
                flusher.add(this);
            }
        }
    }

    /** What is queued from now on leaves with {@link #uncork}. */
    void cork() {
        corked = true;
    }

    /**
     * What is queued leaves, while all that belongs to the session is in the processor's cache still: in a tick there come a hundred others
     * before the loop has done what it is doing.
     */
    void uncork() {
        corked = false;
        if (dirty) {
            flushOrFail();
        }
    }

    /** The same for what can be lost: dropped if it could not leave soon. */
    void enqueueVolatile(EncodedPacket packet) {
        if (isWritable()) {
            enqueue(packet);
        } else {
            transport.counters().increment(Counter.VOLATILE_DROPPED);
        }
    }

    /** Whether what was sent so far has mostly left; while it is false, send nothing that can wait. */
    boolean isWritable() {
        return state == State.OPEN
                && link != null
                && link.isReady()
                && outbox.bytes() < transport.limits().maxPendingBytes();
    }

    /** Bytes that the client is too slow to read; 0 if it keeps up. */
    long waitingBytes() {
        return link == null || isWritable() ? 0 : link.waitingBytes();
    }

    void flush() {
        dirty = false;
        if (overflowed && state == State.OPEN) {
            transport.counters().increment(Counter.QUEUES_OVERFLOWED);
            close(CloseReason.TOO_SLOW);
        } else if (state == State.OPEN && link != null) {
            link.drain(outbox);
        }
    }

    /** Whatever goes wrong, out of memory included, costs this session only. */
    void flushOrFail() {
        try {
            flush();
        } catch (RuntimeException | Error e) {
            transport.counters().increment(Counter.FLUSHES_FAILED);
            LOG.error("closed a session of {}: it could not be written to", address, e);
            outbox.clear();
            try {
                close(CloseReason.TRANSPORT_CLOSED);
            } catch (RuntimeException | Error again) {
                LOG.error("and could not be closed properly either", again);
            }
        }
    }

    // ---- the end ----

    /** Closes the session. May be called by any thread. */
    public void close() {
        execute(() -> close(CloseReason.SERVER_LEFT));
    }

    void close(CloseReason reason) {
        if (state == State.CLOSED) {
            return;
        }
        // First: a write that fails comes back here.
        state = State.CLOSED;
        pings.stop();
        if (!overflowed && link != null) {
            link.drain(outbox);
        }
        endpoint.forget(this);
        transport.addresses().close(address);
        if (probe != null) {
            probe.abandon();
        }
        if (link instanceof PollingLink polling && !polling.isWaiting()) {
            farewell = polling.farewell(reason, outbox);
        }
        if (link != null) {
            link.close(reason, outbox);
        }
        outbox.clear();
        try {
            listener.closed(reason);
        } catch (RuntimeException e) {
            transport.counters().increment(Counter.LISTENER_FAILURES);
            LOG.error("a listener failed when its session was closed", e);
        }
        // Last: whoever sees the count finds nothing left of the session.
        transport.counters().increment(Counter.SESSIONS_CLOSED);
    }
}
