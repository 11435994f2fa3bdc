package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket that shows every message: text as it is, binary as {@code binary <hex>}, the end as {@code closed}. Its
 * thread answers Engine.IO's pings and hides them, unless it was told to show them.
 */
final class RawWebSocket implements AutoCloseable {
    static final String CLOSED = "closed";

    static final int CONTINUATION = 0x0;
    static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int FIN = 0x80;
    static final int COMPRESSED = 0x40;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;

    private static final int MASKED = 0x80;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final RawHttp http;
    private final RawHttp.Response handshake;
    private final boolean answersPings;

    private RawWebSocket(ConformanceTarget target, String path, boolean answersPings, String... headers)
            throws IOException {
        this.answersPings = answersPings;
        http = new RawHttp(target);
        handshake = http.exchange("GET", path, "", upgrade(headers));
        if (handshake.status() == 101) {
            http.patience(0);
            Thread.ofVirtual().start(this::readAll);
        } else {
            received.add(CLOSED);
        }
    }

    static String[] upgrade(String... headers) {
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 4);
        all[headers.length] = "Upgrade: websocket";
        all[headers.length + 1] = "Connection: Upgrade";
        all[headers.length + 2] = "Sec-WebSocket-Version: 13";
        all[headers.length + 3] = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
        return all;
    }

    /** Opens a session; the path is {@link ConformanceTarget#ENGINE} or {@link ConformanceTarget#SOCKET}. */
    static RawWebSocket open(ConformanceTarget target, String path) throws IOException, InterruptedException {
        RawWebSocket socket = attempt(target, path + "?EIO=4&transport=websocket");
        assertThat(socket.next()).startsWith("0{");
        return socket;
    }

    /** Opens a session and shows its pings, unanswered. */
    static RawWebSocket openSilent(ConformanceTarget target, String path) throws IOException, InterruptedException {
        RawWebSocket socket = new RawWebSocket(target, path + "?EIO=4&transport=websocket", false);
        assertThat(socket.next()).startsWith("0{");
        return socket;
    }

    /** Asks for a WebSocket; one that is refused shows its end at once. */
    static RawWebSocket attempt(ConformanceTarget target, String pathAndQuery, String... headers) throws IOException {
        return new RawWebSocket(target, pathAndQuery, true, headers);
    }

    RawHttp.Response handshake() {
        return handshake;
    }

    void send(String text) throws IOException {
        frame(FIN | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    void sendBinary(byte... bytes) throws IOException {
        frame(FIN | BINARY, bytes);
    }

    /** Sends one frame, masked with zeros; the first argument is its first byte. */
    void frame(int flagsAndOpcode, byte[] payload) throws IOException {
        write(encode(flagsAndOpcode, payload));
    }

    static byte[] encode(int flagsAndOpcode, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
        frame.write(flagsAndOpcode);
        if (payload.length < LENGTH_16) {
            frame.write(MASKED | payload.length);
        } else if (payload.length <= 0xFFFF) {
            frame.write(MASKED | LENGTH_16);
            frame.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            frame.write(MASKED | LENGTH_64);
            frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    /** Writes bytes as they are. A connection that the server has ended is no error here: it shows as closed. */
    void write(byte[] bytes) throws IOException {
        try {
            http.write(bytes);
        } catch (java.net.SocketException e) {
            received.add(CLOSED);
        }
    }

    /** The next message; waits for it. */
    String next() throws InterruptedException {
        return next(ConformanceTarget.PATIENCE_MILLIS);
    }

    String next(long patienceMillis) throws InterruptedException {
        String message = received.poll(patienceMillis, TimeUnit.MILLISECONDS);
        if (message == null) {
            throw new AssertionError("nothing came within " + patienceMillis + " ms");
        }
        return message;
    }

    /** The next messages must be these. */
    void expect(String... messages) throws InterruptedException {
        for (String message : messages) {
            assertThat(next()).isEqualTo(message);
        }
    }

    /** Whatever else comes before, the end must come. */
    void expectClosed() throws InterruptedException {
        while (!next().equals(CLOSED)) {
            // Messages on the way are of no interest.
        }
    }

    @Override
    public void close() throws IOException {
        http.close();
    }

    private void readAll() {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int type = TEXT;
        try {
            while (true) {
                int first = http.readFully(1)[0] & 0xFF;
                byte[] payload = http.readFully(length());
                int opcode = first & 0xF;
                if (opcode == CLOSE) {
                    frame(FIN | CLOSE, payload);
                    break;
                } else if (opcode == PING) {
                    frame(FIN | PONG, payload);
                } else if (opcode != PONG) {
                    type = opcode == CONTINUATION ? type : opcode;
                    message.writeBytes(payload);
                    if ((first & FIN) != 0) {
                        show(type, message.toByteArray());
                        message.reset();
                    }
                }
            }
        } catch (IOException e) {
            // The end, without a farewell.
        }
        received.add(CLOSED);
        try {
            http.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private int length() throws IOException {
        int length = http.readFully(1)[0];
        if (length == LENGTH_16) {
            return ByteBuffer.wrap(http.readFully(2)).getShort() & 0xFFFF;
        }
        return length == LENGTH_64
                ? Math.toIntExact(ByteBuffer.wrap(http.readFully(8)).getLong())
                : length;
    }

    private void show(int type, byte[] bytes) throws IOException {
        if (type == BINARY) {
            received.add("binary " + HexFormat.of().formatHex(bytes));
            return;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (answersPings && text.equals("2")) {
            send("3");
        } else {
            received.add(text);
        }
    }
}
