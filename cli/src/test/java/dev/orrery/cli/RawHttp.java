package dev.orrery.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One TCP connection that speaks HTTP/1.1: requests go out as they are written, answers are read one by one. */
final class RawHttp implements AutoCloseable {
    private final ConformanceTarget target;
    private final Socket socket;
    private final InputStream in;

    /**
     * An answer.
     *
     * @param status 0 if the server closed the connection instead of answering
     * @param headers by name in lower case
     * @param body as UTF-8
     */
    record Response(int status, Map<String, String> headers, String body) {
        static final Response NONE = new Response(0, Map.of(), "");

        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    RawHttp(ConformanceTarget target) throws IOException {
        this(target, "127.0.0.1");
    }

    /**
     * Connects.
     *
     * @param from the loopback address to come from, 127.x.x.x
     */
    RawHttp(ConformanceTarget target, String from) throws IOException {
        this.target = target;
        socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(from, 0));
            socket.connect(new InetSocketAddress(target.host(), target.port()));
            socket.setTcpNoDelay(true);
            patience(ConformanceTarget.PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** How long {@link #receive} waits for bytes. */
    void patience(long millis) throws IOException {
        socket.setSoTimeout((int) millis);
    }

    /** Writes a request; its length is told unless the headers tell it. */
    void send(String method, String path, String body, String... headers) throws IOException {
        write(bytes(method, path, body, headers));
    }

    byte[] bytes(String method, String path, String body, String... headers) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        head.append("Host: " + target.host() + ":" + target.port() + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (content.length > 0) {
            head.append("Content-Type: text/plain;charset=UTF-8\r\nContent-Length: " + content.length + "\r\n");
        } else if (method.equals("POST") && headers.length == 0) {
            head.append("Content-Length: 0\r\n");
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(content);
        return out.toByteArray();
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Reads the next answer; {@link Response#NONE} if the connection ends before it. */
    Response receive() throws IOException {
        try {
            return read();
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("no answer came within " + socket.getSoTimeout() + " ms", e);
        } catch (EOFException | java.net.SocketException e) {
            return Response.NONE;
        }
    }

    Response exchange(String method, String path, String body, String... headers) throws IOException {
        try {
            send(method, path, body, headers);
        } catch (java.net.SocketException e) {
            // The server may answer and close before it has read everything; the answer is still there then.
            return receive();
        }
        return receive();
    }

    private Response read() throws IOException {
        String status = line();
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int code = Integer.parseInt(status.split(" ", 3)[1]);
        return new Response(code, headers, code == 101 ? "" : new String(body(headers), StandardCharsets.UTF_8));
    }

    private byte[] body(Map<String, String> headers) throws IOException {
        String length = headers.get("content-length");
        if (length != null) {
            return readFully(Integer.parseInt(length));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
                out.writeBytes(readFully(size));
                line();
            }
            line();
        } else if ("close".equalsIgnoreCase(headers.get("connection"))) {
            in.transferTo(out);
        }
        return out.toByteArray();
    }

    byte[] readFully(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Reads to the end of the connection, or until nothing came for the patience; returns how many bytes came. */
    long drain() throws IOException {
        byte[] buffer = new byte[65_536];
        long count = 0;
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                count += read;
            }
        } catch (java.net.SocketException | java.net.SocketTimeoutException e) {
            // A reset is an end, too.
        }
        return count;
    }

    /** Ends the connection by a reset instead of a farewell. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
