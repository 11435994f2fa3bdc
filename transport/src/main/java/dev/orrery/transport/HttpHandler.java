package dev.orrery.transport;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What answers HTTP requests that are not Socket.IO's. Called on a connection thread: must not block. */
@FunctionalInterface
public interface HttpHandler {
    Reply handle(Request request);

    /**
     * @param method GET, POST …
     * @param path decoded, without the query
     * @param host the Host header; empty if there is none
     * @param body at most {@link TransportConfig#maxBodyBytes}
     */
    record Request(String method, String path, String host, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    record Reply(int status, String contentType, Map<String, String> headers, byte[] body) {
        public static Reply json(int status, String json) {
            return new Reply(
                    status,
                    "application/json; charset=utf-8",
                    Map.of("Cache-Control", "no-store"),
                    json.getBytes(StandardCharsets.UTF_8));
        }

        public static Reply text(int status, String text) {
            return new Reply(
                    status,
                    "text/plain; charset=utf-8",
                    Map.of("Cache-Control", "no-store"),
                    text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
