package dev.orrery.transport;

import io.netty.channel.EventLoop;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Something of which each connection thread has its own: for what a connection uses while its thread does one thing, and no longer. What all
 * connections of a thread share stays in its processor's cache from one to the next.
 *
 * @param <T> owned by its thread
 */
public final class PerThread<T> {
    private final Map<EventLoop, T> all = new IdentityHashMap<>();

    PerThread(List<EventLoop> loops, Function<EventLoop, T> maker) {
        loops.forEach(loop -> all.put(loop, maker.apply(loop)));
    }

    /** That of a socket's thread. May be asked by any thread. */
    public T of(Socket socket) {
        return of(socket.session().loop());
    }

    T of(EventLoop loop) {
        T own = all.get(loop);
        if (own == null) {
            throw new IllegalStateException("a foreign event loop");
        }
        return own;
    }

    void forEach(Consumer<T> action) {
        all.values().forEach(action);
    }
}
