package dev.orrery.transport;

import dev.orrery.wire.Json;
import dev.orrery.wire.JsonWriter;
import dev.orrery.wire.SocketPacket;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One client in one namespace. Owned by the connection's thread, but {@link #disconnect} may be called by any. */
public final class Socket {
    private final String id;
    private final Namespace<?> namespace;
    private final EngineSession session;
    private final Runnable left;
    private @Nullable SocketListener<?> listener;

    Socket(String id, Namespace<?> namespace, EngineSession session, Runnable left) {
        this.id = id;
        this.namespace = namespace;
        this.session = session;
        this.left = left;
    }

    /** Unrelated to the session's id, which stays private; other clients may learn this one. */
    public String id() {
        return id;
    }

    public String namespace() {
        return namespace.name();
    }

    /** Whether what was sent so far has mostly left; while it is false, send nothing that can wait. */
    public boolean isWritable() {
        return session.isWritable();
    }

    /** Sends one encoded packet with the next {@link #flush}. The bytes must not change afterwards. */
    public void send(byte[] packet) {
        session.send(packet);
    }

    public void flush() {
        session.flush();
    }

    /** Takes the client out of this namespace; its transport stays open. */
    public void disconnect() {
        session.execute(() -> {
            if (listener != null) {
                session.send(SocketPacket.disconnected(namespace.name()));
                session.flush();
                close(CloseReason.SERVER_LEFT);
            }
        });
    }

    EngineSession session() {
        return session;
    }

    void serveBy(SocketListener<?> newListener) {
        listener = newListener;
    }

    void event(String name, List<Json> arguments, long id) {
        final SocketListener<?> serving = listener;
        if (serving != null) {
            serving.event(name, arguments, id == SocketPacket.NO_ID ? Ack.NONE : new SocketAck(id));
        }
    }

    void close(CloseReason reason) {
        final SocketListener<?> served = listener;
        if (served != null) {
            listener = null;
            namespace.remove(this);
            left.run();
            served.closed(reason);
        }
    }

    private final class SocketAck implements Ack {
        private final long ackId;
        private boolean replied;

        private SocketAck(long ackId) {
            this.ackId = ackId;
        }

        @Override
        public void reply(Consumer<JsonWriter> arguments) {
            if (replied || listener == null) {
                return;
            }
            replied = true;
            JsonWriter out = new JsonWriter();
            SocketPacket.beginAck(out, namespace.name(), ackId);
            arguments.accept(out);
            session.send(out.endArray().toBytes());
            session.flush();
        }
    }
}
