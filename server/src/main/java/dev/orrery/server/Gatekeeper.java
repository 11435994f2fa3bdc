package dev.orrery.server;

import dev.orrery.transport.AddressRates;
import dev.orrery.transport.Rate;
import dev.orrery.wire.JsonWriter;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may use the management API. Every request passes here before anything looks at its path, so that a route cannot be
 * forgotten:
 *
 * <pre>
 *   /health/*                                  → let in
 *   Host is none of this server's names        → 421, so that no page elsewhere can reach it by a name of its own
 *   POST /login                                → let in, to be checked there
 *   Authorization: Bearer the token            → let in; a wrong one counts against its address
 *   cookie of a login, and if it would change
 *   something, sent by a page of this server   → let in, 403 if by another page
 *   anything else                              → 401; browsers get the login page with it
 * </pre>
 *
 * May be used by any thread.
 */
final class Gatekeeper {
    static final String LOGIN = "/login";
    static final String LOGOUT = "/logout";

    private static final Logger LOG = LoggerFactory.getLogger(Gatekeeper.class);
    private static final Set<String> OPEN = Set.of("/health/live", "/health/ready");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String SCHEME = "Bearer ";
    /** Ten wrong tokens at once, then one every five seconds: nobody mistypes more, and nobody guesses with less. */
    private static final Rate WRONG_TOKENS = new Rate(0.2, 10);

    private static final int RETRY_SECONDS = 5;
    /** Would let the method that is checked differ from the one that is done. */
    private static final String METHOD_OVERRIDE = "X-HTTP-Method-Override";

    private final String token;
    private final boolean secure;
    private final boolean behindProxy;
    private final Set<String> hosts;
    private final Logins logins;
    private final AddressRates wrongTokens = new AddressRates(WRONG_TOKENS);
    private final LongSupplier nanoTime;

    Gatekeeper(AdminConfig config, String token, InstantSource clock, LongSupplier nanoTime) {
        this.token = token;
        this.secure = config.tls() != null || config.behindProxy();
        this.behindProxy = config.behindProxy();
        this.hosts = hosts(config);
        this.logins = new Logins(clock);
        this.nanoTime = nanoTime;
    }

    private static Set<String> hosts(AdminConfig config) {
        Set<String> hosts = new HashSet<>(LOOPBACK);
        hosts.add(config.host().contains(":") ? "[" + config.host() + "]" : config.host());
        config.hosts().forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
        return Set.copyOf(hosts);
    }

    /** @throws RejectedException if the request must not go further */
    void admit(Context ctx) throws RejectedException {
        if (OPEN.contains(ctx.path()) && !mayChange(ctx)) {
            return;
        }
        requireKnownHost(ctx);
        if (!header(ctx, METHOD_OVERRIDE).isEmpty()) {
            throw RejectedException.badRequest("Send the method itself, not " + METHOD_OVERRIDE + ".");
        }
        if (ctx.method().equals(HandlerType.POST) && ctx.path().equals(LOGIN)) {
            return;
        }
        String authorization = header(ctx, "Authorization");
        if (authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            requireToken(authorization.substring(SCHEME.length()).strip(), address(ctx));
            return;
        }
        String secret = cookie(ctx);
        if (secret.isEmpty() || !logins.hold(secret)) {
            throw new RejectedException(
                    401,
                    "login-needed",
                    "Log in, or send the token of the data folder's admin-token: Authorization: Bearer …");
        }
        if (mayChange(ctx) && !isOfThisServer(ctx)) {
            throw new RejectedException(
                    403, "foreign-page", "Only pages of this server may do that; programs send the token instead.");
        }
    }

    /** {@code POST /login {token}}: a browser shows the token and gets a cookie. */
    void login(Context ctx) throws RejectedException {
        boolean told = !header(ctx, "Origin").isEmpty()
                || !header(ctx, "Sec-Fetch-Site").isEmpty();
        if (told && !isOfThisServer(ctx)) {
            throw new RejectedException(403, "foreign-page", "Only pages of this server may log in.");
        }
        requireToken(Body.read(ctx, List.of("token")).get("token").text(""), address(ctx));
        logins.close(cookie(ctx));
        setCookie(ctx, logins.open(), Logins.LIFETIME_MILLIS / 1_000);
        LOG.info("{} has logged in", address(ctx).getHostAddress());
        Answers.json(ctx, 200, new JsonWriter().beginObject().endObject());
    }

    /** {@code POST /logout}: the cookie is void from now on, wherever it was copied to. */
    void logout(Context ctx) {
        logins.close(cookie(ctx));
        setCookie(ctx, "", 0);
        LOG.info("{} has logged out", address(ctx).getHostAddress());
        Answers.json(ctx, 200, new JsonWriter().beginObject().endObject());
    }

    /** Whose request it is: the client's address, as the proxy tells it if there is one. */
    InetAddress address(Context ctx) {
        InetAddress peer = literal(ctx.req().getRemoteAddr(), InetAddress.getLoopbackAddress());
        String forwarded = behindProxy ? header(ctx, "X-Forwarded-For") : "";
        // What stands before the last comma the client may have written itself.
        return forwarded.isEmpty()
                ? peer
                : literal(forwarded.substring(forwarded.lastIndexOf(',') + 1).strip(), peer);
    }

    private static InetAddress literal(String text, InetAddress fallback) {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException e) {
            return fallback;
        }
    }

    private void requireKnownHost(Context ctx) throws RejectedException {
        String host = header(ctx, "Host").toLowerCase(Locale.ROOT);
        int port = host.lastIndexOf(':');
        String name = port > host.lastIndexOf(']') ? host.substring(0, port) : host;
        if (!hosts.contains(name)) {
            throw new RejectedException(
                    421,
                    "unknown-host",
                    "The management API does not go by this name: call it by its address, or add the name to its hosts.");
        }
    }

    /** While an address has used up its wrong tokens, a right one is not looked at either: else it could be found by trying. */
    private void requireToken(String shown, InetAddress from) throws RejectedException {
        long now = nanoTime.getAsLong();
        boolean allowed = wrongTokens.allows(from, now);
        if (allowed && Secrets.areEqual(shown, token)) {
            return;
        }
        if (!allowed || !wrongTokens.take(from, now)) {
            throw RejectedException.tooMany(
                    RETRY_SECONDS, "Too many wrong tokens from this address; try again in a few seconds.");
        }
        LOG.warn("wrong token from {}", from.getHostAddress());
        throw new RejectedException(
                401, "wrong-token", "This is not the token; it stands in the data folder's admin-token.");
    }

    private static boolean mayChange(Context ctx) {
        return !ctx.method().equals(HandlerType.GET) && !ctx.method().equals(HandlerType.HEAD);
    }

    /** As the browser tells; a page cannot change what it says. Pages of another port of this host are others. */
    private boolean isOfThisServer(Context ctx) {
        String site = header(ctx, "Sec-Fetch-Site");
        if (!site.isEmpty()) {
            return site.equals("same-origin");
        }
        String own = (secure ? "https://" : "http://") + header(ctx, "Host");
        return header(ctx, "Origin").equalsIgnoreCase(own);
    }

    private String cookie(Context ctx) {
        String value = ctx.cookie(cookieName(ctx));
        return value == null ? "" : value;
    }

    /** With the port, as browsers send a cookie to all ports of a host: two nodes on one machine must not log each other out. */
    private String cookieName(Context ctx) {
        return (secure ? "__Host-" : "") + "orrery-" + ctx.req().getLocalPort();
    }

    private void setCookie(Context ctx, String value, long maxAgeSeconds) {
        ctx.header(
                "Set-Cookie",
                cookieName(ctx) + "=" + value + "; Path=/; Max-Age=" + maxAgeSeconds + "; HttpOnly; SameSite=Strict"
                        + (secure ? "; Secure" : ""));
    }

    private static String header(Context ctx, String name) {
        String value = ctx.header(name);
        return value == null ? "" : value;
    }
}
