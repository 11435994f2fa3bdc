package dev.orrery.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A client's connection through the proxy: two pipes, and how they end together. Its threads are its own; the methods may be
 * called by any thread.
 */
final class Connection {
    private static final int CONNECT_MILLIS = 5_000;

    private final Socket client;
    private final Socket server = new Socket();
    private final Consumer<Connection> whenOver;
    private final Pipe up;
    private final Pipe down;
    private final List<Thread> threads = new ArrayList<>();
    private int endedPipes;
    private int brokenPipes;
    private boolean over;

    /** @param whenOver told once, when both sockets are closed */
    Connection(Socket client, Weather weather, long upSeed, long downSeed, Consumer<Connection> whenOver) {
        this.client = client;
        this.whenOver = whenOver;
        up = new Pipe(this, client, server, weather, new DelaySchedule(upSeed));
        down = new Pipe(this, server, client, weather, new DelaySchedule(downSeed));
    }

    /** Connects to the target; if nobody listens there, the client's connection is reset. Blocks until then. */
    void open(int targetPort) {
        try {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort), CONNECT_MILLIS);
            // What the sender sent at once must not wait here for an acknowledgement.
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            start();
        } catch (IOException e) {
            reset();
        }
    }

    private synchronized void start() {
        if (over) {
            return;
        }
        for (Runnable task : List.<Runnable>of(up::read, up::write, down::read, down::write)) {
            threads.add(Thread.ofVirtual().name("delay-proxy-pipe").start(task));
        }
    }

    /** One direction has delivered its end. After both the connection is over. */
    synchronized void ended() {
        if (++endedPipes == 2) {
            finish(false);
        }
    }

    /** The receiver of a pipe is gone: the other pipe carries the news to the sender, if it still reaches anybody. */
    synchronized void broken(Pipe pipe) {
        if (++brokenPipes == 2) {
            finish(true);
        } else {
            (pipe == up ? down : up).resetLater();
        }
    }

    /** Drops both sides at once: either sees a reset. */
    synchronized void reset() {
        finish(true);
    }

    private void finish(boolean abruptly) {
        if (over) {
            return;
        }
        over = true;
        close(client, abruptly);
        close(server, abruptly);
        threads.forEach(Thread::interrupt);
        whenOver.accept(this);
    }

    private static void close(Socket socket, boolean abruptly) {
        try (socket) {
            if (abruptly && !socket.isClosed()) {
                // A linger time of zero makes the close a reset.
                socket.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // It is closed either way.
        }
    }
}
