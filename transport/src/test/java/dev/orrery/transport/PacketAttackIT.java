package dev.orrery.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.wire.WireException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attackers who send what is wrong in itself. */
@Timeout(60)
final class PacketAttackIT {

    @Test
    void shouldKnowAPacketForEveryReason() {
        // Words are known to whoever serves the socket; server has a test of its own for them.
        assertThat(Malformed.allOverPolling().map(Malformed::reason))
                .contains(EnumSet.complementOf(EnumSet.of(Reason.BAD_WORD)).toArray(Reason[]::new));
    }

    @Test
    void shouldCloseForMalformedPacketsOfEveryKindOverWebSocket() throws Exception {
        try (Scene scene = new Scene()) {
            List<Malformed> all = Malformed.all().toList();
            for (Malformed malformed : all) {
                long before = scene.count(malformed.reason());
                Attacker attacker = scene.inside();
                for (String packet : malformed.packets()) {
                    if (packet.startsWith("b")) {
                        attacker.frame(Attacker.BINARY, Base64.getDecoder().decode(packet.substring(1)));
                    } else {
                        attacker.text(packet);
                    }
                }
                assertThat(attacker.end()).as("%s", malformed).isEqualTo("closed 1002");
                assertThat(scene.count(malformed.reason())).as("%s", malformed).isEqualTo(before + 1);
            }
            assertThat(scene.count(Counter.PROTOCOL_ERRORS)).isEqualTo(all.size());
            scene.awaitEnds(all.size(), CloseReason.PROTOCOL_ERROR);
        }
    }

    @Test
    void shouldAnswerMalformedPacketsOfEveryKindOverPollingWith400AndEndTheSession() throws Exception {
        try (Scene scene = new Scene()) {
            List<Malformed> all = Malformed.allOverPolling().toList();
            for (Malformed malformed : all) {
                long before = scene.count(malformed.reason());
                Attacker attacker = scene.attacker();
                String sid = attacker.enter(Scene.TARGET);
                int status = 0;
                for (String packet : malformed.packets()) {
                    assertThat(status).isIn(0, 200);
                    status = attacker.post(sid, packet).status();
                    if (status == 400) {
                        break;
                    }
                }
                assertThat(status).as("%s", malformed).isEqualTo(400);
                assertThat(attacker.post(sid, "41/target,").status()).isEqualTo(400);
                assertThat(scene.count(malformed.reason())).as("%s", malformed).isEqualTo(before + 1);
            }
            assertThat(scene.count(Counter.PROTOCOL_ERRORS)).isEqualTo(all.size());
            scene.awaitEnds(all.size(), CloseReason.PROTOCOL_ERROR);
        }
    }

    /** What was right before the wrong packet of a body was done; what stands behind it is not. */
    @Test
    void shouldRunNothingBehindAMalformedPacket() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.attacker();
            String sid = attacker.enter(Scene.TARGET);
            String say = "42/target,[\"say\",1]";
            assertThat(attacker.post(sid, say + "\u001e9\u001e" + say + "\u001e9")
                            .status())
                    .isEqualTo(400);
            assertThat(scene.executed).hasValue(1);
            assertThat(scene.count(Counter.PROTOCOL_ERRORS)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "reserved opcode, 8300, 1002",
        "reserved control opcode, 8B00, 1002",
        "reserved bit, F10134, 1002",
        "bit of a compression that was not agreed on, C10134, 1002",
        "continuation of nothing, 800134, 1002",
        "control frame in fragments, 0900, 1002",
        "control frame too long, 89FE0080, 1002",
        "text inside a text, 0101348101, 1002",
        "close of one byte, 880134, 1002",
        "close with a forbidden status, 880203ED, 1002",
        "text that is not UTF-8, 8102C328, 1007",
        "text that ends within a character, 8103E282, 1007",
    })
    void shouldCloseForMalformedFrames(String what, String hex, int status) throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.inside();
            for (byte[] frame : frames(hex)) {
                attacker.send(frame);
            }
            assertThat(attacker.end()).as(what).isEqualTo("closed " + status);
            assertThat(scene.count(Counter.FRAMES_MALFORMED)).as(what).isEqualTo(1);
            assertThat(scene.executed).hasValue(0);
        }
    }

    /** Frames as they stand in the table, their masks of zeros left out. */
    private static List<byte[]> frames(String hex) {
        byte[] bytes = java.util.HexFormat.of().parseHex(hex);
        if (hex.equals("0101348101")) {
            return List.of(Frames.masked(0x01, new byte[] {'4'}), Frames.masked(0x81, new byte[] {'4'}));
        }
        if (hex.startsWith("89FE")) {
            return List.of(Frames.masked(0x89, new byte[128]));
        }
        return List.of(Frames.masked(bytes[0], Arrays.copyOfRange(bytes, 2, bytes.length)));
    }

    @Test
    void shouldCloseForFramesWithoutAMask() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.inside();
            attacker.send(new byte[] {(byte) 0x81, 1, '3'});
            assertThat(attacker.next()).isEqualTo("closed 1002");
            assertThat(scene.count(Counter.FRAMES_MALFORMED)).isEqualTo(1);
        }
    }

    @Test
    void shouldTakeProtoForAKeyLikeAnyOther() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.inside();
            String hostile = "{\"__proto__\":{\"isAdmin\":true},\"constructor\":{\"prototype\":{\"x\":1}},\"a\":1}";
            attacker.text("42/target,[\"say\"," + hostile + "]");
            assertThat(attacker.next()).isEqualTo("42/target,[\"said\"," + hostile + "]");
            attacker.text("42/target,[\"__proto__\",1]");
            attacker.text("42/target,1[\"join\",\"__proto__\"]");
            assertThat(attacker.next()).isEqualTo("43/target,1[true]");
            attacker.text("40/__proto__,{\"__proto__\":{\"token\":\"good\"}}");
            assertThat(attacker.next()).isEqualTo("44/__proto__,{\"message\":\"Invalid namespace\"}");
            Attacker other = scene.inside();
            other.text("42/target,[\"say\",{}]");
            assertThat(other.next()).isEqualTo("42/target,[\"said\",{}]");
        }
    }

    /** What one client says in text may not reach another as the place of an attachment that is not there. */
    @Test
    void shouldNotSendOnPlaceholdersOfAttachmentsThatWereNeverSent() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.inside();
            attacker.text("42/target,[\"say\",{\"_placeholder\":true,\"num\":7},{\"_placeholder\":false}]");
            assertThat(attacker.next()).isEqualTo("42/target,[\"said\",null,{\"_placeholder\":false}]");
            attacker.text("451-/target,[\"say\",{\"_placeholder\":true,\"num\":0}]");
            attacker.frame(Attacker.BINARY, new byte[] {1, 2});
            assertThat(attacker.next()).isEqualTo("451-/target,[\"said\",{\"_placeholder\":true,\"num\":0}]");
            assertThat(attacker.next()).isEqualTo("0x2:0102");
        }
    }

    /** Names that collide in Jackson's table of symbols whatever its seed: 33 · 'A' + 'b' = 33 · 'B' + 'A'. */
    @Test
    void shouldBearNamesThatCollide() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.inside();
            String members = Stream.iterate(0, i -> i < 2_000, i -> i + 1)
                    .map(i -> "\"" + colliding(i) + "\":1")
                    .collect(Collectors.joining(","));
            for (int i = 0; i < 3; i++) {
                attacker.text("42/target,[\"say\",{" + members + "}]");
                assertThat(attacker.next()).isEqualTo("42/target,[\"said\",{" + members + "}]");
            }
        }
    }

    private static String colliding(int number) {
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < 11; bit++) {
            name.append((number >> bit & 1) == 0 ? "Ab" : "BA");
        }
        return name.toString();
    }

    @Test
    void shouldIgnoreAcknowledgementsThatNobodyAskedFor() throws Exception {
        try (Scene scene = new Scene()) {
            Attacker attacker = scene.inside();
            for (String id : List.of("0", "1", "999999999999999", "000000000000001")) {
                attacker.text("43/target," + id + "[\"x\"]");
            }
            attacker.text("42/target,999999999999999[\"join\",\"room\"]");
            assertThat(attacker.next()).isEqualTo("43/target,999999999999999[true]");
        }
    }

    /** A name is answered as it came, never cut to bytes: ğ (U+011E) would become the separator of packets. */
    @Test
    void shouldAnswerNamespacesInAnyScriptAsTheyWereNamed() throws Exception {
        try (Scene scene = new Scene()) {
            String name = "/any-\u011e\u0928\ud83d\ude00";
            Attacker attacker = scene.attacker();
            assertThat(attacker.join(name)).startsWith("40" + name + ",{\"sid\"");
            attacker.text("42" + name + ",1[\"join\",\"x\"]");
            assertThat(attacker.next()).isEqualTo("43" + name + ",1[true]");
            Attacker polling = scene.attacker();
            String sid = polling.open();
            polling.post(sid, "40/\u011e,");
            assertThat(polling.poll(sid).body().getBytes(StandardCharsets.UTF_8))
                    .asString(StandardCharsets.UTF_8)
                    .isEqualTo("44/\u011e,{\"message\":\"Invalid namespace\"}");
        }
    }
}
