package dev.orrery.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Half of the readers do not read until everything was sent, so that their writes get stuck half way while those of the others go on:
 * every byte is still the right one, though all share one buffer as long as nothing is stuck.
 */
final class SlowReaderIT {
    private static final int EVENTS = 6_000;
    private static final int READERS = 4;
    private static final int RECEIVE_BYTES = 2_048;
    private static final int PATIENCE_MILLIS = 60_000;
    private static final long PAUSE_NANOS = 100_000;
    private static final CountDownLatch NOW = new CountDownLatch(0);

    /** Another length and another letter for each. */
    private static String text(int number) {
        return Character.toString('a' + number % 26).repeat(1 + number * 7_919 % 3_000) + number;
    }

    @Test
    void shouldGiveSlowReadersEveryByteInOrder() throws Exception {
        TransportConfig config = TransportConfig.DEFAULT.with(c -> {
            c.port = 0;
            c.pingIntervalMillis = PATIENCE_MILLIS;
            c.limits = c.limits.with(l -> l.maxQueuedBytes = 64_000_000);
        });
        try (SocketServer server = new SocketServer(config, HttpHandler.NONE);
                ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            Namespace all = server.of("/");
            server.listen();
            CountDownLatch sent = new CountDownLatch(1);
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(reader(server.port(), i % 2 == 0 ? NOW : sent)));
            }
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
            while (all.socketCount() < READERS && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            for (int number = 0; number < EVENTS; number++) {
                all.emit("e", text(number));
                long pause = System.nanoTime() + PAUSE_NANOS; // so that each leaves by itself
                while (System.nanoTime() < pause) {
                    Thread.onSpinWait();
                }
            }
            sent.countDown();
            for (Future<Integer> reader : readers) {
                assertThat(reader.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).isEqualTo(EVENTS);
            }
            assertThat(server.counters().count(Counter.QUEUES_OVERFLOWED)).isZero();
        }
    }

    private static Callable<Integer> reader(int port, CountDownLatch start) {
        return () -> {
            try (Socket socket = new Socket()) {
                socket.setReceiveBufferSize(RECEIVE_BYTES);
                socket.setSoTimeout(PATIENCE_MILLIS);
                socket.connect(new InetSocketAddress("127.0.0.1", port));
                DataInputStream in = new DataInputStream(socket.getInputStream());
                greet(socket, in);
                start.await();
                for (int number = 0; number < EVENTS; number++) {
                    assertThat(frame(in)).isEqualTo("42[\"e\",\"" + text(number) + "\"]");
                }
                return EVENTS;
            }
        };
    }

    private static void greet(Socket socket, DataInputStream in) throws IOException {
        socket.getOutputStream()
                .write(("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        assertThat(frame(in)).startsWith("0{");
        socket.getOutputStream().write(new byte[] {(byte) 0x81, (byte) 0x82, 0, 0, 0, 0, '4', '0'});
        assertThat(frame(in)).startsWith("40{");
    }

    private static String frame(DataInputStream in) throws IOException {
        assertThat(in.readUnsignedByte()).isEqualTo(0x81);
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        }
        byte[] content = new byte[length];
        in.readFully(content);
        return new String(content, StandardCharsets.US_ASCII);
    }
}
