package dev.orrery.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.arena.Arena;
import dev.orrery.server.OrreryServer;
import dev.orrery.server.ServerConfig;
import dev.orrery.server.ServerCounter;
import dev.orrery.world.WorldCounter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server is an object: two of them in one JVM share nothing. */
final class TwoServersIT {
    @Test
    void shouldRunTwiceInOneJvm(@TempDir Path one, @TempDir Path two) throws Exception {
        try (OrreryServer first = OrreryServer.start(ServerConfig.of("127.0.0.1", 0, one), new Arena());
                OrreryServer second = OrreryServer.start(ServerConfig.of("127.0.0.1", 0, two), new Arena())) {
            assertThat(first.port()).isNotEqualTo(second.port());
            Pass toFirst = Pass.join(first, "Ada");
            Pass toSecond = Pass.join(second, "Bob");
            try (PlainPlayer ada = toFirst.enter();
                    PlainPlayer bob = toSecond.enter()) {
                assertThat(ada.names()).containsExactly("Ada");
                assertThat(bob.names()).containsExactly("Bob");
                first.close();
                ada.awaitEnd();
                long tick = bob.tick();
                bob.awaitTick(tick + 5);
                assertThat(second.count(WorldCounter.JOINS)).isEqualTo(1);
            }
        }
    }

    @Test
    void shouldRefuseTheTicketOfAnotherServer(@TempDir Path one, @TempDir Path two) throws Exception {
        try (OrreryServer first = OrreryServer.start(ServerConfig.of("127.0.0.1", 0, one), new Arena());
                OrreryServer second = OrreryServer.start(ServerConfig.of("127.0.0.1", 0, two), new Arena())) {
            Pass own = Pass.join(second, "Bob");
            Pass foreign = own.with(Pass.join(first, "Ada").ticket());
            assertThat(foreign.refusal()).isEqualTo("ticket-forged");
            assertThat(own.with("").refusal()).isEqualTo("ticket-missing");
            own.enter().close();
            assertThat(own.refusal()).isEqualTo("ticket-used");
            assertThat(second.count(ServerCounter.TICKETS_REFUSED)).isEqualTo(3);
        }
    }
}
