package dev.orrery.transport;

import dev.orrery.wire.Counters;
import dev.orrery.wire.FrameBuffers;
import dev.orrery.wire.WireException;
import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all connections of a server share. May be used by any thread, but flushers and buffers belong to their loops. */
final class Transport {
    private static final Rate FAILURES_LOGGED = new Rate(0.2, 10);
    /** Of one read of a connection; more follow in turn. */
    private static final int READ_BYTES = 16_384;

    private final TransportConfig config;
    private final Bucket failures = new Bucket(FAILURES_LOGGED, System.nanoTime());
    private final Counters<Counter> counters = new Counters<>(Counter.class);
    private final Counters<WireException.Reason> malformed = new Counters<>(WireException.Reason.class);
    private final Addresses addresses;
    private final Origins origins;
    private final Proxies proxies;
    private final List<EventLoop> loops;
    private final PerThread<Flusher> flushers;
    private final PerThread<FrameBuffers> buffers;
    private final PerThread<SpareBuffer> reads;
    private final ConcurrentHashMap<String, EngineEndpoint> endpoints = new ConcurrentHashMap<>();

    Transport(TransportConfig config, List<EventLoop> loops) {
        this.config = config;
        this.addresses = new Addresses(config.limits());
        this.origins = new Origins(config.origins());
        this.proxies = new Proxies(config.trustedProxies());
        this.loops = List.copyOf(loops);
        this.flushers = perThread(Flusher::new);
        this.buffers = perThread(loop -> new FrameBuffers());
        this.reads = perThread(loop -> new SpareBuffer(READ_BYTES));
    }

    TransportConfig config() {
        return config;
    }

    Limits limits() {
        return config.limits();
    }

    Counters<Counter> counters() {
        return counters;
    }

    /** Malformed packets by their reason. */
    Counters<WireException.Reason> malformed() {
        return malformed;
    }

    Addresses addresses() {
        return addresses;
    }

    Origins origins() {
        return origins;
    }

    Proxies proxies() {
        return proxies;
    }

    List<EventLoop> loops() {
        return loops;
    }

    Flusher flusher(EventLoop loop) {
        return flushers.of(loop);
    }

    /** For reading frames on that loop. */
    FrameBuffers buffers(EventLoop loop) {
        return buffers.of(loop);
    }

    /** For reading from one connection of that loop. */
    ReadBuffers readBuffers(EventLoop loop) {
        return new ReadBuffers(reads.of(loop));
    }

    <T> PerThread<T> perThread(Function<EventLoop, T> maker) {
        return new PerThread<>(loops, maker);
    }

    /** Adds an endpoint; a path has at most one. */
    void add(String path, EngineEndpoint endpoint) {
        if (endpoints.putIfAbsent(path, endpoint) != null) {
            throw new IllegalArgumentException("there already is an endpoint at " + path);
        }
    }

    @Nullable
    EngineEndpoint endpoint(String path) {
        return endpoints.get(path);
    }

    Iterable<EngineEndpoint> endpoints() {
        return endpoints.values();
    }

    /** Whether one more failure that a client can bring about may be logged; all are counted. */
    boolean mayLog() {
        synchronized (failures) {
            return failures.take(1, FAILURES_LOGGED, System.nanoTime());
        }
    }

    /** Gives a task to a loop; once the server is closed, nothing happens. */
    static void run(EventLoop loop, Runnable task) {
        try {
            loop.execute(task);
        } catch (RejectedExecutionException e) {
            if (!loop.isShuttingDown()) {
                throw e;
            }
        }
    }

    /** When all loops have ended. */
    void close() {
        flushers.forEach(Flusher::close);
        reads.forEach(SpareBuffer::close);
    }
}
