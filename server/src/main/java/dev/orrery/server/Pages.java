package dev.orrery.server;

import dev.orrery.transport.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A game's pages, from {@code games/<game>/} on the class path: {@code /} is its {@code index.html}. What the page build
 * names after its content ({@code /assets/…}) may be cached for ever, everything else is asked for anew. May be used by
 * any thread.
 */
final class Pages {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "json", "application/json; charset=utf-8",
            "map", "application/json; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2",
            "webmanifest", "application/manifest+json");
    private static final String FOREVER = "public, max-age=31536000, immutable";
    private static final String POLICY = "default-src 'self'; connect-src 'self' ws: wss: http: https:; "
            + "img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'self'; base-uri 'self'";

    private final String root;
    private final ClassLoader loader;
    private final ConcurrentHashMap<String, byte[]> cache = new ConcurrentHashMap<>();

    Pages(String game, ClassLoader loader) {
        this.root = "games/" + game + "/";
        this.loader = loader;
    }

    HttpHandler.Reply handle(HttpHandler.Request request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return HttpHandler.Reply.text(405, "Use GET.\n");
        }
        String path = request.path().equals("/") ? "/index.html" : request.path();
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (type == null || path.contains("..") || path.contains("\\") || path.contains("//")) {
            return notFound(path);
        }
        byte[] body = read(path.substring(1));
        if (body.length == 0) {
            return notFound(path);
        }
        String caching = path.startsWith("/assets/") ? FOREVER : "no-cache";
        return new HttpHandler.Reply(
                200, type, Map.of("Cache-Control", caching, "Content-Security-Policy", POLICY), body);
    }

    private HttpHandler.Reply notFound(String path) {
        return path.equals("/index.html")
                ? HttpHandler.Reply.text(404, "This game has no page; clients join with POST /api/v1/join.\n")
                : HttpHandler.Reply.text(404, "Not found.\n");
    }

    /** Only what exists is kept, so the cache is bounded by what was built. Empty if there is no such file. */
    private byte[] read(String name) {
        byte[] known = cache.get(name);
        if (known != null) {
            return known;
        }
        try (InputStream in = loader.getResourceAsStream(root + name)) {
            if (in == null) {
                return new byte[0];
            }
            byte[] body = in.readAllBytes();
            cache.put(name, body);
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + root + name, e);
        }
    }
}
