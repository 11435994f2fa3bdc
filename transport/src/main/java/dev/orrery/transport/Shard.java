package dev.orrery.transport;

import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The sockets of one namespace on one event loop, by id and by room. Each socket is also alone in the room of its own id. Owned by
 * the loop's thread.
 */
final class Shard {
    private final EventLoop loop;
    private final Map<String, Socket> byId = new LinkedHashMap<>();
    private final Map<String, Set<Socket>> rooms = new HashMap<>();

    Shard(EventLoop loop) {
        this.loop = loop;
    }

    EventLoop loop() {
        return loop;
    }

    void add(Socket socket) {
        byId.put(socket.id(), socket);
    }

    boolean remove(Socket socket) {
        socket.roomNames().forEach(room -> leave(socket, room));
        return byId.remove(socket.id(), socket);
    }

    void join(Socket socket, String room) {
        rooms.computeIfAbsent(room, missing -> new LinkedHashSet<>()).add(socket);
    }

    void leave(Socket socket, String room) {
        Set<Socket> members = rooms.get(room);
        if (members != null && members.remove(socket) && members.isEmpty()) {
            rooms.remove(room);
        }
    }

    /**
     * Does it for those who are addressed and had entered before the broadcast was numbered. The action may not change who is in which
     * room, but may send.
     */
    void forEach(Broadcast broadcast, long number, Consumer<Socket> action) {
        Set<Socket> left = members(broadcast.exceptRooms());
        if (broadcast.rooms().isEmpty()) {
            for (Socket socket : byId.values()) {
                if (socket.enteredAt() < number && (left.isEmpty() || !left.contains(socket))) {
                    action.accept(socket);
                }
            }
            return;
        }
        for (Socket socket : members(broadcast.rooms())) {
            if (socket.enteredAt() < number && (left.isEmpty() || !left.contains(socket))) {
                action.accept(socket);
            }
        }
    }

    /** Whoever is in one of the rooms, once. */
    private Set<Socket> members(List<String> names) {
        if (names.isEmpty()) {
            return Set.of();
        }
        if (names.size() == 1) {
            Socket single = byId.get(names.getFirst());
            return single == null ? rooms.getOrDefault(names.getFirst(), Set.of()) : Set.of(single);
        }
        Set<Socket> all = new LinkedHashSet<>();
        for (String name : names) {
            all.addAll(members(List.of(name)));
        }
        return all;
    }
}
