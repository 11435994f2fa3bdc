package dev.orrery.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.arena.Arena;
import dev.orrery.server.OrreryServer;
import dev.orrery.server.ServerConfig;
import dev.orrery.server.ServerCounter;
import dev.orrery.world.Game;
import dev.orrery.world.Plan;
import dev.orrery.world.Player;
import dev.orrery.world.World;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A game that throws costs its own instance; players are told, and find another one. */
final class FailingGameIT {
    private static final class Failing implements Game {
        private final Game game = new Arena();

        @Override
        public Plan plan() {
            return game.plan();
        }

        @Override
        public void join(World world, Player player) {
            game.join(world, player);
        }

        @Override
        public void leave(World world, Player player) {
            game.leave(world, player);
        }

        @Override
        public void tick(World world) {
            if (!world.players().isEmpty() && world.tick() % 8 == 0) {
                throw new IllegalStateException("as the test wants");
            }
        }
    }

    @Test
    void shouldCloseTheInstanceAndOpenAnotherForWhoComesNext(@TempDir Path data) throws Exception {
        try (OrreryServer server = OrreryServer.start(ServerConfig.of("127.0.0.1", 0, data), new Failing())) {
            Pass ada = Pass.join(server, "Ada");
            ada.enter().awaitEnd();
            assertThat(server.count(ServerCounter.INSTANCES_FAILED)).isEqualTo(1);
            Pass bob = Pass.join(server, "Bob");
            assertThat(bob.namespace()).isNotEqualTo(ada.namespace());
            bob.enter().close();
        }
    }
}
