package dev.orrery.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.arena.Arena;
import dev.orrery.arena.rules.Drive;
import dev.orrery.arena.rules.Ship;
import dev.orrery.server.AdminConfig;
import dev.orrery.server.OrreryServer;
import dev.orrery.server.ServerConfig;
import dev.orrery.testkit.Network;
import dev.orrery.testkit.Run;
import dev.orrery.testkit.Script;
import dev.orrery.testkit.Simulation;
import dev.orrery.wire.Json;
import dev.orrery.world.Game;
import dev.orrery.world.Player;
import dev.orrery.world.Replay;
import dev.orrery.world.World;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One scenario, in virtual time and over sockets: it comes to the same, and both can be replayed. */
final class ScenarioIT {
    private final Map<String, Script> scenario = new LinkedHashMap<>();

    ScenarioIT() {
        scenario.put(
                "Ada",
                new Script()
                        .hold(towards(-1, -1))
                        .forSeconds(1)
                        .cut()
                        .forSeconds(1)
                        .back()
                        .hold(towards(-1, -1))
                        .forSeconds(6));
        scenario.put("Bob", new Script().hold(towards(1, 1)).forSeconds(4).cut());
        scenario.put("Eve", new Script().hold(towards(1, 0)).forSeconds(3).leave());
    }

    private static Drive towards(double x, double y) {
        Drive drive = new Drive();
        drive.x = x;
        drive.y = y;
        return drive;
    }

    /** Who is there, whether they are away, and how many ships there are. */
    private static Map<String, String> outcome(World world) {
        Map<String, String> outcome = new TreeMap<>();
        for (Player player : world.players()) {
            outcome.put(player.name(), player.isAway() ? "away" : "here");
            assertThat(player.actor()).isInstanceOf(Ship.class);
        }
        outcome.put("ships", String.valueOf(world.all(Ship.class).size()));
        return outcome;
    }

    private static Ship ship(World world, String name) {
        return world.players().stream()
                .filter(player -> player.name().equals(name))
                .map(player -> (Ship) player.actor())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldComeToTheSameInVirtualTimeAndOverSockets(@TempDir Path data) throws Exception {
        Simulation simulation =
                Simulation.of(new Arena()).network(Network.perfect()).seconds(9);
        scenario.forEach((name, script) -> simulation.player(name, same -> script));
        Run run = simulation.run();
        assertThat(outcome(run.world()))
                .containsEntry("Ada", "here")
                .containsEntry("Bob", "away")
                .doesNotContainKey("Eve");

        byte[] recording = playOverSockets(data);
        Game game = new Arena();
        Replay replay = Replay.open(game, game.plan(), recording);
        assertThat(replay.run()).isNull();
        assertThat(replay.compared()).isGreaterThan(5);
        assertThat(outcome(replay.world())).isEqualTo(outcome(run.world()));
        for (World world : List.of(run.world(), replay.world())) {
            assertThat(ship(world, "Ada").x).isLessThan(ship(world, "Bob").x - 300);
        }
    }

    // ---- over sockets ----

    private record Due(double seconds, String name, Script.Step step) {}

    /** Plays it in real time; the recording as the management API gives it. */
    private byte[] playOverSockets(Path data) throws Exception {
        ServerConfig config = ServerConfig.of("127.0.0.1", 0, data);
        ServerConfig managed = new ServerConfig(
                config.transport(),
                data,
                config.region(),
                config.workers(),
                config.settings(),
                config.joins(),
                config.instances(),
                new AdminConfig("127.0.0.1", 0, null, false, Set.of(), ""));
        try (OrreryServer server = OrreryServer.start(managed, new Arena())) {
            Map<String, Sailor> sailors = new LinkedHashMap<>();
            for (String name : scenario.keySet()) {
                sailors.put(name, Sailor.join(server.url(), name));
            }
            List<Due> dues = new ArrayList<>();
            scenario.forEach((name, script) ->
                    script.steps().forEach(step -> dues.add(new Due(step.seconds(), name, step))));
            dues.sort(Comparator.comparingDouble(Due::seconds));
            Map<String, Drive> held = new LinkedHashMap<>();
            long begun = System.nanoTime();
            int done = 0;
            while (done < dues.size() || seconds(begun) < 8.5) {
                while (done < dues.size() && dues.get(done).seconds() <= seconds(begun)) {
                    Due due = dues.get(done++);
                    act(Objects.requireNonNull(sailors.get(due.name())), due, held);
                }
                held.forEach((name, drive) ->
                        Objects.requireNonNull(sailors.get(name)).steer(drive.x, drive.y));
                TimeUnit.MILLISECONDS.sleep(100);
            }
            byte[] recording = fetchRecording(server, data);
            sailors.values().forEach(Sailor::close);
            return recording;
        }
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void act(Sailor sailor, Due due, Map<String, Drive> held) throws Exception {
        switch (due.step()) {
            case Script.Hold hold -> held.put(due.name(), (Drive) hold.input());
            case Script.Cut _ -> {
                held.remove(due.name());
                sailor.drop();
            }
            case Script.Back _ -> assertThat(sailor.resume(sailor.session())).isEqualTo("accepted");
            case Script.Leave _ -> {
                held.remove(due.name());
                sailor.leave();
            }
        }
    }

    private static byte[] fetchRecording(OrreryServer server, Path data) throws Exception {
        String token = Files.readString(data.resolve("admin-token")).strip();
        String base = "http://127.0.0.1:" + server.adminPort() + "/api/v1/instances";
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder().header("Authorization", "Bearer " + token);
            Json instances =
                    Json.parse(http.send(request.uri(URI.create(base)).build(), HttpResponse.BodyHandlers.ofString())
                            .body());
            String id = instances.get(0).get("id").text("");
            HttpResponse<byte[]> response = http.send(
                    request.uri(URI.create(base + "/" + id + "/recording")).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(response.statusCode()).isEqualTo(200);
            return response.body();
        }
    }
}
