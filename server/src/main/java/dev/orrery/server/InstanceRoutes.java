package dev.orrery.server;

import dev.orrery.wire.Json;
import dev.orrery.wire.JsonWriter;
import dev.orrery.world.Command;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Instances: which there are, what they are told, how they end; and their players. May be used by any thread. */
final class InstanceRoutes {
    private static final int MAX_NAME_LENGTH = 64;
    private static final int MAX_TEXT_LENGTH = 500;

    private final Node node;
    private final Audit audit;

    InstanceRoutes(Node node, Audit audit) {
        this.node = node;
        this.audit = audit;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/v1/instances", this::list);
        routes.post("/api/v1/instances", this::open);
        routes.get("/api/v1/instances/{id}", ctx -> show(ctx, 200, find(ctx, node)));
        routes.post("/api/v1/instances/{id}/commands", this::command);
        routes.post("/api/v1/instances/{id}/announce", this::announce);
        routes.post("/api/v1/announce", this::announceToAll);
        routes.post("/api/v1/instances/{id}/drain", this::drain);
        routes.get("/api/v1/instances/{id}/players", this::players);
        routes.get("/api/v1/instances/{id}/recording", this::recording);
        routes.delete("/api/v1/instances/{id}/players/{player}", this::kick);
    }

    /** The instance that a path names. */
    static Instance find(Context ctx, Node node) throws RejectedException {
        String id = ctx.pathParam("id");
        return node.instances()
                .find(id)
                .orElseThrow(() -> new RejectedException(
                        404,
                        "unknown-instance",
                        "There is no instance \"" + id + "\"; GET /api/v1/instances lists those that there are."));
    }

    private void list(Context ctx) {
        JsonWriter out = new JsonWriter().beginArray();
        node.instances().all().forEach(instance -> Views.instance(out, node, instance));
        Answers.json(ctx, 200, out.endArray());
    }

    private void open(Context ctx) throws RejectedException {
        Body.read(ctx, List.of());
        Instance opened = node.instances().openAnother();
        if (opened == null) {
            throw node.instances().isDraining()
                    ? new RejectedException(409, "draining", "This node drains and opens no further instance.")
                    : new RejectedException(
                            409,
                            "full",
                            "There are as many instances as allowed ("
                                    + node.host().config().max() + "); drain one first, or configure more.");
        }
        audit.log(ctx, "instance " + opened.id() + " opened", Json.NULL);
        show(ctx, 201, opened);
    }

    private void show(Context ctx, int status, Instance instance) {
        JsonWriter out = new JsonWriter();
        Views.instance(out, node, instance);
        Answers.json(ctx, status, out);
    }

    /** {@code {name, body?}}: enters the world through its journal. */
    private void command(Context ctx) throws RejectedException {
        Body body = Body.read(ctx, List.of("name", "body"));
        Json content = body.has("body") ? body.get("body") : new Json.Obj(Map.of());
        Command command = new Command(body.text("name", MAX_NAME_LENGTH), content, Command.OPERATOR);
        order(ctx, List.of(find(ctx, node)), command);
    }

    /** {@code {text}} */
    private void announce(Context ctx) throws RejectedException {
        order(ctx, List.of(find(ctx, node)), announcement(ctx));
    }

    /** {@code {text}} */
    private void announceToAll(Context ctx) throws RejectedException {
        order(ctx, node.instances().all(), announcement(ctx));
    }

    private static Command announcement(Context ctx) throws RejectedException {
        Json text = new Json.Str(Body.read(ctx, List.of("text")).text("text", MAX_TEXT_LENGTH));
        return new Command(Command.ANNOUNCE, new Json.Obj(Map.of("text", text)), Command.OPERATOR);
    }

    /** Answers with the ids of those that took it, {@code {instances}}; it acts in their next tick. */
    private void order(Context ctx, List<Instance> instances, Command command) throws RejectedException {
        List<String> took = new ArrayList<>();
        for (Instance instance : instances) {
            if (instance.command(command)) {
                took.add(instance.id());
            }
        }
        if (took.isEmpty() && !instances.isEmpty()) {
            throw new RejectedException(503, "inbox-full", "Too many commands wait already; try again in a moment.");
        }
        audit.log(
                ctx, "command " + Audit.of(command.name()).toText() + " to " + String.join(", ", took), command.body());
        JsonWriter out = new JsonWriter().beginObject();
        Answers.json(ctx, 202, out.name("instances").any(took).endObject());
    }

    private void drain(Context ctx) throws RejectedException {
        Instance instance = find(ctx, node);
        long millis = NodeRoutes.drainMillis(ctx, node);
        instance.drain(millis);
        audit.log(ctx, "instance " + instance.id() + " drained", Audit.of(millis / 1e3));
        show(ctx, 202, instance);
    }

    private void players(Context ctx) throws RejectedException {
        JsonWriter out = new JsonWriter();
        Views.players(out, find(ctx, node).sessions().sitting());
        Answers.json(ctx, 200, out);
    }

    /** What {@code ./orrery replay} takes: the last half minute to minute of the instance. */
    private void recording(Context ctx) throws RejectedException {
        Instance instance = find(ctx, node);
        byte[] recording = instance.recording();
        audit.log(ctx, "recording of instance " + instance.id() + " taken", Audit.of(recording.length));
        ctx.status(200)
                .contentType("application/octet-stream")
                .header("Content-Disposition", "attachment; filename=\"" + instance.id() + Recordings.SUFFIX + "\"")
                .result(recording);
    }

    private void kick(Context ctx) throws RejectedException {
        Instance instance = find(ctx, node);
        String player = ctx.pathParam("player");
        if (!instance.kick(player)) {
            throw new RejectedException(
                    404, "unknown-player", "No player of that id is in instance " + instance.id() + " any more.");
        }
        audit.log(ctx, "player kicked from " + instance.id(), Audit.of(player));
        JsonWriter out = new JsonWriter().beginObject();
        Answers.json(ctx, 200, out.name("player").value(player).endObject());
    }
}
