package dev.orrery.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.arena.Arena;
import dev.orrery.server.OrreryServer;
import dev.orrery.server.ServerConfig;
import dev.orrery.server.ServerCounter;
import dev.orrery.wire.Json;
import dev.orrery.world.Game;
import dev.orrery.world.GameFailedException;
import dev.orrery.world.Plan;
import dev.orrery.world.Player;
import dev.orrery.world.Replay;
import dev.orrery.world.World;
import dev.orrery.world.WorldCounter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A game that throws costs its own instance; players are told, and find another one. */
final class FailingGameIT {
    private static final class Failing implements Game {
        private final Game game = new Arena();
        private final boolean always;

        /** @param always whether it throws every eighth tick in which somebody is there, or only when Eve joins */
        Failing(boolean always) {
            this.always = always;
        }

        @Override
        public Plan plan() {
            return game.plan();
        }

        @Override
        public void join(World world, Player player) {
            game.join(world, player);
            if (player.name().equals("Eve")) {
                throw new IllegalStateException("as the test wants");
            }
        }

        @Override
        public void leave(World world, Player player) {
            game.leave(world, player);
        }

        @Override
        public void tick(World world) {
            if (always && !world.players().isEmpty() && world.tick() % 8 == 0) {
                throw new IllegalStateException("as the test wants");
            }
        }
    }

    @Test
    void shouldCloseTheInstanceAndOpenAnotherForWhoComesNext(@TempDir Path data) throws Exception {
        try (OrreryServer server = OrreryServer.start(ServerConfig.of("127.0.0.1", 0, data), new Failing(true))) {
            Pass ada = Pass.join(server, "Ada");
            ada.enter().awaitEnd();
            assertThat(server.count(ServerCounter.INSTANCES_FAILED)).isEqualTo(1);
            Pass bob = Pass.join(server, "Bob");
            assertThat(bob.namespace()).isNotEqualTo(ada.namespace());
            bob.enter().close();
        }
    }

    @Test
    void shouldTurnAwayWhomItCannotTakeInAndGoOnWithTheOthers(@TempDir Path data) throws Exception {
        try (OrreryServer server = OrreryServer.start(ServerConfig.of("127.0.0.1", 0, data), new Failing(false))) {
            Sailor ada = Sailor.join(server.url(), "Ada");
            Sailor eve = new Sailor(server.url(), "Eve");
            Json seat = eve.askForSeat();
            assertThat(seat.get("namespace").text("")).isEqualTo(ada.namespace());
            eve.connect(ada.namespace(), Map.of("ticket", seat.get("ticket").text("")));
            eve.await(Sailor::hasEnded);
            assertThat(eve.heard("closed"))
                    .singleElement()
                    .satisfies(
                            end -> assertThat(end.body().get("code").text("")).isEqualTo("game-failed"));
            assertThat(server.count(WorldCounter.GAME_FAILURES)).isEqualTo(1);
            assertThat(server.count(ServerCounter.INSTANCES_FAILED)).isZero();
            ada.awaitTicks(5);
            assertThat(ada.players()).hasSize(1);
            ada.leave();
        }
    }

    @Test
    void shouldKeepARecordingThatLeadsToTheSameEnd(@TempDir Path data) throws Exception {
        try (OrreryServer server = OrreryServer.start(ServerConfig.of("127.0.0.1", 0, data), new Failing(true))) {
            Pass.join(server, "Ada").enter().awaitEnd();
        }
        Path recording = awaitRecording(data.resolve("recordings"));
        Game game = new Failing(true);
        Replay replay = Replay.open(game, game.plan(), Files.readAllBytes(recording));
        assertThatThrownBy(replay::run)
                .isInstanceOf(GameFailedException.class)
                .hasMessageContaining("as the test wants");
        assertThat(recording.getFileName().toString())
                .endsWith("-" + (replay.world().tick() + 1) + ".orrery");
    }

    private static Path awaitRecording(Path folder) throws Exception {
        for (int i = 0; i < 1_000; i++) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    Optional<Path> kept = files.filter(file -> file.toString().endsWith(".orrery"))
                            .findFirst();
                    if (kept.isPresent()) {
                        return kept.get();
                    }
                }
            }
            Thread.sleep(10);
        }
        throw new AssertionError("no recording in " + folder);
    }
}
