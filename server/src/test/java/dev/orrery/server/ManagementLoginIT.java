package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in, staying logged in, and who may not use that. */
final class ManagementLoginIT {
    private static final String DRAIN = "/api/v1/drain";
    private static final int WRONG_TOKENS = 10;

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

    private int login(AdminClient client, String token) throws Exception {
        return client.send("POST", "/login", "{\"token\":\"" + token + "\"}").status();
    }

    @Test
    void shouldGiveBrowsersTheLoginPageAndNothingElse() throws Exception {
        AdminClient browser = managed.anyone().with("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        for (String path : new String[] {"/", "/api/v1/node", "/nothing"}) {
            AdminClient.Reply reply = browser.get(path);
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.header("content-type")).startsWith("text/html");
            assertThat(reply.body()).contains("<form>", "history.replaceState");
            assertThat(reply.header("content-security-policy"))
                    .containsPattern("script-src 'sha256-[A-Za-z0-9+/]{43}='")
                    .doesNotContain("unsafe-inline");
        }
        assertThat(browser.send("POST", DRAIN, "").header("content-type")).startsWith("application/json");
    }

    @Test
    void shouldSetACookieThatOnlyThisServerSees() throws Exception {
        AdminClient.Reply reply = managed.anyone().send("POST", "/login", "{\"token\":\"" + Managed.TOKEN + "\"}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("set-cookie"))
                .matches("orrery-\\d+=[A-Za-z0-9_-]{24}; Path=/; Max-Age=43200; HttpOnly; SameSite=Strict");
        assertThat(reply.headers().get("set-cookie")).hasSize(1);
    }

    @Test
    void shouldMarkTheCookieSecureBehindAProxy(@TempDir Path other) throws Exception {
        try (Managed proxied = new Managed(other, Managed.admin(null, true), config -> config)) {
            AdminClient.Reply reply = proxied.anyone().send("POST", "/login", "{\"token\":\"" + Managed.TOKEN + "\"}");
            assertThat(reply.header("set-cookie")).startsWith("__Host-orrery-").endsWith("; Secure");
        }
    }

    @Test
    void shouldNotLogInWithAnotherToken() throws Exception {
        assertThat(login(managed.anyone(), "not-the-token-at-all")).isEqualTo(401);
        assertThat(login(managed.anyone(), "")).isEqualTo(401);
        assertThat(login(managed.anyone(), Managed.TOKEN + "x")).isEqualTo(401);
        assertThat(managed.anyone().send("POST", "/login", "").status()).isEqualTo(401);
        assertThat(managed.anyone().send("POST", "/login", "{\"token\":[]}").status())
                .isEqualTo(401);
        assertThat(managed.anyone().send("POST", "/login", "nonsense").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "http://evil.example",
                "http://127.0.0.1:1",
                "http://127.0.0.1",
                "https://127.0.0.1:PORT",
                "http://localhost:PORT",
                "http://127.0.0.1:PORT.evil.example"
            })
    void shouldNotObeyPagesOfOthers(String origin) throws Exception {
        AdminClient page = managed.anyone().login(Managed.TOKEN);
        AdminClient foreign = page.with(
                "Origin",
                origin.replace("PORT", Integer.toString(managed.server().adminPort())));
        AdminClient.Reply reply = foreign.send("POST", DRAIN, "{\"seconds\":0}");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.code()).isEqualTo("foreign-page");
        assertThat(foreign.send("DELETE", "/api/v1/instances/x/players/y", "").status())
                .isEqualTo(403);
        assertThat(managed.anyone().get("/health/ready").status()).isEqualTo(200);
        assertThat(foreign.get("/api/v1/node").status()).isEqualTo(200);
    }

    @Test
    void shouldGoByWhatTheBrowserSaysOfThePage() throws Exception {
        AdminClient page = managed.anyone().login(Managed.TOKEN);
        assertThat(page.with("Sec-Fetch-Site", "same-site")
                        .send("POST", DRAIN, "")
                        .status())
                .isEqualTo(403);
        assertThat(page.with("Sec-Fetch-Site", "none").send("POST", DRAIN, "").status())
                .isEqualTo(403);
        assertThat(page.with("Sec-Fetch-Site", "same-origin")
                        .send("POST", DRAIN, "")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void shouldNotLetPagesOfOthersUseUpTheTokensOfThisAddress() throws Exception {
        AdminClient foreign = managed.anyone().with("Origin", "http://evil.example");
        for (int i = 0; i <= WRONG_TOKENS; i++) {
            assertThat(login(foreign, "not-the-token-at-all")).isEqualTo(403);
        }
        assertThat(login(managed.anyone(), Managed.TOKEN)).isEqualTo(200);
    }

    @Test
    void shouldEndALoginAtOnce() throws Exception {
        AdminClient page = managed.anyone().login(Managed.TOKEN);
        AdminClient copy = page.with("User-Agent", "another");
        AdminClient otherPage = managed.anyone().login(Managed.TOKEN);
        assertThat(page.get("/api/v1/node").status()).isEqualTo(200);
        AdminClient.Reply reply = page.send("POST", "/logout", "");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("set-cookie")).contains("=; ").contains("Max-Age=0");
        assertThat(page.get("/api/v1/node").status()).isEqualTo(401);
        assertThat(copy.get("/api/v1/node").status()).isEqualTo(401);
        assertThat(otherPage.get("/api/v1/node").status()).isEqualTo(200);
    }

    @Test
    void shouldEndTheLoginBeforeWhenTheSameBrowserLogsInAgain() throws Exception {
        AdminClient first = managed.anyone().login(Managed.TOKEN);
        AdminClient second = first.login(Managed.TOKEN);
        assertThat(second.get("/api/v1/node").status()).isEqualTo(200);
        assertThat(first.get("/api/v1/node").status()).isEqualTo(401);
    }

    @Test
    void shouldBoundLogins() throws Exception {
        AdminClient first = managed.anyone().login(Managed.TOKEN);
        AdminClient newest = first;
        for (int i = 0; i < Logins.MAX; i++) {
            newest = managed.anyone().login(Managed.TOKEN);
        }
        assertThat(first.get("/api/v1/node").status()).isEqualTo(401);
        assertThat(newest.get("/api/v1/node").status()).isEqualTo(200);
    }

    @Test
    void shouldThrottleWrongTokensByAddress() throws Exception {
        AdminClient page = managed.anyone().login(Managed.TOKEN);
        for (int i = 0; i < WRONG_TOKENS / 2; i++) {
            assertThat(login(managed.anyone(), "not-the-token-at-all")).isEqualTo(401);
            assertThat(managed.anyone()
                            .bearer("nor-is-this-one-here")
                            .get("/metrics")
                            .status())
                    .isEqualTo(401);
        }
        AdminClient.Reply reply =
                managed.anyone().bearer("nor-is-this-one-here").get("/metrics");
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.header("retry-after")).isEqualTo("5");
        assertThat(login(managed.anyone(), "not-the-token-at-all")).isEqualTo(429);
        assertThat(managed.operator().get("/metrics").status())
                .as("otherwise the right one could be found by trying")
                .isEqualTo(429);
        assertThat(page.get("/metrics").status()).as("who is in stays in").isEqualTo(200);
        assertThat(managed.operator().from("127.0.0.2").get("/metrics").status())
                .as("others are not locked out")
                .isEqualTo(200);
    }

    @Test
    void shouldNotCountRightTokens() throws Exception {
        for (int i = 0; i < 3 * WRONG_TOKENS; i++) {
            assertThat(managed.operator().get("/api/v1/node").status()).isEqualTo(200);
        }
    }

    @Test
    void shouldThrottleBehindAProxyByWhatTheProxySays(@TempDir Path other) throws Exception {
        try (Managed proxied = new Managed(other, Managed.admin(null, true), config -> config)) {
            AdminClient guesser = proxied.anyone().bearer("not-the-token-at-all");
            for (int i = 0; i < WRONG_TOKENS; i++) {
                String forged = "198.51.100." + i + ", 203.0.113.7";
                assertThat(guesser.with("X-Forwarded-For", forged)
                                .get("/metrics")
                                .status())
                        .isEqualTo(401);
            }
            AdminClient operator = proxied.operator();
            assertThat(operator.with("X-Forwarded-For", "203.0.113.7")
                            .get("/metrics")
                            .status())
                    .isEqualTo(429);
            assertThat(operator.with("X-Forwarded-For", "203.0.113.8")
                            .get("/metrics")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void shouldNotBelieveForwardedAddressesWithoutAProxy() throws Exception {
        AdminClient guesser = managed.anyone().bearer("not-the-token-at-all");
        for (int i = 0; i < WRONG_TOKENS; i++) {
            guesser.with("X-Forwarded-For", "198.51.100." + i).get("/metrics");
        }
        assertThat(guesser.with("X-Forwarded-For", "198.51.100.99")
                        .get("/metrics")
                        .status())
                .isEqualTo(429);
    }
}
