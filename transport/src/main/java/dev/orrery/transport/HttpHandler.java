package dev.orrery.transport;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** What answers HTTP requests that are not Socket.IO's. Called on a connection thread: must not block. */
@FunctionalInterface
public interface HttpHandler {
    Reply handle(Request request);

    /** Answers everything with 404. */
    HttpHandler NONE = request -> Reply.text(404, "Not found.\n");

    /**
     * @param method GET, POST …
     * @param path decoded, without the query
     * @param host the Host header; empty if there is none
     * @param secure whether the client speaks TLS, to this server or to a trusted proxy before it
     * @param address the client's, as the trusted proxies tell it
     * @param authorization the Authorization header; empty if there is none
     * @param body at most {@link Limits#maxBodyBytes}
     */
    record Request(
            String method,
            String path,
            String host,
            boolean secure,
            InetAddress address,
            String authorization,
            byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    record Reply(int status, String contentType, Map<String, String> headers, byte[] body) {
        private static final Map<String, String> NOT_KEPT = Map.of("Cache-Control", "no-store");

        public static Reply json(int status, String json) {
            return of(status, "application/json; charset=utf-8", json);
        }

        public static Reply text(int status, String text) {
            return of(status, "text/plain; charset=utf-8", text);
        }

        /** The same with one more header; {@code Connection: close} ends the connection behind it. */
        public Reply with(String header, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(header, value);
            return new Reply(status, contentType, more, body);
        }

        private static Reply of(int status, String contentType, String body) {
            return new Reply(status, contentType, NOT_KEPT, body.getBytes(StandardCharsets.UTF_8));
        }
    }
}
