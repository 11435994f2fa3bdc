package dev.orrery.bench;

import dev.orrery.transport.HttpHandler;
import dev.orrery.transport.Namespace;
import dev.orrery.transport.Rate;
import dev.orrery.transport.Socket;
import dev.orrery.transport.SocketServer;
import dev.orrery.transport.TransportConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The same rooms on Orrery's transport: a namespace each, ticked by a thread of their own as worlds are. */
final class OrreryServer implements RoomServer {
    /** All of the load comes from one address, so the limits of one must hold all of it. */
    private static final int MAX_CONNECTIONS = 20_000;

    private final SocketServer server;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    private final List<Namespace> namespaces = new ArrayList<>();
    private final List<Future<?>> timers = new ArrayList<>();
    private final LongAdder inputs = new LongAdder();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    OrreryServer() throws IOException {
        TransportConfig config = TransportConfig.DEFAULT.with(c -> {
            c.port = 0;
            c.threads = 1;
            c.limits = c.limits.with(l -> {
                l.maxConnections = MAX_CONNECTIONS;
                l.maxConnectionsPerAddress = MAX_CONNECTIONS;
                l.maxSessionsPerAddress = MAX_CONNECTIONS;
                l.handshakes = new Rate(MAX_CONNECTIONS, MAX_CONNECTIONS);
            });
        });
        server = new SocketServer(config, HttpHandler.NONE).listen();
    }

    @Override
    public int port() {
        return server.port();
    }

    @Override
    public void open(int count, long periodMicros) {
        for (int number = 0; number < count; number++) {
            Room room = new Room(number);
            String text = room.text();
            Namespace namespace = server.of(room.name()).onConnect(this::serve);
            namespaces.add(namespace);
            if (periodMicros > 0) {
                timers.add(ticker.scheduleAtFixedRate(
                        () -> namespace.emit("f", text),
                        RoomServer.phaseMicros(number, count, periodMicros),
                        periodMicros,
                        TimeUnit.MICROSECONDS));
            }
        }
    }

    private void serve(Socket socket) {
        threads.add(Thread.currentThread());
        double[] sum = new double[1]; // so that inputs are read
        socket.on("i", (arguments, ack) -> {
            sum[0] += arguments.first().get("s").number(0);
            inputs.increment();
        });
    }

    @Override
    public void close() {
        timers.forEach(timer -> timer.cancel(false));
        timers.clear();
        namespaces.forEach(server::close);
        namespaces.clear();
    }

    @Override
    public int players() {
        return namespaces.stream().mapToInt(Namespace::socketCount).sum();
    }

    @Override
    public long inputs() {
        return inputs.sum();
    }

    @Override
    public Collection<Thread> connectionThreads() {
        return threads;
    }
}
