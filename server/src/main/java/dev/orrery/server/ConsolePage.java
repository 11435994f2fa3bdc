package dev.orrery.server;

import dev.orrery.wire.JsonWriter;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;

/**
 * The operator's page, from {@code console/} on the class path. Everything is read when the server starts, and each file is a
 * route of its own. Immutable.
 */
final class ConsolePage {
    private final Map<String, byte[]> files;

    ConsolePage(ClassLoader loader) {
        this.files = Resources.read(loader, "console/", "index.html");
    }

    void register(RoutesConfig routes) {
        byte[] index = files.get("index.html");
        if (index == null) {
            routes.get("/", ConsolePage::missing);
            return;
        }
        routes.get("/", ctx -> answer(ctx, "index.html", index));
        files.forEach((path, content) -> routes.get("/" + path, ctx -> answer(ctx, path, content)));
    }

    /** What is named after its content may be kept; the rest is asked for anew. */
    private static void answer(Context ctx, String path, byte[] content) {
        ctx.contentType(Pages.type(path));
        ctx.header("Cache-Control", path.startsWith("assets/") ? "private, max-age=31536000, immutable" : "no-cache");
        ctx.result(content);
    }

    private static void missing(Context ctx) {
        JsonWriter out = Answers.failure(
                "no-console", "This server was built without its console; the API begins at /api/v1/node.");
        Answers.json(ctx, 404, out);
    }
}
