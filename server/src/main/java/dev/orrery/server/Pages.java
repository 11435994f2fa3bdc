package dev.orrery.server;

import dev.orrery.transport.HttpHandler;
import java.util.HashMap;
import java.util.Map;

/**
 * What a browser loads of a game, from {@code games/<game>/} on the class path: its page, {@code /} being
 * {@code page/index.html}, and its rules as an ES module, {@code /games/<game>/<hash>/rules.js}. Everything is read when the server
 * starts, and a request is answered if its path is exactly one of these. What is named after its content may be cached for ever,
 * everything else is asked for anew. May be used by any thread.
 */
final class Pages {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "ts", "text/plain; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "json", "application/json; charset=utf-8",
            "map", "application/json; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "woff2", "font/woff2");
    private static final String ANY_TYPE = "application/octet-stream";
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final String POLICY = "default-src 'self'; connect-src 'self' ws: wss: http: https:; "
            + "img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'self'; base-uri 'self'";

    /** Digits of a digest that name a file: enough that two versions never share a name. */
    private static final int NAME_LENGTH = 16;

    private final Map<String, HttpHandler.Reply> replies = new HashMap<>();
    private final String rulesUrl;

    Pages(String game, ClassLoader loader) {
        String folder = "games/" + game + "/";
        Resources.read(loader, folder + "page/", "index.html")
                .forEach(
                        (path, content) -> add("/" + path, content, path.startsWith("assets/") ? FOREVER : "no-cache"));
        HttpHandler.Reply index = replies.get("/index.html");
        if (index != null) {
            replies.put("/", index);
        }
        Map<String, byte[]> rules = Resources.read(loader, folder + "rules/", "rules.js");
        byte[] module = rules.get("rules.js");
        if (module == null) {
            rulesUrl = "";
        } else {
            String rulesFolder = "/" + folder + name(module) + "/";
            rules.forEach((path, content) -> add(rulesFolder + path, content, FOREVER));
            rulesUrl = rulesFolder + "rules.js";
        }
    }

    private void add(String path, byte[] content, String caching) {
        String type = type(path);
        Map<String, String> headers = Map.of("Cache-Control", caching, "Content-Security-Policy", POLICY);
        replies.put(path, new HttpHandler.Reply(200, type, headers, content));
    }

    /** The content type of a file, by its name. */
    static String type(String path) {
        return TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), ANY_TYPE);
    }

    /** Path of the game's rules as an ES module, named after its content; empty if the game has none. */
    String rulesUrl() {
        return rulesUrl;
    }

    /** Whether the game has a page. */
    boolean exist() {
        return replies.containsKey("/");
    }

    HttpHandler.Reply handle(HttpHandler.Request request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return HttpHandler.Reply.text(405, "Use GET.\n");
        }
        HttpHandler.Reply reply = replies.get(request.path());
        if (reply != null) {
            return reply;
        }
        return request.path().equals("/")
                ? HttpHandler.Reply.text(404, "This game has no page; clients join with POST /api/v1/join.\n")
                : HttpHandler.Reply.text(404, "Not found.\n");
    }

    private static String name(byte[] content) {
        return Sha256.hex(content).substring(0, NAME_LENGTH);
    }
}
