package dev.orrery.transport;

import dev.orrery.wire.Json;
import dev.orrery.wire.SocketDecoder;
import dev.orrery.wire.SocketPacket;
import dev.orrery.wire.WireException;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The Socket.IO side of a session: which namespaces it is in, and what goes to which. A session that enters none within the connect
 * timeout is closed; one that has left its last may stay and enter another. Owned by the session's thread.
 *
 * <p>Its first message decides how it is read:
 *
 * <pre>
 *   text     the standard parser: a message of bytes is the attachment of a packet
 *   bytes    Orrery's: the message is a packet as text, in UTF-8; from then on text is a packet without attachments, and a message of
 *            bytes is for the one namespace that the client is in
 * </pre>
 */
final class SocketClient implements EngineListener {
    private static final int FEW = 2;
    private static final String INVALID_NAMESPACE = "Invalid namespace";

    private final Transport transport;
    private final Namespaces namespaces;
    private final EngineSession session;
    private final SocketDecoder decoder;
    /** Sockets that are in a namespace or on their way into it. */
    private final Map<String, Socket> sockets = new HashMap<>(FEW);

    /** The socket that came last; null if that has left. */
    private @Nullable Socket newest;

    /** Namespaces out of which the server took a socket, until the client connects to them again. */
    private Set<String> takenOut = Set.of();

    /** What the last packet was for, and in which namespace that is. */
    private @Nullable Socket recent;

    private String recentNamespace = "";
    private @Nullable ScheduledFuture<?> connectTimer;
    private boolean begun;
    private boolean framed;

    SocketClient(Transport transport, Namespaces namespaces, EngineSession session) {
        this.transport = transport;
        this.namespaces = namespaces;
        this.session = session;
        this.decoder = new SocketDecoder(transport.limits().packet());
        this.connectTimer = session.loop()
                .schedule(this::timeOut, transport.config().connectTimeoutMillis(), TimeUnit.MILLISECONDS);
    }

    private void timeOut() {
        transport.counters().increment(Counter.CONNECT_TIMEOUTS);
        session.close(CloseReason.CONNECT_TIMEOUT);
    }

    @Override
    public void text(String message) throws WireException {
        begun = true;
        SocketPacket packet = decoder.text(message);
        if (packet == null && framed) {
            throw new WireException(WireException.Reason.BAD_ATTACHMENTS);
        }
        receive(packet);
    }

    @Override
    public void binary(byte[] message) throws WireException {
        if (framed) {
            hand(message);
        } else if (begun) {
            receive(decoder.binary(message));
        } else {
            framed = true;
            text(Utf8.strict(message));
        }
    }

    /** Bytes are for the only socket there is. */
    private void hand(byte[] message) throws WireException {
        Socket socket = newest;
        if (socket != null) {
            connected(socket).binary(message);
        } else if (takenOut.isEmpty()) {
            throw new WireException(WireException.Reason.UNEXPECTED_BINARY);
        }
    }

    private void receive(@Nullable SocketPacket packet) throws WireException {
        if (packet == null) {
            return; // attachments are to come
        }
        Socket socket = find(packet.namespace());
        switch (packet.type()) {
            case CONNECT -> {
                if (socket != null) {
                    throw new WireException(WireException.Reason.UNEXPECTED_PACKET);
                }
                connect(packet.namespace(), packet.data());
            }
            case EVENT -> {
                if (!isUnderWay(packet, socket)) {
                    transport.counters().increment(Counter.EVENTS_RECEIVED);
                    connected(socket).event(packet.eventName(), new Arguments(packet.arguments()), packet.id());
                }
            }
            case ACK -> {
                if (!isUnderWay(packet, socket)) {
                    connected(socket).answer(packet.id(), packet.arguments());
                }
            }
            case DISCONNECT -> {
                if (socket != null) {
                    socket.close(CloseReason.CLIENT_LEFT);
                }
            }
            case CONNECT_ERROR -> throw new WireException(WireException.Reason.UNEXPECTED_PACKET);
        }
    }

    /** Nearly always the same as before. */
    @SuppressWarnings(
            "ReferenceEquality") // the decoder gives the same text for the same namespace; another is looked up
    private @Nullable Socket find(String namespace) {
        if (namespace != recentNamespace) {
            recentNamespace = namespace;
            recent = sockets.get(namespace);
        }
        return recent;
    }

    /** Whether the server has taken the socket out, which the client did not know yet when it sent this. */
    private boolean isUnderWay(SocketPacket packet, @Nullable Socket socket) {
        return socket == null && takenOut.contains(packet.namespace());
    }

    private static Socket connected(@Nullable Socket socket) throws WireException {
        if (socket == null || !socket.isConnected()) {
            throw new WireException(WireException.Reason.UNEXPECTED_PACKET);
        }
        return socket;
    }

    private void connect(String name, Json auth) throws WireException {
        if (sockets.size() >= (framed ? 1 : transport.limits().maxNamespaces())) {
            throw new WireException(WireException.Reason.UNEXPECTED_PACKET);
        }
        Namespace namespace = namespaces.resolve(name);
        if (namespace == null) {
            transport.counters().increment(Counter.UNKNOWN_NAMESPACE);
            session.enqueue(SocketPacket.refused(name, "", INVALID_NAMESPACE));
            return;
        }
        Socket socket = new Socket(Ids.secret(), namespace, session, framed, reason -> left(name, reason));
        sockets.put(name, socket);
        newest = socket;
        recentNamespace = "";
        if (!takenOut.isEmpty()) {
            takenOut.remove(name);
        }
        new Admission(socket, auth, List.copyOf(namespace.middleware()), 0).proceed();
    }

    private void left(String name, CloseReason reason) {
        if (reason == CloseReason.SERVER_LEFT) {
            if (takenOut.isEmpty() || takenOut.size() >= transport.limits().maxNamespaces()) {
                takenOut = new HashSet<>(FEW);
            }
            takenOut.add(name);
        }
        if (sockets.remove(name) == newest) {
            newest = null;
        }
        recent = null;
        recentNamespace = "";
    }

    @Override
    public void closed(CloseReason reason) {
        stopConnectTimer();
        for (Socket socket : List.copyOf(sockets.values())) {
            session.guard(() -> socket.close(reason));
        }
    }

    private void stopConnectTimer() {
        if (connectTimer != null) {
            connectTimer.cancel(false);
            connectTimer = null;
        }
    }

    /** One step of a socket's way through the middleware of its namespace; the last step lets it in. */
    private final class Admission implements Middleware.Next {
        private final Socket socket;
        private final Json auth;
        private final List<Middleware> steps;
        private final int step;
        private final AtomicBoolean decided = new AtomicBoolean();

        private Admission(Socket socket, Json auth, List<Middleware> steps, int step) {
            this.socket = socket;
            this.auth = auth;
            this.steps = steps;
            this.step = step;
        }

        private void proceed() {
            if (socket.namespace().isClosed()) {
                refuse("", INVALID_NAMESPACE);
            } else if (step < steps.size()) {
                steps.get(step).check(socket, auth, this);
            } else {
                transport.counters().increment(Counter.SOCKETS_CONNECTED);
                stopConnectTimer();
                socket.enter();
                for (Consumer<Socket> handler : socket.namespace().connectHandlers()) {
                    if (socket.isConnected()) { // the one before may have sent it away
                        handler.accept(socket);
                    }
                }
            }
        }

        @Override
        public void accept() {
            decide(() -> new Admission(socket, auth, steps, step + 1).proceed());
        }

        @Override
        public void refuse(String code, String sentence) {
            decide(() -> {
                transport.counters().increment(Counter.SOCKETS_REFUSED);
                session.enqueue(SocketPacket.refused(socket.namespace().name(), code, sentence));
                socket.close(CloseReason.REFUSED);
            });
        }

        /** What is decided later comes from outside: it must not throw there, and the client may have gone. */
        private void decide(Runnable consequence) {
            if (!decided.getAndSet(true)) {
                session.execute(() -> {
                    if (socket.isEntering()) {
                        session.guard(consequence);
                    }
                });
            }
        }
    }
}
