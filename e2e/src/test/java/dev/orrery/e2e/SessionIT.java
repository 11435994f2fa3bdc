package dev.orrery.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.arena.Arena;
import dev.orrery.server.InstanceConfig;
import dev.orrery.server.OrreryServer;
import dev.orrery.server.ServerConfig;
import dev.orrery.server.ServerCounter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Players on a bad line, over real sockets. The 1,000 drops in virtual time are {@code SessionsTest}'s. */
final class SessionIT {
    private static final int GRACE_MILLIS = 3_000;

    @TempDir
    private Path data;

    private OrreryServer server;

    @BeforeEach
    void start() throws Exception {
        InstanceConfig config = InstanceConfig.DEFAULT;
        server = OrreryServer.start(
                ServerConfig.of("127.0.0.1", 0, data)
                        .withInstances(new InstanceConfig(
                                4,
                                GRACE_MILLIS,
                                config.hibernateAfterMillis(),
                                config.closeAfterMillis(),
                                config.drainMillis(),
                                config.hangAfterMillis(),
                                config.loadLimits())),
                new Arena());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldGiveBackPlayerAndShipWhoeverWatches() throws Exception {
        try (Sailor ada = Sailor.join(server.url(), "Ada");
                Sailor bob = Sailor.join(server.url(), "Bob")) {
            String player = ada.player();
            int actor = ada.actor();
            for (int drop = 0; drop < 20; drop++) {
                ada.steer(1, 0);
                ada.awaitTicks(2);
                String session = ada.session();
                ada.drop();
                if (drop % 2 == 0) {
                    bob.await(me -> me.isAway(player));
                    assertThat(bob.actors()).containsKey(actor);
                }
                assertThat(ada.resume(session)).isEqualTo("accepted");
                assertThat(ada.player()).isEqualTo(player);
                assertThat(ada.actor()).isEqualTo(actor);
                assertThat(ada.session()).isNotEqualTo(session);
                bob.await(me -> !me.isAway(player));
                assertThat(bob.players()).hasSize(2);
            }
            ada.leave();
            bob.await(me -> !me.actors().containsKey(actor));
            assertThat(server.count(ServerCounter.SESSIONS_RESUMED)).isEqualTo(20);
        }
    }

    @Test
    void shouldTakeShipAwayWhenTheGraceIsOver() throws Exception {
        try (Sailor ada = Sailor.join(server.url(), "Ada");
                Sailor bob = Sailor.join(server.url(), "Bob")) {
            int actor = ada.actor();
            String session = ada.session();
            long droppedAt = System.nanoTime();
            ada.drop();
            bob.await(me -> !me.actors().containsKey(actor));
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - droppedAt))
                    .isBetween((long) GRACE_MILLIS - 200, 10L * GRACE_MILLIS);
            assertThat(ada.resume(session)).isEqualTo("session-unknown");
            ada.join();
            assertThat(ada.actor()).isNotEqualTo(actor);
        }
    }

    @Test
    void shouldMakeAStolenSessionUselessOnceItIsRenewed() throws Exception {
        try (Sailor ada = Sailor.join(server.url(), "Ada");
                Sailor eve = new Sailor(server.url(), "Eve")) {
            String stolen = ada.session();
            ada.drop();
            assertThat(ada.resume(stolen)).isEqualTo("accepted");
            ada.emit("welcomed", Map.of());
            ada.steer(0, 1);
            ada.await(me -> me.ship("vy") > 0);
            eve.connect(ada.namespace(), Map.of());
            eve.await(me -> !me.isPlaying());
            eve.drop();
            assertThat(eve.resume(stolen)).isEqualTo("session-unknown");
            ada.awaitTicks(3);
            assertThat(ada.hasEnded()).isFalse();
        }
    }

    @Test
    void shouldLetTheNewestConnectionTakeOverAndSayWhy() throws Exception {
        try (Sailor ada = Sailor.join(server.url(), "Ada");
                Sailor second = new Sailor(server.url(), "Ada")) {
            second.connect(ada.namespace(), Map.of("session", ada.session()));
            ada.await(Sailor::hasEnded);
            assertThat(ada.heard("closed"))
                    .singleElement()
                    .satisfies(event ->
                            assertThat(event.body().get("code").text("")).isEqualTo("taken-over"));
            second.await(Sailor::isPlaying);
            assertThat(second.player()).isEqualTo(ada.player());
            assertThat(second.players()).hasSize(1);
            assertThat(second.actor()).isEqualTo(ada.actor());
        }
    }

    @Test
    void shouldRefuseByCode() throws Exception {
        try (Sailor ada = Sailor.join(server.url(), "Ada");
                Sailor eve = new Sailor(server.url(), "Eve")) {
            assertThat(refusal(eve, ada.namespace(), Map.of())).isEqualTo("ticket-missing");
            assertThat(refusal(eve, ada.namespace(), Map.of("session", "guess")))
                    .isEqualTo("session-unknown");
            assertThat(refusal(eve, ada.namespace(), Map.of("session", 7))).isEqualTo("ticket-missing");
            assertThat(refusal(eve, "/arena/nowhere1", Map.of("session", ada.session())))
                    .isEqualTo("Invalid namespace");
            String hash = ada.welcome().get("hash").text("");
            assertThat(hash).matches("[0-9a-f]{16}");
            assertThat(refusal(eve, ada.namespace(), Map.of("session", ada.session(), "hash", "0123456789abcdef")))
                    .isEqualTo("outdated");
            assertThat(refusal(eve, ada.namespace(), Map.of("session", ada.session(), "hash", hash)))
                    .isEqualTo("accepted");
        }
    }

    private static String refusal(Sailor sailor, String namespace, Map<String, Object> auth) throws Exception {
        List<String> code = new ArrayList<>();
        sailor.connect(namespace, auth);
        sailor.await(me -> {
            code.add(me.isPlaying() ? "accepted" : me.refusal());
            return !code.getLast().isEmpty();
        });
        sailor.drop();
        return code.getLast();
    }
}
