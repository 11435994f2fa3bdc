package dev.orrery.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Two honest clients, one over WebSocket and one over polling, to which the server says a number every 10 ms while something else
 * happens to it. At the end each must have heard every number, in order and soon.
 */
final class Bystander implements AutoCloseable {
    private static final String NAMESPACE = "/bystander";
    private static final String ADDRESS = "127.0.0.1";
    /** Numbers that are said when all else is over. */
    private static final int FURTHER = 10;

    private static final long PERIOD_MILLIS = 10;
    private static final long MAX_DELAY_MILLIS = 2_000;
    private static final long PATIENCE_MILLIS = 20_000;
    private static final String PREFIX = "42" + NAMESPACE + ",[\"beat\",";

    private final Namespace namespace;
    private final Attacker webSocket;
    private final Attacker polling;
    private final Attacker posting;
    private final String sid;
    private final ConcurrentHashMap<Integer, Long> saidNanos = new ConcurrentHashMap<>();
    private final List<Ear> ears = List.of(new Ear("websocket"), new Ear("polling"));
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ending;
    private volatile int last = Integer.MAX_VALUE;

    /** What one client has heard. */
    private final class Ear {
        private final String name;
        private final List<String> wrong = new CopyOnWriteArrayList<>();
        private volatile int heard;
        private volatile long maxDelayNanos;

        private Ear(String name) {
            this.name = name;
        }

        private void hear(String packet) {
            if (!packet.equals(PREFIX + (heard + 1) + "]")) {
                wrong.add("after " + heard + " came " + packet);
                return;
            }
            Long spoken = saidNanos.get(heard + 1);
            maxDelayNanos = Math.max(maxDelayNanos, System.nanoTime() - (spoken == null ? 0 : spoken));
            heard = heard + 1;
        }
    }

    Bystander(SocketServer server) throws IOException {
        namespace = server.of(NAMESPACE);
        webSocket = new Attacker(server.port(), ADDRESS, 0);
        polling = new Attacker(server.port(), ADDRESS, 0);
        posting = new Attacker(server.port(), ADDRESS, 0);
        assertThat(webSocket.join(NAMESPACE)).startsWith("40" + NAMESPACE);
        sid = polling.enter(NAMESPACE);
        assertThat(namespace.socketCount()).isEqualTo(2);
        start("bystander-speaks", this::speak);
        start("bystander-websocket", this::listen);
        start("bystander-polling", this::poll);
    }

    private void start(String name, Runnable task) {
        threads.add(Thread.ofPlatform().name(name).daemon().start(task));
    }

    private void speak() {
        try {
            for (int number = 1; number <= last; number++) {
                if (ending && last == Integer.MAX_VALUE) {
                    last = number + FURTHER;
                }
                saidNanos.put(number, System.nanoTime());
                namespace.emit("beat", number);
                Thread.sleep(PERIOD_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isListening(Ear ear) {
        return ear.wrong.isEmpty() && ear.heard < last;
    }

    private void listen() {
        Ear ear = ears.get(0);
        while (isListening(ear)) {
            ear.hear(webSocket.next());
        }
    }

    private void poll() {
        Ear ear = ears.get(1);
        try {
            while (isListening(ear)) {
                Attacker.Response response = polling.poll(sid);
                if (response.status() != 200) {
                    ear.wrong.add("after " + ear.heard + " came " + response);
                    return;
                }
                for (String packet : response.body().split("\u001e", -1)) {
                    if (packet.equals("2")) {
                        posting.post(sid, "3");
                    } else {
                        ear.hear(packet);
                    }
                }
            }
        } catch (IOException | RuntimeException | AssertionError e) {
            ear.wrong.add(e.toString());
        }
    }

    /** Checks that nothing was missed. */
    @Override
    public void close() throws IOException {
        ending = true;
        try {
            for (Thread thread : threads) {
                thread.join(PATIENCE_MILLIS);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        for (Ear ear : ears) {
            assertThat(ear.wrong).as("%s bystander", ear.name).isEmpty();
            assertThat(ear.heard).as("what the %s bystander heard", ear.name).isEqualTo(last);
            assertThat(TimeUnit.NANOSECONDS.toMillis(ear.maxDelayNanos))
                    .as("milliseconds that the %s bystander waited", ear.name)
                    .isLessThan(MAX_DELAY_MILLIS);
        }
        assertThat(namespace.socketCount()).isEqualTo(2);
        webSocket.close();
        polling.close();
        posting.close();
    }
}
