package dev.orrery.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A client that knows bytes only, for what no library would do. */
final class TcpClient implements AutoCloseable {
    private static final String UPGRADE = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n"
            + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    private static final long HALT_MILLIS = 500;

    private final SocketChannel channel;

    /**
     * Connects.
     *
     * @param receiveBytes size of the receive buffer; 0 leaves it to the system
     */
    TcpClient(int port, int receiveBytes) throws IOException {
        channel = SocketChannel.open();
        if (receiveBytes > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBytes);
        }
        channel.connect(new InetSocketAddress("127.0.0.1", port));
    }

    /** Asks for a session and waits for its handshake. */
    void upgrade() throws IOException {
        write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
        StringBuilder heard = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(4_096);
        while (heard.indexOf("maxPayload") < 0 && channel.read(buffer.clear()) >= 0) {
            heard.append(StandardCharsets.ISO_8859_1.decode(buffer.flip()));
        }
    }

    /** Sends a short text message, masked with zeros. */
    void frame(String text) throws IOException {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(0x81);
        frame.write(0x80 | payload.length);
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        write(frame.toByteArray());
    }

    /** Ends the connection by a reset. */
    void reset() throws IOException {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
    }

    /** Writes the same text again and again, reading nothing, until no byte was taken for a while, or ever; returns the bytes. */
    long writeUntilItHalts(String text, long limitBytes) throws IOException {
        channel.configureBlocking(false);
        ByteBuffer buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        long written = 0;
        long haltNanos = TimeUnit.MILLISECONDS.toNanos(HALT_MILLIS);
        long progressNanos = System.nanoTime();
        while (written < limitBytes && System.nanoTime() - progressNanos < haltNanos) {
            int count;
            try {
                count = channel.write(buffer);
            } catch (IOException e) {
                return written; // the server has ended the connection
            }
            if (count > 0) {
                written += count;
                progressNanos = System.nanoTime();
            }
            if (!buffer.hasRemaining()) {
                buffer.rewind();
            }
        }
        return written;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void write(byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
