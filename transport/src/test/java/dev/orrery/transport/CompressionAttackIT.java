package dev.orrery.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Attackers who compress, where the server offers it. */
@Timeout(60)
final class CompressionAttackIT {
    private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover";
    private static final int COMPRESSED = 0x40;
    private static final long SLACK = 16 * Memory.MEGABYTE;

    private static Scene scene() throws IOException {
        return new Scene(c -> c.compression = true);
    }

    private static Attacker compressing(Scene scene) throws IOException {
        Attacker attacker = scene.attacker();
        assertThat(attacker.join(Scene.TARGET, OFFER)).startsWith("40/target,");
        return attacker;
    }

    /** As RFC 7692 wants it: raw deflate, flushed, without the four bytes that every flush ends with. */
    static byte[] deflate(String text) {
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            byte[] input = text.getBytes(StandardCharsets.UTF_8);
            deflater.setInput(input);
            byte[] out = new byte[input.length + 64];
            int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
            return Arrays.copyOf(out, length - 4);
        }
    }

    private static boolean send(Attacker attacker, String text) {
        return attacker.frame(Attacker.TEXT | COMPRESSED, deflate(text));
    }

    @Test
    void shouldSpeakCompressedBothWaysWithWhoAsksForIt() throws Exception {
        try (Scene scene = scene()) {
            Attacker honest = compressing(scene);
            for (int i = 1; i < 20; i++) {
                String argument = "\"" + "planet ".repeat(100 * i) + i + "\"";
                send(honest, "42/target,[\"say\"," + argument + "]");
                assertThat(honest.next()).isEqualTo("42/target,[\"said\"," + argument + "]");
            }
            honest.text("42/target,[\"say\",\"plain\"]");
            assertThat(honest.next()).isEqualTo("42/target,[\"said\",\"plain\"]");
            assertThat(honest.compressed()).isEqualTo(19);
        }
    }

    @Test
    void shouldCloseForAnInflateBombAndHoldNothingOfIt() throws Exception {
        try (Scene scene = scene()) {
            byte[] bomb = deflate("42/target,[\"say\",\"" + "x".repeat(20_000_000) + "\"]");
            assertThat(bomb.length).isLessThan(65_536);
            List<Attacker> attackers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                attackers.add(compressing(scene));
            }
            long before = Memory.used();
            for (Attacker attacker : attackers) {
                attacker.frame(Attacker.TEXT | COMPRESSED, bomb);
            }
            for (Attacker attacker : attackers) {
                assertThat(attacker.end()).isEqualTo("closed 1009");
            }
            assertThat(Memory.used() - before).isLessThan(SLACK);
            assertThat(scene.count(Counter.MESSAGES_TOO_LARGE)).isEqualTo(20);
            assertThat(scene.executed).hasValue(0);
        }
    }

    @Test
    void shouldCloseForAMessageThatInflatesOverTheLimitInFragments() throws Exception {
        try (Scene scene = scene()) {
            Attacker attacker = compressing(scene);
            byte[] bomb = deflate("42/target,[\"say\",\"" + "x".repeat(100_000) + "\"]");
            int half = bomb.length / 2;
            attacker.frame(0x01 | COMPRESSED, Arrays.copyOf(bomb, half));
            attacker.frame(0x80, Arrays.copyOfRange(bomb, half, bomb.length));
            assertThat(attacker.end()).isEqualTo("closed 1009");
            assertThat(scene.count(Counter.MESSAGES_TOO_LARGE)).isEqualTo(1);
            assertThat(scene.executed).hasValue(0);
        }
    }

    @Test
    void shouldCountBytesAsTheyAreInflated() throws Exception {
        try (Scene scene = scene()) {
            Attacker attacker = compressing(scene);
            for (int i = 0; i < 60; i++) {
                send(attacker, "42/target,[\"hear\",\"" + "x".repeat(60_000) + "\"]");
            }
            assertThat(attacker.end()).isEqualTo("closed 1008");
            assertThat(scene.count(Counter.MESSAGE_RATES_EXCEEDED)).isEqualTo(1);
        }
    }

    @Test
    void shouldCloseForWhatCannotBeInflated() throws Exception {
        try (Scene scene = scene()) {
            Attacker attacker = compressing(scene);
            attacker.frame(Attacker.TEXT | COMPRESSED, new byte[] {-1, -1, -1, -1, -1, -1, -1, -1});
            assertThat(attacker.end()).isEqualTo("closed 1002");
            assertThat(scene.count(Counter.FRAMES_MALFORMED)).isEqualTo(1);
        }
    }

    @Test
    void shouldCloseForCompressionThatWasNotAgreedOn() throws Exception {
        try (Scene scene = scene()) {
            Attacker attacker = scene.inside();
            attacker.frame(Attacker.TEXT | COMPRESSED, new byte[] {'3'});
            assertThat(attacker.end()).isEqualTo("closed 1002");
            Attacker control = compressing(scene);
            control.frame(Attacker.PING | COMPRESSED, new byte[0]);
            assertThat(control.end()).isEqualTo("closed 1002");
            assertThat(scene.count(Counter.FRAMES_MALFORMED)).isEqualTo(2);
            assertThat(scene.executed).hasValue(0);
        }
    }
}
