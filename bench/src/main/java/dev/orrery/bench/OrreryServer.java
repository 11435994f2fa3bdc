package dev.orrery.bench;

import dev.orrery.transport.Ack;
import dev.orrery.transport.CloseReason;
import dev.orrery.transport.HttpHandler;
import dev.orrery.transport.Namespace;
import dev.orrery.transport.Socket;
import dev.orrery.transport.SocketListener;
import dev.orrery.transport.SocketServer;
import dev.orrery.transport.TransportConfig;
import dev.orrery.wire.Json;
import dev.orrery.wire.JsonWriter;
import dev.orrery.wire.SocketPacket;
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
    private final SocketServer server;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
    private final List<Namespace<byte[]>> namespaces = new ArrayList<>();
    private final List<Future<?>> timers = new ArrayList<>();
    private final LongAdder inputs = new LongAdder();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    OrreryServer() throws IOException {
        TransportConfig base = TransportConfig.DEFAULT;
        server = SocketServer.listen(
                new TransportConfig(
                        "127.0.0.1",
                        0,
                        1,
                        base.pingIntervalMillis(),
                        base.pingTimeoutMillis(),
                        base.connectTimeoutMillis(),
                        base.maxPayloadBytes(),
                        base.maxBodyBytes(),
                        base.maxHeaderBytes(),
                        base.maxNamespaces(),
                        base.maxPendingBytes()),
                request -> HttpHandler.Reply.text(404, "nothing here\n"));
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
            Namespace<byte[]> namespace = server.open(room.name(), (socket, auth) -> {
                threads.add(Thread.currentThread());
                return new Player(socket, inputs);
            });
            namespaces.add(namespace);
            if (periodMicros > 0) {
                timers.add(ticker.scheduleAtFixedRate(
                        () -> namespace.publish(SocketPacket.beginEvent(new JsonWriter(), namespace.name(), "f")
                                .value(text)
                                .endArray()
                                .toBytes()),
                        RoomServer.phaseMicros(number, count, periodMicros),
                        periodMicros,
                        TimeUnit.MICROSECONDS));
            }
        }
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

    private static final class Player implements SocketListener<byte[]> {
        private final Socket socket;
        private final LongAdder inputs;
        /** Anything that is read from inputs, so that they are. */
        private double sum;

        private Player(Socket socket, LongAdder inputs) {
            this.socket = socket;
            this.inputs = inputs;
        }

        @Override
        public void event(String name, List<Json> arguments, Ack ack) {
            if (name.equals("i")) {
                sum += arguments.getFirst().get("s").number(0);
                inputs.increment();
            }
        }

        @Override
        public void published(byte[] frame) {
            socket.send(frame);
            socket.flush();
        }

        @Override
        public void closed(CloseReason reason) {}
    }
}
