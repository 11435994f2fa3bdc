package dev.orrery.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.wire.PacketLimits;
import dev.orrery.wire.WireException.Reason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attackers who send, or only announce, more than they may. */
@Timeout(60)
final class SizeAttackIT {
    private static final int MANY = 500;
    /** What a few hundred connections and sessions may weigh, without what they announce. */
    private static final long SLACK = 16 * Memory.MEGABYTE;

    private static final String PLACEHOLDER = "{\"_placeholder\":true,\"num\":0}";

    @Test
    void shouldRefuseAMillionAttachmentsWhenTheyAreAnnounced() throws Exception {
        try (Scene scene = new Scene()) {
            for (String count : List.of("1000000", "11", "999999999", "2147483648", "99999999999999999999")) {
                Attacker attacker = scene.inside();
                attacker.text("45" + count + "-/target,[\"say\"," + PLACEHOLDER + "]");
                assertThat(attacker.next()).as(count).isEqualTo("closed 1002");
            }
            assertThat(scene.count(Reason.TOO_MANY_ATTACHMENTS)).isEqualTo(5);
            assertThat(scene.executed).hasValue(0);
        }
    }

    @Test
    void shouldHoldNothingForAttachmentsThatNeverCome() throws Exception {
        try (Scene scene = new Scene()) {
            long before = Memory.used();
            for (int i = 0; i < MANY; i++) {
                Attacker attacker = scene.inside();
                attacker.text("4510-/target,[\"say\"," + PLACEHOLDER + "]");
            }
            assertThat(Memory.used() - before).isLessThan(SLACK);
            assertThat(scene.target.socketCount()).isEqualTo(MANY);
            assertThat(scene.executed).hasValue(0);
        }
    }

    @Test
    void shouldCloseForAttachmentsThatTogetherAreTooLarge() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.inside();
            attacker.text("4510-/target,[\"say\"," + PLACEHOLDER + "]");
            for (int i = 0; i < 5; i++) {
                attacker.frame(Attacker.BINARY, new byte[60_000]);
            }
            assertThat(attacker.next()).isEqualTo("closed 1002");
            assertThat(scene.count(Reason.TOO_LARGE)).isEqualTo(1);
        }
    }

    @Test
    void shouldCloseForAFrameOverTheLimit() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.inside();
            attacker.text("42/target,[\"say\",\"" + "x".repeat(65_536) + "\"]");
            assertThat(attacker.next()).isEqualTo("closed 1009");
            assertThat(scene.count(Counter.MESSAGES_TOO_LARGE)).isEqualTo(1);
            assertThat(scene.executed).hasValue(0);
        }
    }

    @Test
    void shouldHoldNothingForFramesThatAreOnlyAnnounced() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker absurd = scene.inside();
            absurd.send(new byte[] {(byte) 0x82, (byte) 0xFF, 0x7F, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0});
            assertThat(absurd.next()).isEqualTo("closed 1009");
            long before = Memory.used();
            for (int i = 0; i < MANY; i++) { // 65,280 bytes, as large as a frame may be
                scene.inside().send(new byte[] {(byte) 0x82, (byte) 0xFE, -1, 0, 0, 0, 0, 0, 1});
            }
            assertThat(Memory.used() - before).isLessThan(SLACK);
            assertThat(scene.target.socketCount()).isEqualTo(MANY);
        }
    }

    @Test
    void shouldCloseForFragmentsThatTogetherAreOverTheLimit() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.inside();
            attacker.frame(0x02, new byte[30_000]);
            attacker.frame(0x00, new byte[30_000]);
            attacker.frame(0x80, new byte[30_000]);
            assertThat(attacker.next()).isEqualTo("closed 1009");
            assertThat(scene.count(Counter.MESSAGES_TOO_LARGE)).isEqualTo(1);
        }
    }

    @Test
    void shouldRefuseABodyOverTheLimitAndEndItsSession() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.attacker();
            String sid = attacker.enter(Scene.TARGET);
            assertThat(attacker.post(sid, "4" + "x".repeat(65_536)).status()).isEqualTo(413);
            attacker.awaitEnd();
            assertThat(scene.attacker().poll(sid).status()).isEqualTo(400);
            assertThat(scene.count(Counter.BODIES_TOO_LARGE)).isEqualTo(1);
            assertThat(scene.count(Counter.MESSAGES_TOO_LARGE)).isEqualTo(1);
        }
    }

    /** An honest answer, an end of the connection, and no byte allocated: whoever announces two gigabytes never gets to send them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 2147483647",
                "Content-Length: 9223372036854775807",
                "Content-Length: 2147483647\r\nExpect: 100-continue"
            })
    void shouldRefuseABodyThatIsAnnouncedTooLarge(String announcement) throws Exception {
        try (Scene scene = new Scene()) {
            long before = Memory.used();
            List<Attacker> attackers = scene.attackers(50);
            for (Attacker attacker : attackers) {
                attacker.send(
                        "POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\n" + announcement + "\r\n\r\n");
                assertThat(attacker.response().status()).isEqualTo(413);
            }
            for (Attacker attacker : attackers) {
                attacker.awaitEnd();
            }
            assertThat(Memory.used() - before).isLessThan(SLACK);
            assertThat(scene.count(Counter.BODIES_TOO_LARGE)).isEqualTo(50);
        }
    }

    @Test
    void shouldHoldNothingForBodiesThatAreOnlyAnnounced() throws Exception {
        try (Scene scene = new Scene()) {
            long before = Memory.used();
            List<Attacker> attackers = scene.attackers(MANY);
            for (Attacker attacker : attackers) {
                attacker.send("POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\n"
                        + "Content-Length: 65536\r\n\r\n4");
            }
            Scene.await("all are connected", () -> scene.server.connectionCount() >= MANY);
            assertThat(Memory.used() - before).isLessThan(SLACK);
        }
    }

    @Test
    void shouldRefuseAChunkedBodyOverTheLimit() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.attacker();
            attacker.send("POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 20; i++) {
                attacker.send("1000\r\n" + "x".repeat(4_096) + "\r\n");
            }
            assertThat(attacker.response().status()).isEqualTo(413);
            attacker.awaitEnd();
            assertThat(scene.count(Counter.BODIES_TOO_LARGE)).isEqualTo(1);
        }
    }

    /** Each chunk of one byte may not keep the buffer alive in which it was received. */
    @Test
    void shouldHoldLittleForBodiesInTinyChunks() throws Exception {
        try (Scene scene = new Scene()) {
            List<Attacker> attackers = scene.attackers(50);
            for (Attacker attacker : attackers) {
                attacker.send("POST /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n");
            }
            long before = Memory.used();
            for (int round = 0; round < 900; round++) {
                for (Attacker attacker : attackers) {
                    attacker.send("1\r\nx\r\n");
                }
            }
            assertThat(Memory.used() - before).isLessThan(SLACK);
        }
    }

    @Test
    void shouldNotEchoTwoHundredThousandNestedArrays() throws Exception {
        try (Scene scene = Scene.withLimits(l -> {
            l.maxPayloadBytes = 524_288;
            l.packet = new PacketLimits(128, 10, 524_288, 32);
        })) {
            int depth = 200_000;
            String nested = "[".repeat(depth) + "]".repeat(depth);
            for (String event : List.of("[\"say\"," + nested + "]", nested, "[\"say\",{\"a\":" + nested + "}]")) {
                Attacker attacker = scene.inside();
                attacker.text("42/target," + event);
                assertThat(attacker.next()).isEqualTo("closed 1002");
            }
            assertThat(scene.count(Reason.TOO_DEEP)).isEqualTo(3);
            assertThat(scene.executed).hasValue(0);
            Attacker honest = scene.inside();
            String deepest = "[".repeat(31) + "]".repeat(31);
            honest.text("42/target,[\"say\"," + deepest + "]");
            assertThat(honest.next()).isEqualTo("42/target,[\"said\"," + deepest + "]");
        }
    }

    @Test
    void shouldRefuseANamespaceNameOfFiftyKilobytes() throws Exception {
        try (Scene scene = new Scene()) {
            List<String> packets = new ArrayList<>();
            for (String type : List.of("40", "41", "42", "43", "44", "451-", "461-")) {
                packets.add(type + "/" + "n".repeat(50_000) + ",");
            }
            for (String packet : packets) {
                Attacker attacker = scene.attacker();
                attacker.upgrade("");
                attacker.next();
                attacker.text(packet);
                assertThat(attacker.next()).isEqualTo("closed 1002");
            }
            assertThat(scene.count(Reason.BAD_NAMESPACE)).isEqualTo(packets.size());
            assertThat(scene.count(Counter.UNKNOWN_NAMESPACE)).isZero();
        }
    }
}
