package dev.orrery.server;

import dev.orrery.transport.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a browser loads of a game, from {@code games/<game>/} on the class path: its page, {@code /} being
 * {@code page/index.html}, and its rules as an ES module, {@code /games/<game>/<hash>/rules.js}. What is named after its
 * content may be cached for ever, everything else is asked for anew. May be used by
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

    /** Bytes of a digest that name a file: enough that two versions never share a name. */
    private static final int NAME_BYTES = 8;

    private final String folder;
    private final ClassLoader loader;
    private final ConcurrentHashMap<String, byte[]> cache = new ConcurrentHashMap<>();
    private final String rulesFolder;

    Pages(String game, ClassLoader loader) {
        this.folder = "games/" + game + "/";
        this.loader = loader;
        byte[] rules = read(folder + "rules/rules.js");
        this.rulesFolder = rules.length == 0 ? "" : "/" + folder + name(rules) + "/";
    }

    /** Path of the game's rules as an ES module, named after its content; empty if the game has none. */
    String rulesUrl() {
        return rulesFolder.isEmpty() ? "" : rulesFolder + "rules.js";
    }

    /** Whether the game has a page. */
    boolean exist() {
        return read(folder + "page/index.html").length > 0;
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
        boolean rules = !rulesFolder.isEmpty() && path.startsWith(rulesFolder);
        byte[] body = read(rules ? folder + "rules/" + path.substring(rulesFolder.length()) : folder + "page" + path);
        if (body.length == 0) {
            return notFound(path);
        }
        String caching = rules || path.startsWith("/assets/") ? FOREVER : "no-cache";
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
        try (InputStream in = loader.getResourceAsStream(name)) {
            if (in == null) {
                return new byte[0];
            }
            byte[] body = in.readAllBytes();
            cache.put(name, body);
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
    }

    private static String name(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest, 0, NAME_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
