package dev.orrery.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.arena.Arena;
import dev.orrery.server.OrreryServer;
import dev.orrery.server.ServerConfig;
import dev.orrery.server.ServerCounter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that goes, under load. */
final class DrainIT {
    private static final int PLAYERS = 100;
    private static final long PATIENCE_SECONDS = 30;

    private static OrreryServer start(int port, Path data) throws Exception {
        return OrreryServer.start(
                ServerConfig.of("127.0.0.1", port, data).withTransport(transport -> transport.reusePort = true),
                new Arena());
    }

    @Test
    void shouldTellEveryoneBeforeItEndsThem(@TempDir Path data) throws Exception {
        try (OrreryServer server = start(0, data)) {
            List<Sailor> sailors = new ArrayList<>();
            for (int i = 0; i < PLAYERS; i++) {
                sailors.add(Sailor.join(server.url(), "Sailor " + i));
            }
            CompletableFuture<Void> drained = drain(server, Duration.ofSeconds(3));
            for (Sailor sailor : sailors) {
                sailor.await(me -> !me.heard("draining").isEmpty());
                assertThat(sailor.hasEnded()).isFalse();
            }
            long tick = sailors.getFirst().tick();
            sailors.getFirst().await(me -> me.tick() > tick + 3); // play goes on meanwhile
            for (Sailor sailor : sailors) {
                sailor.await(Sailor::hasEnded);
                assertThat(sailor.heard())
                        .extracting(Sailor.Event::name)
                        .containsSubsequence("welcome", "state", "draining", "closed");
                assertThat(sailor.heard("closed").getFirst().body().get("code").text(""))
                        .isEqualTo("instance-closed");
                assertThat(sailor.heard("draining")
                                .getFirst()
                                .body()
                                .get("inMillis")
                                .number(0))
                        .isBetween(2_000.0, 3_000.0);
            }
            drained.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Test
    void shouldEndAtOnceWhenEverybodyHasLeft(@TempDir Path data) throws Exception {
        try (OrreryServer server = start(0, data)) {
            Sailor ada = Sailor.join(server.url(), "Ada");
            CompletableFuture<Void> drained = drain(server, Duration.ofMinutes(10));
            ada.await(me -> !me.heard("draining").isEmpty());
            assertThat(drained.isDone()).isFalse();
            ada.leave();
            drained.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(ada.heard("closed")).isEmpty();
        }
    }

    /** A second process on the same port takes all of them, while the first still serves those who stay. */
    @Test
    void shouldHandOverToASecondNodeOnTheSamePort(@TempDir Path oldData, @TempDir Path newData) throws Exception {
        try (OrreryServer old = start(0, oldData)) {
            List<Sailor> sailors = new ArrayList<>();
            for (int i = 0; i < PLAYERS; i++) {
                sailors.add(Sailor.join(old.url(), "Sailor " + i));
            }
            try (OrreryServer fresh = start(old.port(), newData)) {
                CompletableFuture<Void> drained = drain(old, Duration.ofSeconds(20));
                for (Sailor sailor : sailors) {
                    sailor.await(me -> !me.heard("draining").isEmpty());
                }
                for (Sailor sailor : sailors.subList(0, PLAYERS / 2)) {
                    assertThat(sailor.hasEnded()).isFalse();
                    sailor.leave();
                    sailor.join();
                }
                for (Sailor stays : sailors.subList(PLAYERS / 2, PLAYERS)) {
                    stays.awaitTicks(1);
                }
                for (Sailor sailor : sailors.subList(PLAYERS / 2, PLAYERS)) {
                    sailor.leave();
                    sailor.join();
                }
                drained.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertThat(fresh.count(ServerCounter.TICKETS_ISSUED)).isEqualTo(PLAYERS);
                sailors.getFirst().await(me -> me.players().size() == PLAYERS);
                sailors.forEach(Sailor::close);
            }
        }
    }

    /** In a thread of its own: the HTTP client needs the common pool, which has one thread on two cores. */
    private static CompletableFuture<Void> drain(OrreryServer server, Duration limit) {
        CompletableFuture<Void> drained = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                server.drain(limit);
                drained.complete(null);
            } catch (InterruptedException e) {
                drained.completeExceptionally(e);
            }
        });
        return drained;
    }
}
