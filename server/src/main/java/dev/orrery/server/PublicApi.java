package dev.orrery.server;

import dev.orrery.transport.AddressRates;
import dev.orrery.transport.HttpHandler;
import dev.orrery.transport.Ids;
import dev.orrery.wire.Counters;
import dev.orrery.wire.Json;
import dev.orrery.wire.JsonWriter;
import dev.orrery.wire.WireException;
import java.time.InstantSource;

/** The HTTP side of the public port: joining, and what a client may ask before it joins. May be used by any thread. */
final class PublicApi {
    static final String PREFIX = "/api/v1/";

    private static final int MAX_PARTY_LENGTH = 64;

    private final String game;
    private final Instances instances;
    private final Tickets tickets;
    private final Tokens tokens;
    private final String region;
    private final InstantSource clock;
    private final AddressRates joins;
    private final Counters<ServerCounter> counters;

    PublicApi(
            String game,
            Instances instances,
            Tickets tickets,
            Tokens tokens,
            ServerConfig config,
            InstantSource clock,
            Counters<ServerCounter> counters) {
        this.game = game;
        this.instances = instances;
        this.tickets = tickets;
        this.tokens = tokens;
        this.region = config.region();
        this.clock = clock;
        this.joins = new AddressRates(config.joins().rate());
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

    /** {@code {game, name?, party?} → {instance, namespace, url, ticket, expiresAt}} */
    private HttpHandler.Reply join(HttpHandler.Request request) {
        if (!joins.take(request.address(), System.nanoTime())) {
            counters.increment(ServerCounter.JOINS_TOO_FAST);
            return failure(429, "too-many", "Too many joins from this address; try again in a few seconds.");
        }
        Json body;
        try {
            body = Json.parse(request.text());
        } catch (WireException e) {
            return malformed(400, "bad-request", "The body must be a JSON object like {\"game\": \"" + game + "\"}.");
        }
        String wanted = body.get("game").text("");
        if (wanted.isEmpty()) {
            return malformed(400, "bad-request", "The body must name a game, like {\"game\": \"" + game + "\"}.");
        }
        if (!wanted.equals(game)) {
            return malformed(404, "unknown-game", "This server runs no game \"" + wanted + "\".");
        }
        String party = body.get("party").text("");
        if (party.length() > MAX_PARTY_LENGTH) {
            return malformed(400, "bad-request", "A party's name has at most " + MAX_PARTY_LENGTH + " characters.");
        }
        try {
            return place(request, body.get("name").text(""), party);
        } catch (RefusedException e) {
            counters.increment(ServerCounter.TOKENS_REFUSED);
            return failure(e.refusal());
        }
    }

    private HttpHandler.Reply place(HttpHandler.Request request, String name, String party) throws RefusedException {
        Tokens.Holder holder = tokens.holder(request.authorization());
        String player = holder == null ? Tokens.GUEST_PREFIX + Ids.secret() : holder.player();
        String shown = Names.shown(holder == null || holder.name().isEmpty() ? name : holder.name());
        Placement placement = instances.place(player, shown, party);
        if (placement != null) {
            counters.increment(ServerCounter.TICKETS_ISSUED);
            JsonWriter out = new JsonWriter();
            String url = (request.secure() ? "https://" : "http://") + request.host();
            placement.invitation(url, tickets).write(out);
            return HttpHandler.Reply.json(200, out.toString());
        }
        if (instances.isDraining()) {
            counters.increment(ServerCounter.JOINS_DRAINING);
            return failure(Refusal.DRAINING).with("Connection", "close"); // so that the next try may reach another node
        }
        counters.increment(ServerCounter.JOINS_FULL);
        return failure(Refusal.FULL);
    }

    private HttpHandler.Reply ping() {
        JsonWriter out = new JsonWriter().beginObject().name("region").value(region);
        return HttpHandler.Reply.json(
                200, out.name("timeMillis").value(clock.millis()).endObject().toString());
    }

    private HttpHandler.Reply list() {
        JsonWriter out = new JsonWriter().beginArray();
        for (Instance instance : instances.all()) {
            out.beginObject().name("id").value(instance.id()).name("game").value(game);
            out.name("namespace").value(instance.namespace()).name("region").value(region);
            out.name("capacity").value(instance.capacity());
            out.name("players").value(instance.readings().players());
            out.name("currentLoad").value(instance.load());
            out.name("phase").value(instance.phase().word());
            out.endObject();
        }
        return HttpHandler.Reply.json(200, out.endArray().toString());
    }

    private static HttpHandler.Reply methodNotAllowed(String allowed) {
        return failure(405, "method-not-allowed", "Use " + allowed + ".");
    }

    private HttpHandler.Reply malformed(int status, String code, String message) {
        counters.increment(ServerCounter.JOINS_MALFORMED);
        return failure(status, code, message);
    }

    private static HttpHandler.Reply failure(Refusal refusal) {
        return failure(refusal.httpStatus(), refusal.code(), refusal.sentence());
    }

    private static HttpHandler.Reply failure(int status, String code, String message) {
        JsonWriter out = new JsonWriter().beginObject().name("code").value(code);
        return HttpHandler.Reply.json(
                status, out.name("message").value(message).endObject().toString());
    }
}
