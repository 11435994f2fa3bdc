package dev.orrery.server;

import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The management port of a node: its API, its metrics, its console. {@link Gatekeeper} stands before all of it. May be used by
 * any thread.
 */
final class Management implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Management.class);

    private static final long MAX_BODY_BYTES = 65_536;
    private static final String POLICY =
            "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Cache-Control", "no-store");

    private final AdminConfig config;
    private final Node node;
    private final Gatekeeper gate;
    private final LoginPage loginPage = LoginPage.load(POLICY);
    private final Javalin javalin;

    /** A route, as it was registered. */
    record Route(String method, String path) {}

    private Management(AdminConfig config, Node node, String token, InstantSource clock, LongSupplier nanoTime) {
        this.config = config;
        this.node = node;
        this.gate = new Gatekeeper(config, token, clock, nanoTime);
        this.javalin = Javalin.create(this::configure);
    }

    /**
     * Starts it.
     *
     * @param nanoTime for the throttle of wrong tokens
     * @throws IOException in a sentence, if it cannot listen or its files cannot be used
     */
    static Management start(AdminConfig config, Node node, InstantSource clock, LongSupplier nanoTime)
            throws IOException {
        String token = AdminToken.load(config, node.config().dataFolder());
        AdminPort port = AdminPort.of(config);
        Management management = new Management(config, node, token, clock, nanoTime);
        management.javalin.unsafe.jetty.addConnector(port::connector);
        try {
            management.javalin.start();
        } catch (JavalinException e) {
            management.close();
            throw AdminPort.unusable(config, e);
        }
        return management;
    }

    private void configure(JavalinConfig javalinConfig) {
        javalinConfig.startup.showJavalinBanner = false;
        javalinConfig.startup.showOldJavalinVersionWarning = false;
        javalinConfig.startup.startupWatcherEnabled = false;
        javalinConfig.http.maxRequestSize = MAX_BODY_BYTES;
        javalinConfig.http.compressionStrategy = CompressionStrategy.NONE;
        javalinConfig.router.ignoreTrailingSlashes = false;
        javalinConfig.jsonMapper(new NoMapper());
        AdminPort.configure(javalinConfig.jetty);
        RoutesConfig routes = javalinConfig.routes;
        routes.before(ctx -> {
            HEADERS.forEach(ctx::header);
            gate.admit(ctx);
        });
        register(routes);
        routes.exception(RejectedException.class, (e, ctx) -> reject(ctx, e));
        routes.exception(HttpResponseException.class, (e, ctx) -> reject(ctx, rejection(e)));
        routes.exception(Exception.class, (e, ctx) -> {
            LOG.error("{} {} failed", ctx.method(), ctx.path(), e);
            reject(ctx, new RejectedException(500, "failed", "The server failed; its log tells why."));
        });
    }

    private void register(RoutesConfig routes) {
        Audit audit = new Audit(gate);
        routes.post(Gatekeeper.LOGIN, gate::login);
        routes.post(Gatekeeper.LOGOUT, gate::logout);
        new NodeRoutes(node, audit).register(routes);
        new InstanceRoutes(node, audit).register(routes);
        new SettingsRoutes(node, audit).register(routes);
        new ConsolePage(node.host().game().getClass().getClassLoader()).register(routes);
    }

    private void reject(Context ctx, RejectedException e) {
        if (e.status() == 401) {
            ctx.header("WWW-Authenticate", "Bearer realm=\"orrery\"");
        }
        if (e.retryAfterSeconds() > 0) {
            ctx.header("Retry-After", Integer.toString(e.retryAfterSeconds()));
        }
        String accepted = ctx.header("Accept");
        if (e.status() == 401
                && ctx.req().getMethod().equals("GET")
                && accepted != null
                && accepted.contains("text/html")) {
            ctx.header("Content-Security-Policy", loginPage.policy());
            ctx.status(401).contentType("text/html; charset=utf-8").result(loginPage.html());
            return;
        }
        Answers.json(ctx, e.status(), Answers.failure(e.code(), e.sentence()));
    }

    private static RejectedException rejection(HttpResponseException e) {
        return switch (e.getStatus()) {
            case 404 ->
                new RejectedException(404, "not-found", "There is no such route; docs/management.md lists them.");
            case 413 -> new RejectedException(413, "too-large", "A body has at most " + MAX_BODY_BYTES + " bytes.");
            default -> new RejectedException(e.getStatus(), "refused", "The request cannot be served.");
        };
    }

    /** Everything that can be asked for. */
    List<Route> routes() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(handler -> handler.endpoint)
                .filter(endpoint -> endpoint.method.isHttpMethod())
                .map(endpoint -> new Route(endpoint.method.name(), endpoint.path))
                .toList();
    }

    int port() {
        return javalin.port();
    }

    /** Where a browser on this machine finds it. */
    String url() {
        String host = config.host();
        String reachable = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        return (config.tls() == null ? "http://" : "https://")
                + (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":" + port() + "/";
    }

    /** Stops to listen, and cuts what is not answered within a moment. */
    @Override
    public void close() {
        javalin.stop();
    }
}
