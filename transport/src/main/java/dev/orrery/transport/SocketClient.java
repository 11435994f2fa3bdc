package dev.orrery.transport;

import dev.orrery.wire.Counters;
import dev.orrery.wire.Json;
import dev.orrery.wire.SocketPacket;
import dev.orrery.wire.WireException;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The Socket.IO side of a session: which namespaces it is in, and what goes to which. A session that enters none within
 * the connect timeout is closed; one that has left its last may stay and enter another. Owned by the connection's thread.
 */
final class SocketClient {
    private final EngineSession session;
    private final TransportConfig config;
    private final Counters<Counter> counters;
    private final Namespaces namespaces;
    private final Map<String, Socket> sockets = new HashMap<>();
    private @Nullable ScheduledFuture<?> connectTimer;

    SocketClient(EngineSession session, TransportConfig config, Counters<Counter> counters, Namespaces namespaces) {
        this.session = session;
        this.config = config;
        this.counters = counters;
        this.namespaces = namespaces;
    }

    void open() {
        connectTimer = session.loop()
                .schedule(
                        () -> {
                            counters.increment(Counter.CONNECT_TIMEOUTS);
                            session.close(CloseReason.CONNECT_TIMEOUT);
                        },
                        config.connectTimeoutMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** One Socket.IO packet as text. */
    void receive(String text) throws WireException {
        SocketPacket packet = SocketPacket.decode(text);
        Socket socket = sockets.get(packet.namespace());
        switch (packet.type()) {
            case CONNECT -> {
                if (socket != null) {
                    throw new WireException(WireException.Reason.UNEXPECTED_PACKET);
                }
                connect(packet.namespace(), packet.data());
            }
            case EVENT -> {
                if (socket == null) {
                    throw new WireException(WireException.Reason.UNEXPECTED_PACKET);
                }
                counters.increment(Counter.EVENTS_RECEIVED);
                socket.event(packet.eventName(), packet.eventArguments(), packet.id());
            }
            case DISCONNECT -> {
                if (socket != null) {
                    socket.close(CloseReason.CLIENT_LEFT);
                }
            }
            case ACK -> {
                // The server asks for no acknowledgements yet, so there is none to match: ignored, as an unknown id is.
            }
            case CONNECT_ERROR, BINARY_EVENT, BINARY_ACK ->
                throw new WireException(WireException.Reason.UNEXPECTED_PACKET);
        }
    }

    private void connect(String name, Json auth) throws WireException {
        Namespace<?> namespace = namespaces.find(name);
        if (namespace == null) {
            counters.increment(Counter.UNKNOWN_NAMESPACE);
            answer(SocketPacket.refused(name, "", "Invalid namespace"));
        } else if (sockets.size() >= config.maxNamespaces()) {
            throw new WireException(WireException.Reason.UNEXPECTED_PACKET);
        } else {
            enter(namespace, auth);
        }
    }

    private <F> void enter(Namespace<F> namespace, Json auth) {
        Socket socket = new Socket(Ids.secret(), namespace, session, () -> sockets.remove(namespace.name()));
        try {
            SocketListener<F> listener = namespace.admit(socket, auth);
            counters.increment(Counter.SOCKETS_CONNECTED);
            stopConnectTimer();
            sockets.put(namespace.name(), socket);
            // First: a write that fails closes the session at once, and the socket must be there to be closed. Nothing
            // is
            // published before the answer all the same, as one thread does both.
            namespace.add(socket, listener);
            answer(SocketPacket.connected(namespace.name(), socket.id()));
        } catch (RefusedException e) {
            counters.increment(Counter.SOCKETS_REFUSED);
            answer(SocketPacket.refused(namespace.name(), e.code(), e.sentence()));
        }
    }

    private void answer(byte[] packet) {
        session.send(packet);
        session.flush();
    }

    void closed(CloseReason reason) {
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
}
