package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every route there is, with and without a login: the routes are those of the running server, so none can be forgotten here. */
final class ManagementRoutesIT {
    private static final Set<String> OPEN = Set.of("/health/live", "/health/ready");

    @TempDir
    private Path data = Path.of("");

    private Managed managed;

    @BeforeEach
    void start() throws Exception {
        managed = new Managed(data);
    }

    @AfterEach
    void stop() {
        managed.close();
    }

    private List<Management.Route> routes() {
        List<Management.Route> routes = managed.server().adminRoutes();
        assertThat(routes)
                .hasSizeGreaterThan(20)
                .contains(
                        new Management.Route("GET", "/metrics"),
                        new Management.Route("DELETE", "/api/v1/instances/{id}/players/{player}"),
                        new Management.Route("GET", "/"));
        return routes;
    }

    private AdminClient.Reply ask(AdminClient client, Management.Route route) throws Exception {
        String path = route.path().replace("{id}", managed.instance()).replace("{player}", "nobody");
        return client.send(route.method(), path, route.method().equals("GET") ? "" : "{}");
    }

    /** Each route gets an address of its own to call from, as wrong tokens would be throttled otherwise. */
    private AdminClient anyone(int route) {
        return managed.anyone().from("127.0.1." + (route + 1));
    }

    private void expectRefused(AdminClient client, Management.Route route, int status) throws Exception {
        AdminClient.Reply reply = ask(client, route);
        if (OPEN.contains(route.path())) {
            assertThat(reply.status()).as("%s", route).isEqualTo(200);
            return;
        }
        assertThat(reply.status()).as("%s", route).isEqualTo(status);
        assertThat(reply.body()).as("%s", route).matches("\\{\"code\":\"[a-z-]+\",\"message\":\"[^\"]+\\.?[^\"]*\"}");
    }

    @Test
    void shouldAnswerNothingButHealthWithoutALogin() throws Exception {
        List<Management.Route> routes = routes();
        for (int i = 0; i < routes.size(); i++) {
            Management.Route route = routes.get(i);
            AdminClient anyone = anyone(i);
            expectRefused(anyone, route, 401);
            expectRefused(anyone.bearer("not-the-token-at-all"), route, 401);
            expectRefused(anyone.bearer(""), route, 401);
            expectRefused(anyone.with("Authorization", "Basic " + Managed.TOKEN), route, 401);
            expectRefused(anyone.with("Cookie", "orrery-" + managed.server().adminPort() + "=x"), route, 401);
        }
        expectUntouched();
    }

    @Test
    void shouldNotReachAHandlerByAWrongHost() throws Exception {
        AdminClient page = managed.anyone().login(Managed.TOKEN);
        for (Management.Route route : routes()) {
            for (String host : List.of("evil.example", "evil.example:80", "127.0.0.1.evil.example", "[::2]")) {
                expectRefused(managed.operator().with("Host", host), route, 421);
                expectRefused(page.with("Host", host), route, 421);
            }
        }
        expectUntouched();
    }

    /** Nothing that was refused has happened. */
    private void expectUntouched() throws Exception {
        assertThat(managed.anyone().get("/health/ready").status()).isEqualTo(200);
        assertThat(managed.operator().get("/api/v1/instances").json().list()).hasSize(1);
        assertThat(managed.operator()
                        .get("/api/v1/instances")
                        .json()
                        .get(0)
                        .get("phase")
                        .text(""))
                .isEqualTo("running");
    }

    @Test
    void shouldAnswerEverythingWithTheToken() throws Exception {
        for (Management.Route route : routes()) {
            expectAnswered(managed.operator(), route);
        }
    }

    @Test
    void shouldAnswerEverythingWithALogin() throws Exception {
        for (Management.Route route : routes()) {
            expectAnswered(managed.anyone().login(Managed.TOKEN), route); // anew, as one of the routes logs out
        }
    }

    private void expectAnswered(AdminClient client, Management.Route route) throws Exception {
        if (route.path().equals(Gatekeeper.LOGIN)) {
            return; // knows the token by its body only
        }
        AdminClient.Reply reply = ask(client, route);
        assertThat(reply.status()).as("%s", route).isNotIn(401, 403, 421, 429).isLessThan(504);
        if (reply.status() == 404) {
            assertThat(reply.code()).as("%s", route).isIn("unknown-player", "unknown-instance", "no-console");
        }
        assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
        assertThat(reply.header("content-security-policy")).contains("default-src 'self'", "frame-ancestors 'none'");
        assertThat(reply.header("referrer-policy")).isEqualTo("no-referrer");
        assertThat(reply.header("server")).isEmpty();
        assertThat(reply.header("cache-control")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "LOCALHOST:1", "[::1]:8081", "ops.example", "Ops.Example:443"})
    void shouldGoByTheseNames(String host) throws Exception {
        assertThat(managed.operator().with("Host", host).get("/api/v1/node").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,/nothing",
        "GET,/api/v1/nothing",
        "POST,/metrics",
        "FOO,/api/v1/node",
        "OPTIONS,/api/v1/node",
        "TRACE,/api/v1/node",
        "PUT,/api/v1/settings",
        "POST,/health/live",
        "GET,/health/live/",
        "GET,/health",
        "GET,/health/live;x=1",
        "GET,//api/v1/node",
        "GET,/%61pi/v1/node",
        "GET,/health/live/..;/metrics",
        "GET,/login"
    })
    void shouldTellOnlyWhoIsLoggedInThatThereIsNoSuchRoute(String method, String path) throws Exception {
        AdminClient.Reply stranger = managed.anyone().send(method, path, "");
        assertThat(stranger.status()).isIn(400, 401);
        assertThat(stranger.code()).isIn("login-needed", "bad-request");
        AdminClient.Reply operator = managed.operator().send(method, path, "");
        assertThat(operator.status()).isIn(400, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live/../../metrics", "/health/%2e%2e/metrics", "/health/live%2f..%2f..%2fmetrics"})
    void shouldNotBeLedAroundTheGate(String path) throws Exception {
        assertThat(managed.anyone().get(path).status()).isIn(400, 401);
    }

    @Test
    void shouldNotHaveASecondWayInForWebSockets() throws Exception {
        AdminClient client = managed.anyone().with("Sec-WebSocket-Version", "13");
        assertThat(client.get("/api/v1/node").status()).isEqualTo(401);
        assertThat(client.get("/nothing").status()).isEqualTo(401);
        assertThat(client.with("Host", "evil.example").get("/api/v1/node").status())
                .isEqualTo(421);
    }

    @Test
    void shouldNotTakeAnotherMethodThanTheOneItChecked() throws Exception {
        AdminClient.Reply reply = managed.anyone()
                .login(Managed.TOKEN)
                .with("Origin", "http://evil.example")
                .with("X-HTTP-Method-Override", "POST")
                .get("/api/v1/drain");
        assertThat(reply.status()).isEqualTo(400);
        expectUntouched();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"NONSENSE\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"})
    void shouldAnswerBrokenRequestsWithoutTellingWhoItIs(String request) throws Exception {
        AdminClient.Reply reply = managed.anyone().raw(request);
        assertThat(reply.status()).isIn(400, 421);
        assertThat(reply.body()).doesNotContainIgnoringCase("jetty").doesNotContain("<", "Exception", "\tat ");
        assertThat(reply.header("server")).isEmpty();
    }

    @Test
    void shouldBoundBodies() throws Exception {
        AdminClient.Reply reply = managed.operator().send("POST", "/api/v1/announce", "x".repeat(70_000));
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.code()).isEqualTo("too-large");
    }

    @Test
    void shouldNotListenElsewhereInTheClear() {
        assertThatThrownBy(() -> new AdminConfig("0.0.0.0", 0, null, false, Set.of(), ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("in the clear")
                .hasMessageContaining("behind-proxy");
        assertThat(new AdminConfig("0.0.0.0", 0, null, true, Set.of(), "").host())
                .isEqualTo("0.0.0.0");
    }

    @Test
    void shouldSayThatThePortIsTaken(@TempDir Path other) {
        AdminConfig taken =
                new AdminConfig("127.0.0.1", managed.server().adminPort(), null, false, Set.of(), Managed.TOKEN);
        assertThatThrownBy(() -> new Managed(other, taken, config -> config))
                .hasMessageContaining("another program listens there");
    }

    @Test
    void shouldHaveNoManagementPortUnlessConfigured(@TempDir Path other) throws Exception {
        try (OrreryServer server = OrreryServer.start(ServerConfig.of("127.0.0.1", 0, other), new MeetGame())) {
            assertThat(server.adminPort()).isZero();
            assertThat(server.adminUrl()).isEmpty();
        }
        assertThat(managed.server().adminUrl())
                .isEqualTo("http://127.0.0.1:" + managed.server().adminPort() + "/");
    }
}
