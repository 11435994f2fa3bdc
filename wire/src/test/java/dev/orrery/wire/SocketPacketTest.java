package dev.orrery.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SocketPacketTest {
    @Test
    void shouldEncodeWhatTheServerSays() {
        assertThat(SocketPacket.connected("/", "s").text()).isEqualTo("40{\"sid\":\"s\"}");
        assertThat(SocketPacket.refused("/a", "full", "Nö").text())
                .isEqualTo("44/a,{\"message\":\"Nö\",\"data\":{\"code\":\"full\"}}");
        assertThat(SocketPacket.disconnected("/a").text()).isEqualTo("41/a,");
        JsonWriter out = new JsonWriter();
        SocketPacket.beginEvent(out, "/a", "x").value(1.5).value(2.0).endArray();
        assertThat(EncodedPacket.of(out).text()).isEqualTo("42/a,[\"x\",1.5,2]");
    }

    @Test
    void shouldEncodeAnyArgument() {
        EncodedPacket packet = SocketPacket.event(
                "/", "x", 7, null, true, 1, 1L << 40, 0.5f, "é", List.of(1, "a"), Map.of("k", List.of()), (JsonValue)
                        out -> out.value("own"));
        assertThat(packet.text())
                .isEqualTo("427[\"x\",null,true,1,1099511627776,0.5,\"é\",[1,\"a\"],{\"k\":[]},\"own\"]");
        assertThat(SocketPacket.ack("/a", 7).text()).isEqualTo("43/a,7[]");
    }

    @Test
    void shouldSendBytesBesideTheText() throws Exception {
        byte[] large = new byte[70_000];
        Arrays.fill(large, (byte) 7);
        EncodedPacket packet = SocketPacket.event("/b", "x", SocketPacket.NO_ID, new byte[] {1, 2}, List.of(large));
        String text = "452-/b,[\"x\",{\"_placeholder\":true,\"num\":0},[{\"_placeholder\":true,\"num\":1}]]";
        assertThat(packet.text()).isEqualTo(text);
        byte[] frames = packet.frames();
        int second = 2 + text.length();
        assertThat(Arrays.copyOf(frames, 2)).containsExactly(0x81, text.length());
        assertThat(Arrays.copyOfRange(frames, second, second + 4)).containsExactly(0x82, 2, 1, 2);
        assertThat(Arrays.copyOfRange(frames, second + 4, second + 15))
                .containsExactly(0x82, 127, 0, 0, 0, 0, 0, 1, 0x11, 0x70, 7);
        assertThat(new String(packet.payload(), java.nio.charset.StandardCharsets.UTF_8))
                .startsWith(text + "\u001ebAQI=\u001ebBwcH");

        SocketDecoder decoder = new SocketDecoder(PacketLimits.DEFAULT);
        assertThat(decoder.text(text.substring(1))).isNull();
        assertThat(decoder.binary(new byte[] {1, 2})).isNull();
        SocketPacket read = decoder.binary(large);
        assertThat(read)
                .isEqualTo(new SocketPacket(
                        SocketPacket.Type.EVENT,
                        "/b",
                        SocketPacket.NO_ID,
                        new Json.Arr(List.of(
                                new Json.Str("x"),
                                new Json.Bin(new byte[] {1, 2}),
                                new Json.Arr(List.of(new Json.Bin(large)))))));
    }

    @Test
    void shouldFrameEveryLength() {
        for (int length : new int[] {0, 1, 125, 126, 127, 65_535, 65_536, 200_000}) {
            EncodedPacket packet = EncodedPacket.binary(new byte[length]);
            int[] seen = new int[1];
            packet.forEachFrame((binary, array, offset, size) -> {
                assertThat(binary).isTrue();
                assertThat(offset + size).isEqualTo(array.length);
                seen[0] += size + 1;
            });
            assertThat(seen[0]).isEqualTo(length + 1);
        }
    }

    @Test
    void shouldWriteAnyStringAsItWasRead() throws WireException {
        for (String text : List.of("", "\"\\\u0000\n", "ä€😀", "\u2028", "a/b")) {
            Json json = new Json.Obj(Map.of(text, new Json.Arr(List.of(new Json.Str(text), Json.NULL))));
            assertThat(Json.parse(json.toText())).isEqualTo(json);
        }
    }

    @Test
    void shouldNameNamespacesOfAnyScript() {
        assertThat(SocketPacket.refused("/\ud83e\ude90", "", "no").text())
                .isEqualTo("44/\ud83e\ude90,{\"message\":\"no\"}");
        assertThat(SocketPacket.event("/\u00e9", "x", 1).text()).isEqualTo("42/\u00e9,1[\"x\"]");
        assertThat(SocketPacket.event("/\u00e9", "x", 1, new byte[1]).text()).startsWith("451-/\u00e9,1[");
    }

    @Test
    void shouldEscapeControlCharactersAsJavaScriptDoes() {
        assertThat(new Json.Str("\b\t\n\f\r\u0001").toText()).isEqualTo("\"\\b\\t\\n\\f\\r\\u0001\"");
    }

    @Test
    void shouldEscapeLoneSurrogatesAsJavaScriptDoes() throws WireException {
        assertThat(new Json.Str("a\ud83d!\ude00").toText()).isEqualTo("\"a\\ud83d!\\ude00\"");
        assertThat(Json.parse("\"\\ud83d\"").toText()).isEqualTo("\"\\ud83d\"");
    }
}
