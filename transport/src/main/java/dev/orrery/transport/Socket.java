package dev.orrery.transport;

import dev.orrery.wire.EncodedPacket;
import dev.orrery.wire.Json;
import dev.orrery.wire.SocketPacket;
import dev.orrery.wire.WireException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client in one namespace.
 *
 * <pre>
 *   ENTERING   the middleware decides; nothing is sent or executed   → CONNECTED when the last accepted
 *   CONNECTED  events both ways                                      → CLOSED
 *   CLOSED     refused, or left for whatever reason                  (final)
 * </pre>
 *
 * Owned by the connection's thread, on which all handlers run; what sends or disconnects may be called by any thread.
 */
public final class Socket {
    private enum State {
        ENTERING,
        CONNECTED,
        CLOSED
    }

    private final String id;
    private final Namespace namespace;
    private final EngineSession session;
    private final boolean framed;
    private final Consumer<CloseReason> left;
    private volatile State state = State.ENTERING;
    private @Nullable SocketListener listener;
    private @Nullable Set<String> rooms;
    private @Nullable PendingAcks acks;
    private final AtomicLong nextAckId = new AtomicLong();
    private @Nullable Object data;
    private long enteredAt;

    Socket(String id, Namespace namespace, EngineSession session, boolean framed, Consumer<CloseReason> left) {
        this.id = id;
        this.namespace = namespace;
        this.session = session;
        this.framed = framed;
        this.left = left;
    }

    /** Unrelated to the session's id, which stays private; other clients may learn this one. It gives them no power over it. */
    public String id() {
        return id;
    }

    /** Whether it has entered and not left. */
    public boolean isConnected() {
        return state == State.CONNECTED;
    }

    @Override
    public String toString() {
        return "Socket[" + namespace.name() + " " + id + "]";
    }

    public Namespace namespace() {
        return namespace;
    }

    /** The client's address. */
    public InetAddress address() {
        return session.address();
    }

    /** How long the newest pong of its session took; {@link EngineSession#UNKNOWN} before the first. May be asked by any thread. */
    public long roundTripNanos() {
        return session.roundTripNanos();
    }

    /** When the newest ping was sent that its session has answered. On the connection's thread. */
    public long answeredPingAtNanos() {
        return session.answeredPingAtNanos();
    }

    /** Whether its client speaks Orrery's parser, in which messages of bytes need no event around them. */
    public boolean isFramed() {
        return framed;
    }

    /** {@code polling} or {@code websocket}. */
    public String transportName() {
        return session.transportName();
    }

    /** Whatever the server keeps with this socket; null at first. */
    public @Nullable Object data() {
        return data;
    }

    /** Keeps something with this socket: what a middleware found out, for the handlers. */
    public void data(@Nullable Object newData) {
        data = newData;
    }

    // ---- from the client ----

    /** Serves events of a name. A later handler of the same name replaces the one before; events without one are ignored. */
    public Socket on(String event, EventHandler handler) {
        table().on(event, handler);
        return this;
    }

    /** Runs once when the socket has left, or could not enter after all. */
    public Socket onDisconnect(Consumer<CloseReason> handler) {
        table().onDisconnect(handler);
        return this;
    }

    /** Serves all events, in place of {@link #on}. A middleware may call it: the end is told even if the socket never enters. */
    public void serveBy(SocketListener newListener) {
        listener = newListener;
    }

    private EventTable table() {
        if (listener instanceof EventTable known) {
            return known;
        }
        if (listener != null) {
            throw new IllegalStateException("this socket is served by a listener of its own: " + listener);
        }
        EventTable table = new EventTable();
        listener = table;
        return table;
    }

    // ---- to the client ----

    /** Sends an event. The arguments are what {@link dev.orrery.wire.JsonWriter#any} takes. */
    public void emit(String event, @Nullable Object... arguments) {
        send(SocketPacket.event(namespace.name(), event, SocketPacket.NO_ID, arguments));
    }

    /**
     * Sends an event and gives what the client answers, on the connection's thread. The future fails with a
     * {@link java.util.concurrent.TimeoutException} if nothing comes in time, and is cancelled when the socket has left.
     */
    public CompletableFuture<List<Json>> emitWithAck(Duration timeout, String event, @Nullable Object... arguments) {
        long ackId = nextAckId.getAndIncrement();
        EncodedPacket packet = SocketPacket.event(namespace.name(), event, ackId, arguments);
        CompletableFuture<List<Json>> answer = new CompletableFuture<>();
        session.execute(() -> {
            if (state != State.CONNECTED) {
                answer.cancel(false);
                return;
            }
            if (acks == null) {
                acks = new PendingAcks(session, namespace.transport().limits().maxAcks());
            }
            if (acks.add(ackId, answer, timeout)) {
                session.enqueue(packet);
            }
        });
        return answer;
    }

    /** Sends one packet. */
    public void send(EncodedPacket packet) {
        session.execute(() -> {
            if (state == State.CONNECTED) {
                session.enqueue(packet);
            }
        });
    }

    /** Sends one packet; on the connection's thread. */
    public void sendHere(EncodedPacket packet) {
        if (state == State.CONNECTED) {
            session.enqueue(packet);
        }
    }

    /** Sends one packet if it can leave soon; otherwise it is dropped and counted. */
    public void sendVolatile(EncodedPacket packet) {
        session.execute(() -> {
            if (state == State.CONNECTED) {
                session.enqueueVolatile(packet);
            }
        });
    }

    /** Sends an event if it can leave soon; otherwise it is dropped and counted. */
    public void emitVolatile(String event, @Nullable Object... arguments) {
        sendVolatile(SocketPacket.event(namespace.name(), event, SocketPacket.NO_ID, arguments));
    }

    /**
     * Whether what was sent so far has mostly left; while it is false, send nothing that can wait. On the connection's thread.
     */
    public boolean isWritable() {
        return session.isWritable();
    }

    /** Addresses all other sockets of the namespace. */
    public Broadcast broadcast() {
        return namespace.except(id);
    }

    /** Addresses the other sockets of a room. */
    public Broadcast to(String room) {
        return broadcast().to(room);
    }

    // ---- rooms ----

    /**
     * Enters a room; false, and does not, if the socket is in as many as allowed, or if the room is that of another socket's id: what
     * is said there is for that socket alone. On the connection's thread.
     */
    public boolean join(String room) {
        if (state != State.CONNECTED || (namespace.isId(room) && !room.equals(id))) {
            return false;
        }
        if (rooms == null) {
            rooms = new HashSet<>();
        }
        if (!rooms.contains(room)
                && rooms.size() >= namespace.transport().limits().maxRooms()) {
            return false;
        }
        rooms.add(room);
        namespace.shard(this).join(this, room);
        return true;
    }

    /** Leaves a room. On the connection's thread. */
    public void leave(String room) {
        if (rooms != null && rooms.remove(room)) {
            namespace.shard(this).leave(this, room);
        }
    }

    /** The rooms that were joined. On the connection's thread. */
    public Set<String> roomNames() {
        return rooms == null ? Set.of() : Set.copyOf(rooms);
    }

    // ---- the end ----

    /** Ends the client's connection, and with it all of its sockets. What was sent before still goes out. */
    public void disconnectTransport() {
        session.close();
    }

    /** Takes the client out of this namespace; its transport stays open. */
    public void disconnect() {
        session.execute(() -> {
            if (state == State.CONNECTED) {
                session.enqueue(SocketPacket.disconnected(namespace.name()));
                close(CloseReason.SERVER_LEFT);
            }
        });
    }

    // ---- for the connection ----

    EngineSession session() {
        return session;
    }

    boolean isEntering() {
        return state == State.ENTERING;
    }

    /** The last middleware has accepted: the client is told before it hears anything else. */
    void enter() {
        state = State.CONNECTED;
        enteredAt = namespace.newestBroadcast();
        session.enqueue(SocketPacket.connected(namespace.name(), id));
        namespace.add(this);
    }

    void event(String name, Arguments arguments, long ackId) {
        final SocketListener serving = listener;
        if (serving != null) {
            serving.event(name, arguments, ackId == SocketPacket.NO_ID ? Ack.NONE : new SocketAck(ackId));
        }
    }

    void binary(byte[] message) throws WireException {
        final SocketListener serving = listener;
        if (serving != null) {
            serving.binary(message);
        }
    }

    /** The newest broadcast when it entered. */
    long enteredAt() {
        return enteredAt;
    }

    /** An answer of the client. One that nobody waits for (any more) is ignored. */
    void answer(long ackId, List<Json> values) {
        if (acks != null) {
            acks.answer(ackId, values);
        }
    }

    void close(CloseReason reason) {
        if (state == State.CLOSED) {
            return;
        }
        if (state == State.CONNECTED) {
            namespace.remove(this);
        }
        state = State.CLOSED;
        left.accept(reason);
        namespace.release();
        if (acks != null) {
            acks.cancel();
        }
        if (listener != null) {
            listener.closed(reason);
        }
    }

    private final class SocketAck implements Ack {
        private final long ackId;
        private final AtomicBoolean replied = new AtomicBoolean();

        private SocketAck(long ackId) {
            this.ackId = ackId;
        }

        @Override
        public void reply(@Nullable Object... values) {
            if (!replied.getAndSet(true)) {
                send(SocketPacket.ack(namespace.name(), ackId, values));
            }
        }
    }
}
