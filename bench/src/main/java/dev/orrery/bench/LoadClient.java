package dev.orrery.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Thousands of players on one thread, as cheap as it gets: it turns once a millisecond, reads what has come and sends the
 * inputs that are due. Players take turns, so that inputs are spread evenly over a tick. Commands may come from any thread.
 */
final class LoadClient implements Runnable {
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(Room.TICK_MILLIS);
    private static final int BUFFER_BYTES = 1 << 16;
    /** Handshakes at a time: fewer than wait in a server's queue of new connections. */
    private static final int HANDSHAKES = 64;

    private static final long SEED = 42;

    private final Selector selector;
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final List<LoadPlayer> connections = new ArrayList<>();
    private final List<ByteBuffer> inputsOfRooms = new ArrayList<>();
    private int port;
    private ServerProcess.Kind kind = ServerProcess.Kind.PLAIN;
    private int wanted;
    private int playing;
    private CompletableFuture<Void> joined = new CompletableFuture<>();
    /** When input 0 was due; 0 while none are. */
    private long startNanos;

    private long nextInput;
    private final Gaps gaps = new Gaps();
    private volatile long frames;
    private volatile long inputs;

    LoadClient() throws IOException {
        selector = Selector.open();
    }

    /** Connects players; the future is done when all have joined their rooms, or fails with the first that cannot. */
    CompletableFuture<Void> connect(int toPort, ServerProcess.Kind to, int count) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        commands.add(() -> {
            port = toPort;
            kind = to;
            wanted = count;
            joined = done;
        });
        return done;
    }

    /** From now on players send inputs. */
    void play() {
        commands.add(() -> {
            startNanos = System.nanoTime();
            nextInput = 0;
        });
    }

    /** Closes all connections. */
    CompletableFuture<Void> leave() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        commands.add(() -> {
            drop();
            done.complete(null);
        });
        return done;
    }

    /** How long players have waited between two frames since the last call, ms, at most: 99 in a hundred. */
    CompletableFuture<Double> takeGap() {
        CompletableFuture<Double> gap = new CompletableFuture<>();
        commands.add(() -> gap.complete(gaps.take()));
        return gap;
    }

    /** Frames received since the process began. */
    long frames() {
        return frames;
    }

    /** Inputs sent since the process began. */
    long inputs() {
        return inputs;
    }

    @Override
    public void run() {
        while (true) {
            for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
                command.run();
            }
            try {
                connectMore();
                selector.selectNow(this::receive);
                sendDue();
            } catch (IOException | UncheckedIOException e) {
                fail(e);
            }
            LockSupport.parkNanos(TURN_NANOS);
        }
    }

    private void connectMore() throws IOException {
        while (connections.size() < wanted && connections.size() - playing < HANDSHAKES) {
            Room room = new Room(connections.size() / Room.SIZE);
            if (inputsOfRooms.size() <= room.number()) {
                inputsOfRooms.add(LoadPlayer.masked(LoadPlayer.TEXT, Room.bytes(room.input())));
            }
            LoadPlayer connection = kind == ServerProcess.Kind.GAME
                    ? new GameConnection(port, connections.size())
                    : new LoadConnection(
                            port, room, kind != ServerProcess.Kind.ORRERY, inputsOfRooms.get(room.number()));
            connections.add(connection);
            connection.channel().register(selector, SelectionKey.OP_READ, connection);
        }
    }

    private void receive(SelectionKey key) {
        LoadPlayer connection = (LoadPlayer) key.attachment();
        try {
            boolean before = connection.isPlaying();
            int received = connection.receive(buffer);
            frames = frames + received;
            if (received > 0 && startNanos != 0) {
                gaps.heard(connection, System.nanoTime());
            }
            if (!before && connection.isPlaying() && ++playing == wanted) {
                // Inputs come from all rooms in turn, not room by room.
                Collections.shuffle(connections, new Random(SEED));
                joined.complete(null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sendDue() throws IOException {
        if (startNanos == 0) {
            return;
        }
        final int count = connections.size();
        final long due = (long) ((double) (System.nanoTime() - startNanos) / TICK_NANOS * count);
        for (; nextInput < due; nextInput++) {
            connections.get((int) (nextInput % count)).sendInput();
            inputs = inputs + 1;
        }
    }

    /** One player's failure ends the load: a measurement with fewer is none. */
    private void fail(Exception e) {
        if (wanted > 0) {
            System.err.println("load: " + e.getMessage());
            drop();
            joined.completeExceptionally(e);
        }
    }

    private void drop() {
        startNanos = 0;
        gaps.clear();
        wanted = 0;
        playing = 0;
        try {
            for (LoadPlayer connection : connections) {
                connection.channel().close();
            }
            connections.clear();
            // Closed channels leave the selector with its next turn; until then they hold their ports.
            selector.selectNow();
        } catch (IOException e) {
            throw new IllegalStateException("a connection does not close", e);
        }
    }
}
