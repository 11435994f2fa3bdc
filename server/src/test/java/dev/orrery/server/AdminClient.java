package dev.orrery.server;

import dev.orrery.wire.Json;
import dev.orrery.wire.WireException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Speaks HTTP over a plain socket, so that it can say what no proper client would. Immutable: each change is another client. */
record AdminClient(int port, String from, Map<String, String> headers) {
    private static final int PATIENCE_MILLIS = 20_000;

    AdminClient {
        headers = new TreeMap<>(headers);
    }

    /** Calls with the right Host and without a login. */
    static AdminClient of(OrreryServer server) {
        return new AdminClient(server.adminPort(), "127.0.0.1", Map.of("Host", "127.0.0.1:" + server.adminPort()));
    }

    AdminClient with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new AdminClient(port, from, more);
    }

    AdminClient bearer(String token) {
        return with("Authorization", "Bearer " + token);
    }

    /** The same from another address of this machine. */
    AdminClient from(String address) {
        return new AdminClient(port, address, headers);
    }

    /** Logs in as a page of this server would; further requests are those of such a page. */
    AdminClient login(String token) throws Exception {
        AdminClient page = with("Origin", "http://" + headers.get("Host"));
        Reply reply = page.send("POST", "/login", "{\"token\":\"" + token + "\"}");
        if (reply.status() != 200) {
            throw new IllegalStateException("login refused: " + reply);
        }
        String cookie = reply.header("set-cookie");
        return page.with("Cookie", cookie.substring(0, cookie.indexOf(';')));
    }

    Reply get(String path) throws IOException {
        return send("GET", path, "");
    }

    Reply send(String method, String path, String body) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        if (content.length > 0) {
            request.append("Content-Length: ").append(content.length).append("\r\n");
        }
        return raw(request + "\r\n" + body);
    }

    Reply raw(String request) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.ofLiteral(from), 0));
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return Reply.of(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /**
     * What came back.
     *
     * @param headers by lower-case name; each with all its values
     */
    record Reply(int status, Map<String, List<String>> headers, String body) {
        private static Reply of(String text) {
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) {
                throw new IllegalStateException("no HTTP: " + text);
            }
            Map<String, List<String>> headers = new TreeMap<>();
            String[] lines = text.substring(0, end).split("\r\n", -1);
            for (int i = 1; i < lines.length; i++) {
                int colon = lines[i].indexOf(':');
                headers.computeIfAbsent(
                                lines[i].substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                        .add(lines[i].substring(colon + 1).strip());
            }
            String body = text.substring(end + 4);
            if (headers.containsKey("transfer-encoding")) {
                throw new IllegalStateException("chunked: " + text);
            }
            return new Reply(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, body);
        }

        /** The first of that name; empty if there is none. */
        String header(String name) {
            return headers.getOrDefault(name, List.of("")).getFirst();
        }

        Json json() {
            try {
                return Json.parse(body);
            } catch (WireException e) {
                throw new IllegalStateException("no JSON: " + this, e);
            }
        }

        String code() {
            return json().get("code").text("");
        }

        String message() {
            return json().get("message").text("");
        }
    }
}
