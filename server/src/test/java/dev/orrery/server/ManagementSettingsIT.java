package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.wire.Json;
import dev.orrery.world.Game;
import dev.orrery.world.Plan;
import dev.orrery.world.Player;
import dev.orrery.world.World;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings: what is refused, and that what is taken holds from the tick that was said. */
final class ManagementSettingsIT {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);
    private static final String ALL = "/api/v1/settings";

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

    private Json instance(String id) throws Exception {
        return managed.operator().get("/api/v1/instances/" + id).json();
    }

    private Json awaitTick(String id, double tick) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        Json seen = instance(id);
        while (seen.get("state").get("tick").number(0) < tick) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
            seen = instance(id);
        }
        return seen;
    }

    /** Load is measured once a second. */
    private void awaitLoad(String id, double load) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (instance(id).get("currentLoad").number(0) != load) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tickRate\":9}|tickRate must lie between 10 and 1000 ms.",
                "{\"tickRate\":1001}|tickRate must lie between 10 and 1000 ms.",
                "{\"tickRate\":1e300}|tickRate must lie between 10 and 1000 ms.",
                "{\"tickRate\":50.5}|tickRate must be a whole number.",
                "{\"tickRate\":\"50\"}|tickRate must be a number.",
                "{\"tickRate\":null}|tickRate must be a number.",
                "{\"movementSpeed\":-0.1}|movementSpeed must lie between 0 and 100 px per frame.",
                "{\"movementSpeed\":100.1}|movementSpeed must lie between 0 and 100 px per frame.",
                "{\"movementSpeed\":1e999}|movementSpeed must lie between 0 and 100 px per frame.",
                "{\"movementSpeed\":true}|movementSpeed must be a number.",
                "{\"broadcastFrames\":0}|broadcastFrames must lie between 1 and 60.",
                "{\"broadcastFrames\":61}|broadcastFrames must lie between 1 and 60.",
                "{\"smoothing\":-1}|smoothing must lie between 0 and 5 s.",
                "{\"smoothing\":5.01}|smoothing must lie between 0 and 5 s.",
                "{\"smoothing\":[1]}|smoothing must be a number.",
                "{\"maxPlayers\":0}|maxPlayers must lie between 1 and 10000.",
                "{\"maxPlayers\":10001}|maxPlayers must lie between 1 and 10000.",
                "{\"maxPlayers\":4294967297}|maxPlayers must lie between 1 and 10000.",
                "{\"maxPlayers\":{}}|maxPlayers must be a number.",
                "{\"reconnectAttempts\":-1}|reconnectAttempts must lie between 0 and 1000.",
                "{\"reconnectAttempts\":1001}|reconnectAttempts must lie between 0 and 1000.",
                "{\"tickrate\":50}|There is no member \"tickrate\" here; known are tickRate, movementSpeed, broadcastFrames,"
                        + " smoothing, maxPlayers, reconnectAttempts.",
                "{\"tickRate\":50,\"x\":1}|There is no member \"x\" here; known are tickRate, movementSpeed,"
                        + " broadcastFrames, smoothing, maxPlayers, reconnectAttempts.",
                "{}|Name at least one setting to change: tickRate, movementSpeed, broadcastFrames, smoothing, maxPlayers,"
                        + " reconnectAttempts.",
                "[]|The body must be a JSON object.",
                "{|The body is text that is not JSON."
            })
    void shouldRefuseAndSayWhy(String body, String message) throws Exception {
        for (String path : List.of(ALL, "/api/v1/instances/" + managed.instance() + "/settings")) {
            AdminClient.Reply reply = managed.operator().send("PATCH", path, body);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.code()).isEqualTo("bad-request");
            assertThat(reply.message()).isEqualTo(message);
        }
        assertThat(instance(managed.instance()).get("announced").list()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "tickRate,10",
        "tickRate,1000",
        "movementSpeed,0",
        "movementSpeed,100",
        "broadcastFrames,1",
        "broadcastFrames,60",
        "smoothing,0",
        "smoothing,5",
        "maxPlayers,1",
        "maxPlayers,10000",
        "reconnectAttempts,0",
        "reconnectAttempts,1000"
    })
    void shouldTakeEachUpToItsBounds(String name, double value) throws Exception {
        String path = "/api/v1/instances/" + managed.instance() + "/settings";
        AdminClient.Reply reply = managed.operator().send("PATCH", path, "{\"" + name + "\":" + value + "}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().get("settings").get(name).number(-1)).isEqualTo(value);
    }

    @Test
    void shouldHoldFromTheTickThatWasSaid() throws Exception {
        String id = managed.instance();
        try (Visitor visitor = Visitor.join(managed.server(), "Ada")) {
            AdminClient.Reply reply = managed.operator()
                    .send("PATCH", "/api/v1/instances/" + id + "/settings", "{\"tickRate\":50,\"smoothing\":0.2}");
            assertThat(reply.status()).isEqualTo(200);
            double atTick = reply.json().get("atTick").number(0);
            Json now = instance(id);
            assertThat(now.get("settings").get("tickRate").number(0)).isEqualTo(100);
            assertThat(now.get("announced").get(0).get("atTick").number(0)).isEqualTo(atTick);
            assertThat(now.get("announced")
                            .get(0)
                            .get("settings")
                            .get("tickRate")
                            .number(0))
                    .isEqualTo(50);
            JSONObject heard = visitor.await("settings");
            assertThat(heard.getDouble("atTick")).isEqualTo(atTick);
            assertThat(heard.getJSONObject("settings").getInt("tickRate")).isEqualTo(50);
            Json then = awaitTick(id, atTick);
            assertThat(then.get("settings").get("tickRate").number(0)).isEqualTo(50);
            assertThat(then.get("settings").get("smoothing").number(0)).isEqualTo(0.2);
            assertThat(then.get("announced").list()).isEmpty();
        }
        assertThat(managed.operator().get(ALL).json().get("tickRate").number(0))
                .as("further instances are not meant")
                .isEqualTo(100);
    }

    @Test
    void shouldChangeAllInstancesAndFurtherOnes() throws Exception {
        managed.operator().send("POST", "/api/v1/instances", "");
        AdminClient.Reply reply = managed.operator().send("PATCH", ALL, "{\"movementSpeed\":7.5}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().get("settings").get("movementSpeed").number(0)).isEqualTo(7.5);
        List<Json> changed = reply.json().get("instances").list();
        assertThat(changed).hasSize(2);
        for (Json one : changed) {
            Json then = awaitTick(one.get("id").text(""), one.get("atTick").number(0));
            assertThat(then.get("settings").get("movementSpeed").number(0)).isEqualTo(7.5);
        }
        assertThat(managed.operator().get(ALL).json().get("movementSpeed").number(0))
                .isEqualTo(7.5);
        Json opened = managed.operator().send("POST", "/api/v1/instances", "").json();
        assertThat(opened.get("settings").get("movementSpeed").number(0)).isEqualTo(7.5);
    }

    /** Of changes to different settings at the same time none undoes another. */
    @Test
    void shouldNotLoseChangesThatComeAtTheSameTime() throws Exception {
        String path = "/api/v1/instances/" + managed.instance() + "/settings";
        List<String> bodies = List.of(
                "{\"movementSpeed\":8}",
                "{\"broadcastFrames\":8}",
                "{\"smoothing\":0.8}",
                "{\"maxPlayers\":8}",
                "{\"reconnectAttempts\":8}");
        List<Callable<AdminClient.Reply>> changes = new ArrayList<>();
        bodies.forEach(body -> changes.add(() -> managed.operator().send("PATCH", path, body)));
        List<Double> ticks = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<AdminClient.Reply> reply : threads.invokeAll(changes)) {
                assertThat(reply.get().status()).isEqualTo(200);
                ticks.add(reply.get().json().get("atTick").number(0));
            }
        }
        double last = ticks.stream().mapToDouble(tick -> tick).max().orElse(0);
        Json settings = awaitTick(managed.instance(), last).get("settings");
        assertThat(settings.toText())
                .isEqualTo("{\"tickRate\":100,\"movementSpeed\":8,\"broadcastFrames\":8,\"smoothing\":0.8,"
                        + "\"maxPlayers\":8,\"reconnectAttempts\":8}");
    }

    /** A game whose tick goes on until it is let go. */
    private static final class StuckGame implements Game {
        private final CountDownLatch stuck = new CountDownLatch(1);
        private final CountDownLatch letGo = new CountDownLatch(1);

        @Override
        public Plan plan() {
            return new MeetGame().plan();
        }

        @Override
        public void join(World world, Player player) {}

        @Override
        public void leave(World world, Player player) {}

        @Override
        public void tick(World world) {
            stuck.countDown();
            try {
                letGo.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Test
    void shouldNotWaitForAWorldThatHangs(@TempDir Path other) throws Exception {
        StuckGame game = new StuckGame();
        try (Managed hanging = new Managed(other, Managed.admin(null, false), config -> config, game)) {
            game.stuck.await();
            AdminClient.Reply reply = hanging.operator().send("PATCH", ALL, "{\"tickRate\":50}");
            assertThat(reply.status()).isEqualTo(504);
            assertThat(reply.code()).isEqualTo("not-announced");
            assertThat(reply.message()).contains(hanging.instance());
            game.letGo.countDown();
        }
    }

    @Test
    void shouldLetThoseStayWhoAreMoreThanMayComeIn() throws Exception {
        try (Visitor ada = Visitor.join(managed.server(), "Ada");
                Visitor bo = Visitor.join(managed.server(), "Bo")) {
            String id = managed.instance();
            AdminClient.Reply reply =
                    managed.operator().send("PATCH", "/api/v1/instances/" + id + "/settings", "{\"maxPlayers\":1}");
            Json then = awaitTick(id, reply.json().get("atTick").number(0));
            assertThat(then.get("capacity").number(0)).isEqualTo(1);
            assertThat(then.get("metrics").get("connections").number(0)).isEqualTo(2);
            awaitLoad(id, 2);
            try (Visitor cy = Visitor.join(managed.server(), "Cy")) {
                cy.send("clock", 0);
                assertThat(managed.operator().get("/api/v1/instances").json().list())
                        .as("whoever comes now is taken to another instance")
                        .hasSize(2);
                assertThat(instance(id).get("state").get("players").number(0)).isEqualTo(2);
            }
            ada.send("clock", 0);
            bo.send("clock", 0);
        }
    }
}
