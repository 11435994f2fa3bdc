package dev.orrery.transport;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One path with its Engine.IO sessions: begins them, and finds the one that a request names. A request may come over another
 * connection than the last, on another event loop; a session stays on the loop where it began, and a WebSocket that takes it over
 * moves there. May be used by any connection thread.
 */
final class EngineEndpoint {
    /** How long the id of a closed session is still known. */
    private static final long TOMBSTONE_MILLIS = 300;

    private final Transport transport;
    private final EngineHandler handler;
    private final WebSocketUpgrade upgrade;
    private final ConcurrentHashMap<String, EngineSession> sessions = new ConcurrentHashMap<>();

    EngineEndpoint(Transport transport, EngineHandler handler) {
        this.transport = transport;
        this.handler = handler;
        this.upgrade = new WebSocketUpgrade(transport);
    }

    void serve(HttpExchange exchange, FullHttpRequest request, QueryStringDecoder target) {
        String sid = first(target, "sid");
        EngineSession session = sid == null ? null : sessions.get(sid);
        EngineRefusal refusal = refusal(request, target, sid, session);
        if (refusal != null) {
            refuse(exchange, refusal);
        } else if (isUpgrade(request)) {
            if (session == null) {
                connect(exchange, request);
            } else {
                probe(exchange, request, session);
            }
        } else if (session == null) {
            begin(exchange);
        } else {
            pass(exchange, request, session);
        }
    }

    private static @Nullable EngineRefusal refusal(
            FullHttpRequest request, QueryStringDecoder target, @Nullable String sid, @Nullable EngineSession session) {
        String name = first(target, "transport");
        boolean webSocket = "websocket".equals(name);
        if (!webSocket && !"polling".equals(name)) {
            return EngineRefusal.UNKNOWN_TRANSPORT;
        }
        if (!"4".equals(first(target, "EIO"))) {
            return EngineRefusal.UNSUPPORTED_PROTOCOL;
        }
        if (sid != null && session == null) {
            return EngineRefusal.UNKNOWN_SESSION;
        }
        if (session == null && !request.method().equals(HttpMethod.GET)) {
            return EngineRefusal.BAD_METHOD;
        }
        if (webSocket != isUpgrade(request)) {
            return EngineRefusal.BAD_REQUEST;
        }
        return webSocket ? WebSocketUpgrade.refusal(request) : null;
    }

    private static boolean isUpgrade(FullHttpRequest request) {
        return request.method().equals(HttpMethod.GET)
                && request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    private void refuse(HttpExchange exchange, EngineRefusal refusal) {
        transport.counters().increment(Counter.HANDSHAKES_REFUSED);
        exchange.reply(refusal.reply());
    }

    // ---- polling ----

    private void begin(HttpExchange exchange) {
        EngineSession session = create(exchange);
        if (session == null) {
            refuse(exchange, EngineRefusal.TOO_MANY);
            return;
        }
        PollingLink link = new PollingLink(session);
        link.poll(exchange);
        session.open(link);
    }

    private void pass(HttpExchange exchange, FullHttpRequest request, EngineSession session) {
        if (request.method().equals(HttpMethod.GET)) {
            session.execute(() -> session.poll(exchange));
        } else if (!request.method().equals(HttpMethod.POST)) {
            refuse(exchange, EngineRefusal.BAD_METHOD);
        } else {
            String body = request.content().toString(StandardCharsets.UTF_8);
            session.execute(() -> session.post(exchange, body));
        }
    }

    // ---- WebSocket ----

    private void connect(HttpExchange exchange, FullHttpRequest request) {
        EngineSession session = create(exchange);
        if (session == null) {
            refuse(exchange, EngineRefusal.TOO_MANY);
            return;
        }
        upgrade.begin(
                exchange.context(), request, session, session::open, () -> session.close(CloseReason.TRANSPORT_CLOSED));
    }

    private void probe(HttpExchange exchange, FullHttpRequest request, EngineSession session) {
        FullHttpRequest kept = request.retain();
        Runnable probing = () -> {
            try {
                UpgradeProbe probe = new UpgradeProbe(session);
                if (session.beginProbe(probe)) {
                    long timeout = transport.limits().requestTimeoutMillis();
                    upgrade.begin(
                            exchange.context(),
                            kept,
                            probe,
                            link -> probe.begin(link, timeout),
                            () -> session.endProbe(probe));
                } else {
                    refuse(exchange, EngineRefusal.UPGRADED);
                }
            } finally {
                kept.release();
            }
        };
        move(exchange.context().channel(), session.loop(), probing, kept::release);
    }

    /** Gives the channel to another event loop. Nothing is under way on it: the client waits for the answer. */
    private static void move(Channel channel, EventLoop to, Runnable then, Runnable failed) {
        if (channel.eventLoop() == to) {
            then.run();
            return;
        }
        channel.deregister()
                .addListener(gone -> to.register(channel).addListener(there -> {
                    if (there.isSuccess()) {
                        then.run();
                    } else { // the client is gone
                        failed.run();
                        channel.unsafe().closeForcibly();
                    }
                }));
    }

    /** A request's body was longer than what clients are told: its session, if it names one, is closed. */
    void refuseBody(QueryStringDecoder target) {
        String sid = first(target, "sid");
        EngineSession session = sid == null ? null : sessions.get(sid);
        if (session != null) {
            session.execute(session::refuseBody);
        }
    }

    // ---- the sessions ----

    private @Nullable EngineSession create(HttpExchange exchange) {
        HttpExchange.Client client = exchange.client();
        if (!transport.addresses().open(client.address())) {
            transport.counters().increment(Counter.SESSIONS_REFUSED);
            return null;
        }
        EventLoop loop = exchange.context().channel().eventLoop();
        EngineSession session = new EngineSession(transport, this, Ids.secret(), loop, client.address());
        sessions.put(session.id(), session);
        session.serveBy(handler);
        return session;
    }

    /** A session has ended; its id is known a little longer. */
    void forget(EngineSession session) {
        session.loop().schedule(() -> sessions.remove(session.id()), TOMBSTONE_MILLIS, TimeUnit.MILLISECONDS);
    }

    boolean hasSessions() {
        return !sessions.isEmpty();
    }

    /** Closes all sessions, and tells them why. */
    void close() {
        sessions.values().forEach(session -> session.execute(() -> session.close(CloseReason.SERVER_CLOSING)));
    }

    private static @Nullable String first(QueryStringDecoder target, String name) {
        List<String> values = target.parameters().get(name);
        return values == null || values.isEmpty() ? null : values.getFirst();
    }
}
