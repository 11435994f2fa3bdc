package dev.orrery.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.arena.Arena;
import dev.orrery.arena.rules.Harbour;
import dev.orrery.rules.DMath;
import dev.orrery.server.InstanceConfig;
import dev.orrery.server.OrreryServer;
import dev.orrery.server.ServerConfig;
import dev.orrery.server.ServerCounter;
import dev.orrery.server.SettingsPatch;
import dev.orrery.wire.Json;
import dev.orrery.world.WorldCounter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several harbours on one node, over real sockets. */
final class InstancesIT {
    @TempDir
    private Path data;

    private OrreryServer start(int maxInstances, int maxPlayers) throws Exception {
        InstanceConfig config = InstanceConfig.DEFAULT;
        return OrreryServer.start(
                ServerConfig.of("127.0.0.1", 0, data)
                        .withSettings(new SettingsPatch(null, null, null, null, maxPlayers, null))
                        .withInstances(new InstanceConfig(
                                maxInstances,
                                10_000,
                                2_000,
                                4_000,
                                config.drainMillis(),
                                config.hangAfterMillis(),
                                config.loadLimits())),
                new Arena());
    }

    @Test
    void shouldOpenAnotherInstanceForThe101stAndFillTheLeastLoaded() throws Exception {
        try (OrreryServer server = start(2, 100)) {
            List<Sailor> sailors = new ArrayList<>();
            try {
                for (int i = 0; i < 100; i++) {
                    sailors.add(Sailor.join(server.url(), "Sailor " + i));
                }
                Set<String> first = sailors.stream().map(Sailor::namespace).collect(Collectors.toSet());
                assertThat(first).hasSize(1);
                Sailor next = Sailor.join(server.url(), "Sailor 100");
                sailors.add(next);
                assertThat(first).doesNotContain(next.namespace());
                sailors.removeFirst().close();
                sailors.getFirst().await(me -> me.players().size() == 99);
                Sailor last = Sailor.join(server.url(), "Sailor 101");
                sailors.add(last);
                assertThat(last.namespace()).as("the least loaded").isEqualTo(next.namespace());
                assertThat(server.count(ServerCounter.INSTANCES_OPENED)).isEqualTo(2);
            } finally {
                sailors.forEach(Sailor::close);
            }
        }
    }

    @Test
    void shouldRefuseWhoFindsAllOfAsManyInstancesAsAllowedFull() throws Exception {
        try (OrreryServer server = start(2, 1);
                Sailor ada = Sailor.join(server.url(), "Ada");
                Sailor bob = Sailor.join(server.url(), "Bob")) {
            assertThat(ada.namespace()).isNotEqualTo(bob.namespace());
            assertThat(new Sailor(server.url(), "Cy").askForSeat().get("code").text(""))
                    .isEqualTo("full");
            ada.leave();
            // The seat is free as soon as the world has let her go.
            for (int tries = 0; new Sailor(server.url(), "Cy").askForSeat().get("code") != Json.NULL; tries++) {
                assertThat(tries).isLessThan(200);
                bob.awaitTicks(1);
            }
        }
    }

    @Test
    void shouldTellPlayersOfTheirOwnInstanceOnly() throws Exception {
        try (OrreryServer server = start(2, 2);
                Sailor ada = Sailor.join(server.url(), "Ada");
                Sailor bob = Sailor.join(server.url(), "Bob");
                Sailor cy = Sailor.join(server.url(), "Cy");
                Sailor dee = Sailor.join(server.url(), "Dee")) {
            assertThat(ada.namespace()).isEqualTo(bob.namespace()).isNotEqualTo(cy.namespace());
            for (int i = 0; i < 30; i++) {
                ada.steer(1, 0);
                dee.steer(0, 1);
                cy.awaitTicks(1);
            }
            for (Sailor sailor : List.of(ada, bob, cy, dee)) {
                assertThat(sailor.heard()).extracting(Sailor.Event::namespace).containsOnly(sailor.namespace());
                assertThat(sailor.players()).hasSize(2);
                assertThat(sailor.welcome().get("instance").text(""))
                        .isEqualTo(sailor.namespace().substring("/arena/".length()));
            }
            assertThat(names(ada)).containsExactlyInAnyOrder("Ada", "Bob");
            assertThat(names(dee)).containsExactlyInAnyOrder("Cy", "Dee");
        }
    }

    @Test
    void shouldTakePlayerThroughTheGateWithTheShipTheyHave() throws Exception {
        try (OrreryServer server = start(2, 100);
                Sailor ada = Sailor.join(server.url(), "Ada");
                Sailor bob = Sailor.join(server.url(), "Bob")) {
            String player = ada.player();
            String session = ada.session();
            double hue = ada.ship("hue");
            double seed = ada.ship("seed");
            sailToGate(ada);
            ada.await(me -> !me.heard("moved").isEmpty());
            bob.await(me -> !me.players().containsKey(player));
            Json moved = ada.heard("moved").getFirst().body();
            assertThat(moved.get("namespace").text("")).isNotEqualTo(bob.namespace());
            ada.await(Sailor::hasEnded);
            // Also who missed that word is sent there, when coming back with the old session.
            ada.connect(bob.namespace(), Map.of("session", session));
            ada.await(me -> me.heard("moved").size() == 2);
            ada.enter(ada.heard("moved").getLast().body());
            assertThat(ada.player()).isEqualTo(player);
            assertThat(ada.ship("hue")).isEqualTo(hue);
            assertThat(ada.ship("seed")).isEqualTo(seed);
            assertThat(ada.namespace()).isNotEqualTo(bob.namespace());
            double y = ada.ship("y");
            ada.steer(0, y < 1000 ? 1 : -1);
            ada.await(me -> Math.abs(me.ship("y") - y) > 30);
            assertThat(server.count(ServerCounter.PLAYERS_MOVED)).isEqualTo(1);
            assertThat(server.count(ServerCounter.PLAYERS_RETURNED)).isZero();
        }
    }

    @Test
    void shouldBringBackWhomNoOtherInstanceTakes() throws Exception {
        try (OrreryServer server = start(1, 100);
                Sailor ada = Sailor.join(server.url(), "Ada")) {
            String home = ada.namespace();
            String player = ada.player();
            sailToGate(ada);
            ada.await(me -> !me.heard("moved").isEmpty());
            ada.enter(ada.heard("moved").getFirst().body());
            assertThat(ada.namespace()).isEqualTo(home);
            assertThat(ada.player()).isEqualTo(player);
            assertThat(ada.players()).hasSize(1);
            assertThat(server.count(ServerCounter.PLAYERS_RETURNED)).isEqualTo(1);
        }
    }

    /** A flood of inputs gives no speed beyond everybody's, and costs nobody an input; to the bit: {@code FloodTest}. */
    @Test
    void shouldMoveFlooderNoFasterThanAnybodyElse() throws Exception {
        try (OrreryServer server = start(1, 100);
                Sailor flooder = Sailor.join(server.url(), "Flooder");
                Sailor honest = Sailor.join(server.url(), "Honest")) {
            double fastest = 0;
            for (int t = 0; t < 40; t++) {
                for (int i = 0; i < 8; i++) {
                    flooder.steer(towardsMiddle(flooder), 0);
                }
                honest.steer(towardsMiddle(honest), t % 2 * 0.5);
                honest.await(Sailor::isAcked);
                fastest = Math.max(fastest, DMath.hypot(flooder.ship("vx"), flooder.ship("vy")));
            }
            assertThat(fastest).isBetween(10.0, 22.6);
            assertThat(server.count(WorldCounter.INPUTS_MALFORMED)).isZero();
            assertThat(server.count(WorldCounter.INPUTS_STALE)).isZero();
        }
    }

    private static double towardsMiddle(Sailor sailor) {
        return sailor.ship("x") < 1000 ? 1 : -1;
    }

    private static List<String> names(Sailor sailor) {
        return sailor.players().values().stream()
                .map(player -> player.get("name").text(""))
                .toList();
    }

    /** Steers for the nearer gate, round the island if it is in the way, until the ship is gone. */
    private static void sailToGate(Sailor sailor) throws Exception {
        for (int t = 0; t < 600 && sailor.heard("moved").isEmpty(); t++) {
            double x = sailor.ship("x");
            double y = sailor.ship("y");
            if (!Double.isNaN(x)) {
                Course.Point goal = Course.toNearestGate(x, y);
                double length = Math.max(1, DMath.hypot(goal.x() - x, goal.y() - y));
                sailor.steer((goal.x() - x) / length, (goal.y() - y) / length);
            }
            long before = sailor.tick();
            sailor.await(me -> me.tick() > before || me.hasEnded());
        }
    }

    /** Ways through the harbour that no rock or wall is in. */
    private static final class Course {
        private static final double NEAR = 40;

        record Point(double x, double y) {}

        private Course() {}

        static Point toNearestGate(double x, double y) {
            List<Harbour.Gate> gates = new Harbour().gates;
            Harbour.Gate gate = gates.stream()
                    .min((a, b) -> Double.compare(distance(a, x, y), distance(b, x, y)))
                    .orElseThrow();
            // First to the column of the gate along a free row, then straight to it.
            boolean top = gate.y() < 1000;
            double row = top ? 440 : 1570;
            if (Math.abs(x - gate.x()) > NEAR) {
                boolean between = top ? y < row + NEAR : y > row - NEAR;
                return between || Math.abs(y - row) < NEAR ? new Point(gate.x(), row) : new Point(x, row);
            }
            return new Point(gate.x(), gate.y());
        }

        private static double distance(Harbour.Gate gate, double x, double y) {
            return DMath.hypot(gate.x() - x, gate.y() - y);
        }
    }
}
