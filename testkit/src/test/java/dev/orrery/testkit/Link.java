package dev.orrery.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client, a proxy and a server: both ends in the hands of the test. */
record Link(ServerSocket listener, DelayProxy proxy, Socket client, Socket server) implements AutoCloseable {
    /** Far longer than anything here takes, ms: a read that lasts so long has failed. */
    private static final int READ_TIMEOUT_MILLIS = 10_000;

    static Link open(Delay delay, long seed) throws IOException {
        ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(READ_TIMEOUT_MILLIS);
        DelayProxy proxy = DelayProxy.start(0, listener.getLocalPort(), delay, seed);
        Socket client = connect(proxy);
        Socket server = listener.accept();
        server.setSoTimeout(READ_TIMEOUT_MILLIS);
        return new Link(listener, proxy, client, server);
    }

    static Socket connect(DelayProxy proxy) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setTcpNoDelay(true);
        client.setSoTimeout(READ_TIMEOUT_MILLIS);
        return client;
    }

    static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    static String receive(Socket socket, int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    /** How long a text takes from one socket to another, ms. */
    static double travelMillis(Socket from, Socket to) throws IOException {
        long start = System.nanoTime();
        send(from, "x");
        receive(to, 1);
        return (System.nanoTime() - start) / 1e6;
    }

    @Override
    public void close() throws IOException {
        try (listener;
                proxy;
                client;
                server) {
            // All four, even if one of them fails.
        }
    }
}
