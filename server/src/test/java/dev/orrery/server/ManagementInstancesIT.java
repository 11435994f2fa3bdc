package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.orrery.wire.Json;
import dev.orrery.world.WorldCounter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What an operator does to instances and players, as those players see it. */
final class ManagementInstancesIT {
    private static final String INSTANCES = "/api/v1/instances";
    private static final InstanceConfig FEW =
            new InstanceConfig(2, 30_000, 10_000, 60_000, 30_000, 10_000, ServerMetrics.LoadLimits.DEFAULT);

    @TempDir
    private Path data = Path.of("");

    private Managed managed;

    @BeforeEach
    void start() throws Exception {
        managed = new Managed(data, Managed.admin(null, false), config -> config.withInstances(FEW));
    }

    @AfterEach
    void stop() {
        managed.close();
    }

    private AdminClient.Reply post(String path, String body) throws Exception {
        return managed.operator().send("POST", path, body);
    }

    private Json players() throws Exception {
        return managed.operator()
                .get(INSTANCES + "/" + managed.instance() + "/players")
                .json();
    }

    private static void await(BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void shouldShowNodeAndInstances() throws Exception {
        try (Visitor ada = Visitor.join(managed.server(), "Ada")) {
            Json instance = managed.operator().get(INSTANCES).json().get(0);
            assertThat(((Json.Obj) instance).members().keySet())
                    .containsExactly(
                            "id",
                            "game",
                            "namespace",
                            "region",
                            "capacity",
                            "currentLoad",
                            "phase",
                            "hibernating",
                            "metrics",
                            "settings",
                            "announced",
                            "state");
            assertThat(((Json.Obj) instance.get("metrics")).members().keySet())
                    .containsExactly("connections", "messageRate", "stateSize", "cpu", "memory", "networkLatency");
            assertThat(instance.get("namespace").text("")).isEqualTo("/meet/" + managed.instance());
            assertThat(instance.get("metrics").get("connections").number(0)).isEqualTo(1);
            assertThat(instance.get("state").get("actors").number(0)).isEqualTo(1);
            Json node = managed.operator().get("/api/v1/node").json();
            assertThat(node.get("game").text("")).isEqualTo("meet");
            assertThat(node.get("phase").text("")).isEqualTo("running");
            assertThat(node.get("players").number(0)).isEqualTo(1);
            assertThat(node.get("instances").number(0)).isEqualTo(1);
            assertThat(node.get("limits").get("instances").number(0)).isEqualTo(2);
            assertThat(node.get("metrics").get("memory").number(0)).isPositive();
            ada.send("clock", 0);
        }
    }

    @Test
    void shouldSayThatThereIsNoSuchInstance() throws Exception {
        for (AdminClient.Reply reply : List.of(
                managed.operator().get(INSTANCES + "/nowhere"),
                managed.operator().send("PATCH", INSTANCES + "/nowhere/settings", "{\"tickRate\":50}"),
                post(INSTANCES + "/nowhere/drain", ""))) {
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.code()).isEqualTo("unknown-instance");
            assertThat(reply.message()).contains("\"nowhere\"");
        }
    }

    @Test
    void shouldOpenAsManyAsAllowed() throws Exception {
        AdminClient.Reply opened = post(INSTANCES, "{}");
        assertThat(opened.status()).isEqualTo(201);
        assertThat(opened.json().get("phase").text("")).isEqualTo("running");
        AdminClient.Reply refused = post(INSTANCES, "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo("full");
        assertThat(refused.message()).contains("(2)");
    }

    @Test
    void shouldKick() throws Exception {
        try (Visitor ada = Visitor.join(managed.server(), "Ada");
                Visitor bo = Visitor.join(managed.server(), "Bo")) {
            Json row = players().list().stream()
                    .filter(player -> player.get("name").text("").equals("Ada"))
                    .findFirst()
                    .orElseThrow();
            assertThat(row.get("connected").bool(false)).isTrue();
            String path = INSTANCES + "/" + managed.instance() + "/players/"
                    + row.get("player").text("");
            assertThat(managed.operator().send("DELETE", path, "").status()).isEqualTo(200);
            assertThat(ada.await("closed").getString("code")).isEqualTo("kicked");
            ada.await("disconnect");
            assertThat(players().list()).hasSize(1);
            assertThat(managed.operator().send("DELETE", path, "").code()).isEqualTo("unknown-player");
            assertThat(managed.server().count(ServerCounter.PLAYERS_KICKED)).isEqualTo(1);
            bo.send("clock", 0);
        }
    }

    /** Ids come from the studio's own tokens and may hold what means something in a path. */
    @Test
    void shouldUnderstandAnyPlayerId() throws Exception {
        String id = "auth|a/b c%2F;é?#";
        String path = INSTANCES + "/" + managed.instance() + "/players/"
                + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
        AdminClient.Reply reply = managed.operator().send("DELETE", path, "");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("unknown-player");
    }

    @Test
    void shouldAnnounce() throws Exception {
        try (Visitor ada = Visitor.join(managed.server(), "Ada")) {
            String path = INSTANCES + "/" + managed.instance() + "/announce";
            AdminClient.Reply reply = post(path, "{\"text\":\"Grog is served\"}");
            assertThat(reply.status()).isEqualTo(202);
            assertThat(reply.json().get("instances").list()).hasSize(1);
            assertThat(ada.await("event").getString("text")).isEqualTo("Grog is served");
            assertThat(post("/api/v1/announce", "{\"text\":\"To all: <b>\"}").status())
                    .isEqualTo(202);
            assertThat(ada.await("event").getString("text")).isEqualTo("To all: <b>");
            for (String body :
                    List.of("{}", "{\"text\":\"\"}", "{\"text\":5}", "{\"text\":\"" + "x".repeat(501) + "\"}")) {
                assertThat(post(path, body).status()).as(body).isEqualTo(400);
            }
            assertThat(post(path, "{\"text\":\"" + "x".repeat(500) + "\"}").status())
                    .isEqualTo(202);
        }
    }

    @Test
    void shouldPutCommandsBeforeTheWorld() throws Exception {
        String path = INSTANCES + "/" + managed.instance() + "/commands";
        assertThat(post(path, "{\"name\":\"weather\",\"body\":{\"wind\":3}}").status())
                .isEqualTo(202);
        assertThat(post(path, "{\"name\":\"weather\"}").status()).isEqualTo(202);
        assertThat(post(path, "{\"body\":{}}").status()).isEqualTo(400);
        assertThat(post(path, "{\"name\":\"" + "x".repeat(65) + "\"}").status()).isEqualTo(400);
        await(() -> managed.server().count(WorldCounter.COMMANDS) == 2);
    }

    @Test
    void shouldDrainAnInstance() throws Exception {
        String id = managed.instance();
        try (Visitor ada = Visitor.join(managed.server(), "Ada")) {
            AdminClient.Reply reply = post(INSTANCES + "/" + id + "/drain", "{\"seconds\":1}");
            assertThat(reply.status()).isEqualTo(202);
            assertThat(reply.json().get("phase").text("")).isEqualTo("draining");
            assertThat(ada.await("draining").getLong("inMillis")).isBetween(1L, 1_000L);
            assertThat(ada.await("closed").getString("code")).isEqualTo("instance-closed");
        }
        assertThat(managed.operator().get(INSTANCES + "/" + id).status()).isEqualTo(404);
        assertThat(Visitor.joinStatus(managed.server()))
                .as("the node opens another one")
                .isEqualTo(200);
        assertThat(managed.anyone().get("/health/ready").status()).isEqualTo(200);
    }

    @Test
    void shouldDrainTheNodeAndStayUp() throws Exception {
        try (Visitor ada = Visitor.join(managed.server(), "Ada")) {
            for (String body :
                    List.of("{\"seconds\":-1}", "{\"seconds\":86401}", "{\"seconds\":\"1\"}", "{\"in\":1}")) {
                assertThat(post("/api/v1/drain", body).status()).as(body).isEqualTo(400);
            }
            AdminClient.Reply reply = post("/api/v1/drain", "{\"seconds\":1.5}");
            assertThat(reply.status()).isEqualTo(202);
            assertThat(reply.json().get("phase").text("")).isEqualTo("draining");
            assertThat(ada.await("draining").getLong("inMillis")).isBetween(1L, 1_500L);
            assertThat(Visitor.joinStatus(managed.server())).isEqualTo(503);
            AdminClient.Reply ready = managed.anyone().get("/health/ready");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.body()).isEqualTo("{\"status\":\"draining\"}");
            assertThat(managed.anyone().get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
            assertThat(post(INSTANCES, "").code()).isEqualTo("draining");
            ada.await("closed");
        }
        assertThat(managed.operator().get(INSTANCES).json().list()).isEmpty();
        assertThat(managed.operator().get("/api/v1/node").status()).isEqualTo(200);
    }

    @Test
    void shouldWriteDownWhoChangedWhat() throws Exception {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                lines.add(event.getFormattedMessage());
            }
        };
        Logger log = (Logger) LoggerFactory.getLogger(Audit.class);
        appender.start();
        log.addAppender(appender);
        log.setLevel(Level.INFO);
        log.setAdditive(false);
        try {
            String id = managed.instance();
            AdminClient operator = managed.operator().from("127.0.0.9");
            operator.send("POST", INSTANCES + "/" + id + "/announce", "{\"text\":\"a\\nINFO Audit forged\"}");
            operator.send("PATCH", INSTANCES + "/" + id + "/settings", "{\"maxPlayers\":7}");
            operator.send("POST", INSTANCES + "/" + id + "/drain", "{\"seconds\":9}");
            operator.get("/api/v1/node");
            assertThat(lines).hasSize(3).noneMatch(line -> line.contains("\n") || line.contains(Managed.TOKEN));
            assertThat(lines.poll())
                    .isEqualTo("command \"announce\" to " + id + " by 127.0.0.9: {\"text\":\"a\\nINFO Audit forged\"}");
            assertThat(lines.poll()).startsWith("settings of instance " + id).contains("by 127.0.0.9", "maxPlayers=7");
            assertThat(lines.poll()).isEqualTo("instance " + id + " drained by 127.0.0.9: 9");
        } finally {
            log.detachAppender(appender);
            log.setLevel(null);
            log.setAdditive(true);
        }
    }
}
