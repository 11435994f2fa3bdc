package dev.orrery.transport;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * A client that writes its bytes by hand, over HTTP and WebSocket, as no library would. It comes from an address of its own, so that
 * limits by address are its own too. Writing never fails: who attacks goes on. Owned by one thread.
 */
final class Attacker implements AutoCloseable {
    static final String ADDRESS = "127.0.0.2";
    static final String GONE = "gone";
    static final int TEXT = 0x81;
    static final int BINARY = 0x82;
    static final int PING = 0x89;
    static final int PONG = 0x8A;

    private static final String POLLING = "/socket.io/?EIO=4&transport=polling";
    private static final int PATIENCE_MILLIS = 15_000;

    private final java.net.Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final Frames frames = new Frames();
    private String reason = "";

    /** An answer over HTTP; status 0 if the connection ended instead. */
    record Response(int status, String head, String body) {}

    Attacker(int port) throws IOException {
        this(port, ADDRESS, 0);
    }

    /** @param receiveBytes size of the receive buffer; 0 leaves it to the system */
    Attacker(int port, String from, int receiveBytes) throws IOException {
        socket = new java.net.Socket();
        if (receiveBytes > 0) {
            socket.setReceiveBufferSize(receiveBytes);
        }
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
    }

    /** Writes; false if the connection has ended. */
    boolean send(byte[] bytes) {
        try {
            out.write(bytes);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    boolean send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Ends the connection by a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Ends the writing half of the connection only. */
    void halfClose() throws IOException {
        socket.shutdownOutput();
    }

    /** Throws away what comes until the connection ends; fails if it does not. */
    void awaitEnd() throws IOException {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the server keeps the connection", e);
        } catch (IOException e) {
            return; // reset is an end too
        }
    }

    /** Throws some bytes away. */
    void skip(int bytes) throws IOException {
        in.readNBytes(bytes);
    }

    Response http(String method, String target, String body, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: x\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        send(request + (length == 0 ? "" : "Content-Length: " + length + "\r\n") + "\r\n" + body);
        return response();
    }

    /** The next answer. */
    Response response() throws IOException {
        StringBuilder received = new StringBuilder();
        try {
            while (received.indexOf("\r\n\r\n", received.length() - 4) < 0) {
                received.append((char) in.readUnsignedByte());
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer came", e);
        } catch (IOException e) {
            return new Response(0, received.toString(), "");
        }
        String head = received.toString();
        String lower = head.toLowerCase(Locale.ROOT);
        int at = lower.indexOf("content-length: ");
        int length = at < 0 ? 0 : Integer.parseInt(lower.substring(at + 16, lower.indexOf("\r\n", at)));
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        return new Response(Integer.parseInt(head.substring(9, 12)), head, body);
    }

    Response poll(String sid) throws IOException {
        return http("GET", POLLING + "&sid=" + sid, "");
    }

    /** Sends a GET and does not wait for its answer. */
    boolean beginPoll(String sid) {
        return send("GET " + POLLING + "&sid=" + sid + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    Response post(String sid, String body) throws IOException {
        return http("POST", POLLING + "&sid=" + sid, body, "Content-Type: text/plain");
    }

    Response handshake(String... headers) throws IOException {
        return http("GET", POLLING, "", headers);
    }

    /** A new polling session's id. */
    String open() throws IOException {
        return sid(handshake().body());
    }

    /** A new polling session's id; it has entered the namespace. */
    String enter(String namespace) throws IOException {
        String sid = open();
        post(sid, "40" + namespace + ",");
        poll(sid);
        return sid;
    }

    static String sid(String text) {
        int at = text.indexOf("\"sid\":\"");
        return at < 0 ? "" : text.substring(at + 7, text.indexOf('"', at + 7));
    }

    /** Asks for a WebSocket: a new session, or with {@code &sid=…} that one. Returns the status. */
    int upgrade(String query, String... headers) throws IOException {
        String[] all = new String[headers.length + 4];
        System.arraycopy(headers, 0, all, 4, headers.length);
        all[0] = "Upgrade: websocket";
        all[1] = "Connection: Upgrade";
        all[2] = "Sec-WebSocket-Version: 13";
        all[3] = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";
        return http("GET", "/socket.io/?EIO=4&transport=websocket" + query, "", all)
                .status();
    }

    /** A new session over WebSocket that has entered the namespace. Returns the answer to CONNECT. */
    String join(String namespace, String... headers) throws IOException {
        upgrade("", headers);
        next();
        text("40" + namespace + ",");
        return next();
    }

    boolean text(String message) {
        return frame(TEXT, message.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a frame, masked with zeros; the first byte is flags and opcode. */
    boolean frame(int firstByte, byte[] payload) {
        return send(Frames.masked(firstByte, payload));
    }

    /** The next packet, pings answered: its text, {@code 0xA:…} in hexadecimal for other frames, {@code closed <status>} or {@link #GONE}. */
    String next() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        try {
            while (System.nanoTime() < deadline) {
                int first = in.readUnsignedByte();
                int opcode = first & 0x0F;
                int length = in.readUnsignedByte();
                length = length < 126 ? length : length == 126 ? in.readUnsignedShort() : (int) in.readLong();
                byte[] payload = in.readNBytes(length);
                if ((first & 0x40) != 0) {
                    payload = frames.inflate(payload);
                }
                String text = new String(payload, StandardCharsets.UTF_8);
                if (opcode == 8) {
                    reason = payload.length < 2 ? "" : text.substring(text.length() - (payload.length - 2));
                    return "closed " + (payload.length < 2 ? 1005 : (payload[0] & 0xFF) << 8 | payload[1] & 0xFF);
                }
                if (opcode != 1) {
                    return "0x" + Integer.toHexString(opcode) + ":"
                            + HexFormat.of().formatHex(payload);
                }
                if (!text.equals("2")) {
                    return text;
                }
                text("3");
            }
            throw new AssertionError("nothing but pings came");
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nothing came", e);
        } catch (IOException e) {
            return GONE;
        }
    }

    /** Throws packets away until the end: {@code closed <status>} or {@link #GONE}. */
    String end() {
        String next = next();
        while (!next.startsWith("closed") && !next.equals(GONE)) {
            next = next();
        }
        return next;
    }

    /** Frames that came compressed. */
    int compressed() {
        return frames.compressed();
    }

    /** What the server said when it closed. */
    String reason() {
        return reason;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
