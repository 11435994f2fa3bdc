package dev.orrery.bench;

import com.sun.management.ThreadMXBean;
import dev.orrery.wire.Json;
import io.netty.util.internal.PlatformDependent;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server under test, alone in its process. Its commands:
 *
 * <pre>
 *   open ROOMS PERIOD_MICROS   → port        rooms that tick from now on; a period of 0 is none
 *   close                      →             no rooms; waits until all players are gone
 *   inputs                     → inputs      received so far
 *   memory                     → heapBytes, directBytes: in use, after a full collection
 *   allocated                  → connectionBytes, allBytes: on the heap, by connection threads and by all, so far
 * </pre>
 */
final class ServerProcess {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final RoomServer server;

    private ServerProcess(RoomServer server) {
        this.server = server;
    }

    /** @param args the {@link Kind} */
    public static void main(String[] args) throws Exception {
        Commands.serve(new ServerProcess(Kind.valueOf(args[0]).start())::answer);
    }

    private Map<String, Json> answer(String[] words) throws InterruptedException {
        switch (words[0]) {
            case "open" -> server.open(Integer.parseInt(words[1]), Long.parseLong(words[2]));
            case "close" -> close();
            default -> {
                // The others change nothing.
            }
        }
        return switch (words[0]) {
            case "inputs" -> Map.of("inputs", new Json.Num(server.inputs()));
            case "memory" -> memory();
            case "allocated" -> allocated();
            default -> Map.of("port", new Json.Num(server.port()));
        };
    }

    private void close() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (server.players() > 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("players are left: players=" + server.players());
            }
            Thread.sleep(10);
        }
        server.close();
    }

    /** Collected twice, as the first time frees what only cleaners held. */
    private static Map<String, Json> memory() throws InterruptedException {
        for (int round = 0; round < 2; round++) {
            System.gc();
            Thread.sleep(200);
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return Map.of("heapBytes", new Json.Num(heap), "directBytes", new Json.Num(directBytes()));
    }

    /** Netty's own, and what came from the JVM's pool of direct buffers. */
    private static long directBytes() {
        long bytes = Math.max(0, PlatformDependent.usedDirectMemory());
        for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
            if (pool.getName().equals("direct")) {
                bytes += pool.getMemoryUsed();
            }
        }
        return bytes;
    }

    private Map<String, Json> allocated() {
        long connections = 0;
        for (Thread thread : server.connectionThreads()) {
            connections += THREADS.getThreadAllocatedBytes(thread.threadId());
        }
        return Map.of(
                "connectionBytes", new Json.Num(connections),
                "allBytes", new Json.Num(THREADS.getTotalThreadAllocatedBytes()));
    }

    /** What a server is built on. */
    enum Kind {
        /** Netty, by hand. */
        PLAIN,
        /** Netty, by hand, WebSocket's header written once for a room too. */
        PREFRAMED,
        /** Orrery's transport. */
        ORRERY,
        /** A whole game server, with worlds. */
        GAME;

        /** As tables have it. */
        String title() {
            return name().toLowerCase(Locale.ROOT);
        }

        private RoomServer start() throws Exception {
            return switch (this) {
                case PLAIN -> new PlainServer(false);
                case PREFRAMED -> new PlainServer(true);
                case ORRERY -> new OrreryServer();
                case GAME -> new GameRooms();
            };
        }
    }
}
