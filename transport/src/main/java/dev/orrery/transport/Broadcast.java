package dev.orrery.transport;

import dev.orrery.wire.EncodedPacket;
import dev.orrery.wire.SocketPacket;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of a namespace that are spoken to together. What is sent is encoded and framed once, however many there are. Immutable;
 * may be used by any thread.
 */
public final class Broadcast {
    private final Namespace namespace;
    private final List<String> rooms;
    private final List<String> exceptRooms;
    private final boolean isVolatile;

    Broadcast(Namespace namespace, List<String> rooms, List<String> exceptRooms, boolean isVolatile) {
        this.namespace = namespace;
        this.rooms = rooms;
        this.exceptRooms = exceptRooms;
        this.isVolatile = isVolatile;
    }

    /** Also the sockets of that room; a socket's id is a room with that socket alone. Whoever is in several gets things once. */
    public Broadcast to(String room) {
        return new Broadcast(namespace, with(rooms, room), exceptRooms, isVolatile);
    }

    /** Without the sockets of that room. */
    public Broadcast except(String room) {
        return new Broadcast(namespace, rooms, with(exceptRooms, room), isVolatile);
    }

    /** Whoever is not ready to be sent to misses it: for what is soon replaced by something newer. */
    public Broadcast asVolatile() {
        return new Broadcast(namespace, rooms, exceptRooms, true);
    }

    /** Sends an event. The arguments are what {@link dev.orrery.wire.JsonWriter#any} takes. */
    public void emit(String event, @Nullable Object... arguments) {
        send(SocketPacket.event(namespace.name(), event, SocketPacket.NO_ID, arguments));
    }

    /** Sends a packet. */
    public void send(EncodedPacket packet) {
        if (isVolatile) {
            namespace.forEach(this, socket -> socket.session().enqueueVolatile(packet));
        } else {
            namespace.forEach(this, socket -> socket.session().enqueue(packet));
        }
    }

    /** Takes the sockets out of the namespace; their transports stay open. */
    public void disconnectSockets() {
        namespace.forEach(this, socket -> socket.session().loop().execute(socket::disconnect));
    }

    List<String> rooms() {
        return rooms;
    }

    List<String> exceptRooms() {
        return exceptRooms;
    }

    private static List<String> with(List<String> names, String further) {
        return Stream.concat(names.stream(), Stream.of(further)).toList();
    }
}
