package dev.orrery.server;

import dev.orrery.transport.AddressRates;
import dev.orrery.transport.HttpHandler;
import dev.orrery.transport.Ids;
import dev.orrery.transport.Rate;
import dev.orrery.wire.Counters;
import dev.orrery.wire.Json;
import dev.orrery.wire.JsonWriter;
import dev.orrery.wire.WireException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** The HTTP side of the public port: joining, and what a client may ask before it joins. May be used by any thread. */
final class PublicApi {
    static final String PREFIX = "/api/v1/";

    private final Supplier<List<Instance>> instances;
    private final Tickets tickets;
    private final String region;
    private final InstantSource clock;
    private final AddressRates joins;
    private final Counters<ServerCounter> counters;

    PublicApi(
            Supplier<List<Instance>> instances,
            Tickets tickets,
            String region,
            InstantSource clock,
            Rate joins,
            Counters<ServerCounter> counters) {
        this.instances = instances;
        this.tickets = tickets;
        this.region = region;
        this.clock = clock;
        this.joins = new AddressRates(joins);
        this.counters = counters;
    }

    HttpHandler.Reply handle(HttpHandler.Request request) {
        return switch (request.path().substring(PREFIX.length())) {
            case "join" -> request.method().equals("POST") ? join(request) : methodNotAllowed("POST");
            case "ping" -> request.method().equals("GET") ? ping() : methodNotAllowed("GET");
            case "instances" -> request.method().equals("GET") ? list() : methodNotAllowed("GET");
            default -> failure(404, "not-found", "There is no " + request.path() + ".");
        };
    }

    /** {@code {game, name?} → {instance, namespace, url, ticket, expiresAt}} */
    private HttpHandler.Reply join(HttpHandler.Request request) {
        if (!joins.take(request.address(), System.nanoTime())) {
            counters.increment(ServerCounter.JOINS_TOO_FAST);
            return failure(429, "too-many", "Too many joins from this address; try again in a few seconds.");
        }
        Json body;
        try {
            body = Json.parse(request.text());
        } catch (WireException e) {
            counters.increment(ServerCounter.JOINS_MALFORMED);
            return failure(400, "bad-request", "The body must be a JSON object like {\"game\": \"arena\"}.");
        }
        String game = body.get("game").text("");
        if (game.isEmpty()) {
            counters.increment(ServerCounter.JOINS_MALFORMED);
            return failure(400, "bad-request", "The body must name a game, like {\"game\": \"arena\"}.");
        }
        List<Instance> candidates = instances.get().stream()
                .filter(instance -> instance.game().equals(game))
                .toList();
        if (candidates.isEmpty()) {
            counters.increment(ServerCounter.JOINS_MALFORMED);
            return failure(404, "unknown-game", "This server runs no game \"" + game + "\".");
        }
        for (Instance instance : candidates) {
            Ticket ticket = tickets.create(
                    instance.id(),
                    "p" + Ids.secret(),
                    Names.shown(body.get("name").text("")));
            if (instance.reserve(ticket, clock.millis())) {
                counters.increment(ServerCounter.TICKETS_ISSUED);
                JsonWriter out = new JsonWriter().beginObject();
                out.name("instance").value(instance.id());
                out.name("namespace").value(instance.namespace());
                out.name("url").value((request.secure() ? "https://" : "http://") + request.host());
                out.name("ticket").value(tickets.sign(ticket));
                out.name("expiresAt").value(ticket.expiresAtMillis()).endObject();
                return HttpHandler.Reply.json(200, out.toString());
            }
        }
        boolean closed = candidates.stream().allMatch(instance -> instance.phase() == Instance.Phase.CLOSED);
        Refusal refusal = closed ? Refusal.INSTANCE_CLOSED : Refusal.FULL;
        counters.increment(closed ? ServerCounter.JOINS_CLOSED : ServerCounter.JOINS_FULL);
        return failure(refusal.httpStatus(), refusal.code(), refusal.sentence());
    }

    private HttpHandler.Reply ping() {
        JsonWriter out = new JsonWriter().beginObject().name("region").value(region);
        return HttpHandler.Reply.json(
                200, out.name("timeMillis").value(clock.millis()).endObject().toString());
    }

    private HttpHandler.Reply list() {
        JsonWriter out = new JsonWriter().beginArray();
        for (Instance instance : instances.get()) {
            out.beginObject().name("id").value(instance.id()).name("game").value(instance.game());
            out.name("namespace").value(instance.namespace()).name("region").value(region);
            out.name("capacity").value(instance.capacity()).name("players").value(instance.playerCount());
            out.name("phase").value(instance.phase().name().toLowerCase(Locale.ROOT));
            out.endObject();
        }
        return HttpHandler.Reply.json(200, out.endArray().toString());
    }

    private static HttpHandler.Reply methodNotAllowed(String allowed) {
        return failure(405, "method-not-allowed", "Use " + allowed + ".");
    }

    private static HttpHandler.Reply failure(int status, String code, String message) {
        JsonWriter out = new JsonWriter().beginObject().name("code").value(code);
        return HttpHandler.Reply.json(
                status, out.name("message").value(message).endObject().toString());
    }
}
