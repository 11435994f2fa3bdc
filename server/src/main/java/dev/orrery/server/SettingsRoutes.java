package dev.orrery.server;

import dev.orrery.rules.Settings;
import dev.orrery.wire.Json;
import dev.orrery.wire.JsonWriter;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;

/** The six settings, of further instances and of those that run. May be used by any thread. */
final class SettingsRoutes {
    private final Node node;
    private final Tuning tuning;
    private final Audit audit;

    SettingsRoutes(Node node, Audit audit) {
        this.node = node;
        this.tuning = new Tuning(node.instances());
        this.audit = audit;
    }

    void register(RoutesConfig routes) {
        routes.get("/api/v1/settings", this::show);
        routes.patch("/api/v1/settings", this::changeAll);
        routes.patch("/api/v1/instances/{id}/settings", this::change);
    }

    private void show(Context ctx) {
        JsonWriter out = new JsonWriter();
        Views.settings(out, node.instances().settings());
        Answers.json(ctx, 200, out);
    }

    /** {@code {…some of the six…} → {settings, instances: [{id, atTick}]}} */
    private void changeAll(Context ctx) throws RejectedException {
        Body body = Body.read(ctx, SettingsBody.MEMBERS);
        List<Tuning.Announced> announced = tuning.changeAll(SettingsBody.read(body));
        Settings settings = node.instances().settings();
        audit.log(ctx, "settings of all instances changed", json(settings));
        JsonWriter out = new JsonWriter().beginObject();
        Views.settings(out.name("settings"), settings);
        out.name("instances").beginArray();
        for (Tuning.Announced one : announced) {
            out.beginObject().name("id").value(one.instance());
            out.name("atTick").value(one.atTick()).endObject();
        }
        Answers.json(ctx, 200, out.endArray().endObject());
    }

    /** {@code {…some of the six…} → {settings, atTick}} */
    private void change(Context ctx) throws RejectedException {
        Instance instance = InstanceRoutes.find(ctx, node);
        Body body = Body.read(ctx, SettingsBody.MEMBERS);
        Tuning.Announced announced = tuning.change(instance, SettingsBody.read(body));
        audit.log(
                ctx,
                "settings of instance " + instance.id() + " changed from tick " + announced.atTick(),
                json(announced.settings()));
        JsonWriter out = new JsonWriter().beginObject();
        Views.settings(out.name("settings"), announced.settings());
        Answers.json(ctx, 200, out.name("atTick").value(announced.atTick()).endObject());
    }

    private static Json json(Settings settings) {
        return new Json.Str(settings.toString());
    }
}
