package dev.orrery.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * One direction of a connection: a reader that stamps what comes in with the time it is due, and a writer that waits for
 * that time. At most {@link #CAPACITY_BYTES} are under way; beyond them the reader stops reading, so the sender feels it
 * as in any full network. Its two virtual threads end when the connection interrupts them.
 */
final class Pipe {
    /** Bytes under way, each chunk counted as {@link #CHUNK_COST_BYTES} more, so that many small ones are bounded too. */
    private static final int CAPACITY_BYTES = 1 << 20;

    private static final int CHUNK_COST_BYTES = 64;
    private static final int READ_BYTES = 16 * 1024;

    private final Connection connection;
    private final Socket from;
    private final Socket to;
    private final Weather weather;
    private final DelaySchedule schedule;
    private final BlockingQueue<Chunk> underWay = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(CAPACITY_BYTES);

    Pipe(Connection connection, Socket from, Socket to, Weather weather, DelaySchedule schedule) {
        this.connection = connection;
        this.from = from;
        this.to = to;
        this.weather = weather;
        this.schedule = schedule;
    }

    /** Runs on a thread of its own: reads until the sender ends, one way or the other. */
    void read() {
        try {
            final InputStream in = from.getInputStream();
            final byte[] buffer = new byte[READ_BYTES];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                final long dueNanos = dueNanos();
                final byte[] bytes = Arrays.copyOf(buffer, length);
                room.acquire(length + CHUNK_COST_BYTES);
                underWay.add(new Chunk.Bytes(dueNanos, bytes));
            }
            underWay.add(new Chunk.End(dueNanos()));
        } catch (IOException e) {
            underWay.add(new Chunk.Reset(dueNanos()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs on a thread of its own: writes what is due until the connection is over. */
    void write() {
        try {
            final OutputStream out = to.getOutputStream();
            while (true) {
                final Chunk chunk = underWay.take();
                weather.await(chunk.dueNanos());
                switch (chunk) {
                    case Chunk.Bytes some -> {
                        out.write(some.bytes());
                        room.release(some.bytes().length + CHUNK_COST_BYTES);
                    }
                    case Chunk.End ignored -> {
                        to.shutdownOutput();
                        connection.ended();
                    }
                    case Chunk.Reset ignored -> connection.reset();
                }
            }
        } catch (IOException e) {
            // The receiver is gone. Its own direction tells the sender, at the pace of that direction.
            connection.broken(this);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells the receiver, after all that is under way, that the sender is gone. May be called by any thread. */
    void resetLater() {
        // Not from the schedule, whose draws belong to the reader: what a test sent must not shift its delays.
        underWay.add(new Chunk.Reset(System.nanoTime() + weather.delay().baseMillis() * 1_000_000L));
    }

    private long dueNanos() {
        return schedule.dueNanos(System.nanoTime(), weather.delay());
    }
}
