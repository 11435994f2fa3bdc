package dev.orrery.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A slow network between a client and a server on this machine: every chunk of bytes, in both directions, arrives after a
 * delay with seeded jitter. Order within a connection is kept, so a late chunk holds back those behind it, as in TCP. Ends
 * and resets arrive too, just as late. Listens on loopback only.
 *
 * <p>The n-th chunk of the m-th connection has the same delay whenever the seed is the same; where TCP cuts the stream into
 * chunks is up to the machine. The handshake with the proxy itself takes no time.
 *
 * <p>May be used by any thread.
 */
public final class DelayProxy implements AutoCloseable {
    private static final int BACKLOG = 512;

    private final ServerSocket listener;
    private final int targetPort;
    private final Weather weather;
    private final SplittableRandom seeds;
    private final Set<Connection> connections = ConcurrentHashMap.newKeySet();

    private DelayProxy(ServerSocket listener, int targetPort, Delay delay, long seed) {
        this.listener = listener;
        this.targetPort = targetPort;
        this.weather = new Weather(delay);
        this.seeds = new SplittableRandom(seed);
    }

    /**
     * Starts a proxy.
     *
     * @param listenPort port to listen on; 0 takes a free one
     * @param targetPort port of the server, on loopback; it need not be up yet
     * @throws IOException if the port cannot be listened on
     */
    public static DelayProxy start(int listenPort, int targetPort, Delay delay, long seed) throws IOException {
        ServerSocket listener = new ServerSocket(listenPort, BACKLOG, InetAddress.getLoopbackAddress());
        DelayProxy proxy = new DelayProxy(listener, targetPort, delay, seed);
        Thread.ofVirtual().name("delay-proxy-accept").start(proxy::accept);
        return proxy;
    }

    /** Where clients connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    /** How many connections are open on either side. */
    public int connectionCount() {
        return connections.size();
    }

    /** Delays what comes in from now on so; what is under way keeps its time, and its place in the order. */
    public void delay(Delay delay) {
        weather.delay(delay);
    }

    /** Holds everything back for so long, ms, in both directions; then it arrives at once, as after a dead spot. */
    public void stall(long millis) {
        weather.stall(millis);
    }

    /** Drops all connections with a reset on both sides, and what was under way in them. New ones are welcome. */
    public void cut() {
        connections.forEach(Connection::reset);
    }

    /** Stops listening and drops all connections. */
    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }

    private void accept() {
        while (true) {
            try {
                Socket client = listener.accept();
                Connection connection =
                        new Connection(client, weather, seeds.nextLong(), seeds.nextLong(), connections::remove);
                connections.add(connection);
                Thread.ofVirtual().name("delay-proxy-connect").start(() -> connection.open(targetPort));
                if (listener.isClosed()) {
                    connection.reset();
                }
            } catch (IOException e) {
                if (listener.isClosed()) {
                    return;
                }
                // Out of file descriptors, or a client that was gone before it was accepted: the next may do better.
            }
        }
    }

    /**
     * Runs a proxy as a process: {@code --target PORT [--listen 0] [--delay MILLIS] [--jitter MILLIS] [--seed N]}. Prints
     * {@code listening on PORT}, obeys the commands of {@link ProxyConsole} and ends when standard input does.
     */
    public static void main(String[] args) throws IOException {
        System.exit(ProxyConsole.run(args, System.in, System.out, System.err));
    }
}
