package dev.orrery.transport;

import dev.orrery.wire.Counters;
import dev.orrery.wire.Json;
import io.netty.channel.EventLoop;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A named room of sockets that are published to together: one instance of a game.
 *
 * @param <F> what is published
 */
public final class Namespace<F> {
    private static final int MAILBOX_CAPACITY = 8;

    private final String name;
    private final NamespaceHandler<F> handler;
    private final Map<EventLoop, Shard<F>> shards = new IdentityHashMap<>();
    private final AtomicInteger sockets = new AtomicInteger();

    Namespace(String name, NamespaceHandler<F> handler, Iterable<EventLoop> loops, Counters<Counter> counters) {
        this.name = name;
        this.handler = handler;
        for (EventLoop loop : loops) {
            shards.put(loop, new Shard<>(loop, counters));
        }
    }

    /** {@code /game/instance}, as clients name it. */
    public String name() {
        return name;
    }

    /** Sockets in it. */
    public int socketCount() {
        return sockets.get();
    }

    /** Hands a value to every socket, on its own thread. May be called by any one thread at a time. */
    public void publish(F value) {
        for (Shard<F> shard : shards.values()) {
            shard.publish(value);
        }
    }

    SocketListener<F> admit(Socket socket, Json auth) throws RefusedException {
        return handler.connect(socket, auth);
    }

    /** On the socket's thread, after its CONNECT was answered: from now on it is published to. */
    void add(Socket socket, SocketListener<F> listener) {
        socket.serveBy(listener);
        shard(socket).members.add(new Member<>(socket, listener));
        sockets.incrementAndGet();
    }

    void remove(Socket socket) {
        if (shard(socket).members.removeIf(member -> member.socket == socket)) {
            sockets.decrementAndGet();
        }
    }

    /** Takes every socket out. May be called by any thread. */
    void disconnectAll() {
        for (Shard<F> shard : shards.values()) {
            shard.loop.execute(() -> Set.copyOf(shard.members).forEach(member -> member.socket.disconnect()));
        }
    }

    private Shard<F> shard(Socket socket) {
        Shard<F> shard = shards.get(socket.session().loop());
        if (shard == null) {
            throw new IllegalStateException("a socket of a foreign event loop: namespace=" + name);
        }
        return shard;
    }

    private record Member<F>(Socket socket, SocketListener<F> listener) {}

    /**
     * The sockets of one event loop, and a mailbox of a few values: ticks that are caught up with come in a bunch.
     * Overflow: the oldest value gives way, and listeners notice the gap by what the values say.
     */
    private static final class Shard<F> {
        private final EventLoop loop;
        private final Counters<Counter> counters;
        private final Set<Member<F>> members = new LinkedHashSet<>();
        private final ArrayBlockingQueue<F> mailbox = new ArrayBlockingQueue<>(MAILBOX_CAPACITY);
        private final AtomicBoolean awake = new AtomicBoolean();

        private Shard(EventLoop loop, Counters<Counter> counters) {
            this.loop = loop;
            this.counters = counters;
        }

        private void publish(F value) {
            while (!mailbox.offer(value)) {
                mailbox.poll();
                counters.increment(Counter.FRAMES_REPLACED);
            }
            if (!awake.getAndSet(true)) {
                loop.execute(this::deliver);
            }
        }

        private void deliver() {
            awake.set(false);
            for (F value = mailbox.poll(); value != null; value = mailbox.poll()) {
                deliver(value);
            }
        }

        private void deliver(F value) {
            for (Member<F> member : List.copyOf(members)) {
                member.socket.session().guard(() -> member.listener.published(value));
            }
        }
    }
}
