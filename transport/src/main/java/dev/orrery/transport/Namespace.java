package dev.orrery.transport;

import dev.orrery.wire.EncodedPacket;
import io.netty.channel.EventLoop;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A named place in which sockets meet: who may enter, what happens then, and what is said to all of them. May be used by any thread.
 *
 * <pre>{@code
 * Namespace chat = server.of("/chat");
 * chat.use((socket, auth, next) -> {
 *     if (auth.get("token").text("").equals("good")) next.accept(); else next.refuse("That is not the token.");
 * });
 * chat.onConnect(socket -> socket.on("say", (arguments, ack) -> chat.emit("said", arguments.getFirst())));
 * }</pre>
 */
public final class Namespace {
    private final String name;
    private final Transport transport;
    private final Runnable unused;
    private final List<Middleware> middleware = new CopyOnWriteArrayList<>();
    private final List<Consumer<Socket>> connectHandlers = new CopyOnWriteArrayList<>();
    private final Map<EventLoop, Shard> shards = new IdentityHashMap<>();
    /** Of the sockets in it, whichever thread serves them. */
    private final Set<String> ids = ConcurrentHashMap.newKeySet();
    /** How many there have been. */
    private final AtomicLong broadcasts = new AtomicLong();

    /** Sockets that are in it or on their way. */
    private final AtomicInteger held = new AtomicInteger();

    private volatile boolean closed;

    /** @param unused runs when the last socket has left */
    Namespace(String name, Transport transport, Runnable unused) {
        this.name = name;
        this.transport = transport;
        this.unused = unused;
        transport.loops().forEach(loop -> shards.put(loop, new Shard(loop)));
    }

    /** As clients name it: {@code /} or {@code /chat}. */
    public String name() {
        return name;
    }

    /** Sockets in it. */
    public int socketCount() {
        return ids.size();
    }

    /** Adds one that must accept whoever enters, after those added before. */
    public Namespace use(Middleware further) {
        middleware.add(further);
        return this;
    }

    /** Adds what happens with each socket that has entered, on its thread. */
    public Namespace onConnect(Consumer<Socket> handler) {
        connectHandlers.add(handler);
        return this;
    }

    /** Sends an event to all sockets. The arguments are what {@link dev.orrery.wire.JsonWriter#any} takes. */
    public void emit(String event, @Nullable Object... arguments) {
        everyone().emit(event, arguments);
    }

    /** Sends a packet to all sockets. */
    public void send(EncodedPacket packet) {
        everyone().send(packet);
    }

    /** Addresses the sockets of a room; further rooms can be added. */
    public Broadcast to(String room) {
        return everyone().to(room);
    }

    /** Addresses all sockets but those of a room. */
    public Broadcast except(String room) {
        return everyone().except(room);
    }

    /** Addresses all sockets, but those that are not ready are left out. */
    public Broadcast asVolatile() {
        return everyone().asVolatile();
    }

    /** Takes all sockets out. */
    public void disconnectSockets() {
        everyone().disconnectSockets();
    }

    private Broadcast everyone() {
        return new Broadcast(this, List.of(), List.of(), false);
    }

    List<Middleware> middleware() {
        return middleware;
    }

    List<Consumer<Socket>> connectHandlers() {
        return connectHandlers;
    }

    /**
     * Does something with each addressed socket, on its thread. Several calls from one thread act in their order. Who enters later is left
     * out, though another thread may get to its part of the broadcast only then.
     */
    void forEach(Broadcast broadcast, Consumer<Socket> action) {
        final long number = broadcasts.incrementAndGet();
        for (Shard shard : shards.values()) {
            if (shard.loop().inEventLoop()) {
                shard.forEach(broadcast, number, action);
            } else {
                Transport.run(shard.loop(), () -> shard.forEach(broadcast, number, action));
            }
        }
    }

    // ---- sockets, each on its thread ----

    /** From now on nobody enters. */
    void close() {
        closed = true;
        disconnectSockets();
    }

    boolean isClosed() {
        return closed;
    }

    /** A socket is on its way. */
    void expect() {
        held.incrementAndGet();
    }

    /** A socket that was expected is gone, whether it had entered or not. */
    void release() {
        if (held.decrementAndGet() == 0) {
            unused.run();
        }
    }

    boolean isUnused() {
        return held.get() == 0;
    }

    /** The number of the newest broadcast: who enters now gets those behind it. */
    long newestBroadcast() {
        return broadcasts.get();
    }

    void add(Socket socket) {
        shard(socket).add(socket);
        ids.add(socket.id());
    }

    void remove(Socket socket) {
        if (shard(socket).remove(socket)) {
            ids.remove(socket.id());
        }
    }

    /** Whether a socket of that id is in it. */
    boolean isId(String name) {
        return ids.contains(name);
    }

    Shard shard(Socket socket) {
        Shard shard = shards.get(socket.session().loop());
        if (shard == null) {
            throw new IllegalStateException("a socket of a foreign event loop: namespace=" + name);
        }
        return shard;
    }

    Transport transport() {
        return transport;
    }
}
