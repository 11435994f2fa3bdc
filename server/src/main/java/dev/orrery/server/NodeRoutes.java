package dev.orrery.server;

import dev.orrery.wire.JsonWriter;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What is asked of the whole node. May be used by any thread. */
final class NodeRoutes {
    private static final double MAX_DRAIN_SECONDS = TimeUnit.DAYS.toSeconds(1);
    private static final double MILLIS_PER_SECOND = 1_000;

    private final Node node;
    private final Exposition exposition;
    private final Audit audit;

    NodeRoutes(Node node, Audit audit) {
        this.node = node;
        this.exposition = new Exposition(node);
        this.audit = audit;
    }

    void register(RoutesConfig routes) {
        routes.get("/health/live", ctx -> status(ctx, 200, "live"));
        routes.get("/health/ready", this::ready);
        routes.get("/metrics", this::metrics);
        routes.get("/api/v1/node", this::show);
        routes.get("/api/v1/counters", this::counters);
        routes.post("/api/v1/drain", this::drain);
    }

    private void ready(Context ctx) {
        if (node.hung() > 0) {
            JsonWriter out = new JsonWriter().beginObject().name("status").value("hung");
            out.name("message").value("A tick has hung, and nothing can end it: restart this node.");
            Answers.json(ctx, 503, out.endObject());
        } else {
            boolean draining = node.instances().isDraining();
            status(ctx, draining ? 503 : 200, draining ? "draining" : "ready");
        }
    }

    private static void status(Context ctx, int status, String word) {
        Answers.json(
                ctx,
                status,
                new JsonWriter().beginObject().name("status").value(word).endObject());
    }

    private void metrics(Context ctx) {
        byte[] text = exposition.text();
        ctx.contentType(Exposition.CONTENT_TYPE);
        ctx.result(text);
    }

    private void show(Context ctx) {
        JsonWriter out = new JsonWriter();
        Views.node(out, node);
        Answers.json(ctx, 200, out);
    }

    private void counters(Context ctx) {
        JsonWriter out = new JsonWriter();
        Views.counts(out, Count.all(node.host()));
        Answers.json(ctx, 200, out);
    }

    /** The node as SIGTERM would leave it, except that its process stays. */
    private void drain(Context ctx) throws RejectedException {
        long millis = drainMillis(ctx, node);
        node.drain().accept(millis);
        audit.log(ctx, "node drained", Audit.of(millis / MILLIS_PER_SECOND));
        JsonWriter out = new JsonWriter();
        Views.node(out, node);
        Answers.json(ctx, 202, out);
    }

    /** {@code {seconds?}} */
    static long drainMillis(Context ctx, Node node) throws RejectedException {
        double usual = node.host().config().drainMillis() / MILLIS_PER_SECOND;
        double seconds = Body.read(ctx, List.of("seconds")).number("seconds", 0, MAX_DRAIN_SECONDS, usual);
        return Math.round(seconds * MILLIS_PER_SECOND);
    }
}
