package dev.orrery.server;

import dev.orrery.wire.JsonWriter;
import io.javalin.http.Context;

/** How the management API answers. */
final class Answers {
    private Answers() {}

    static void json(Context ctx, int status, JsonWriter out) {
        ctx.status(status);
        ctx.contentType("application/json; charset=utf-8");
        ctx.result(out.toBytes());
    }

    /** {@code {code, message}} */
    static JsonWriter failure(String code, String message) {
        return new JsonWriter()
                .beginObject()
                .name("code")
                .value(code)
                .name("message")
                .value(message)
                .endObject();
    }
}
