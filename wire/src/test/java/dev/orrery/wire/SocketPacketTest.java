package dev.orrery.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.wire.WireException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SocketPacketTest {
    @Test
    void shouldReadEventWithNamespaceAndId() throws WireException {
        SocketPacket packet = SocketPacket.decode("2/arena/k3,12[\"input\",{\"seq\":4},null]");
        assertThat(packet.type()).isEqualTo(SocketPacket.Type.EVENT);
        assertThat(packet.namespace()).isEqualTo("/arena/k3");
        assertThat(packet.id()).isEqualTo(12);
        assertThat(packet.eventName()).isEqualTo("input");
        assertThat(packet.eventArguments()).hasSize(2);
        assertThat(packet.eventArguments().getFirst().get("seq").number(-1)).isEqualTo(4);
    }

    @Test
    void shouldReadConnectWithPayloadAndDropQuery() throws WireException {
        SocketPacket packet = SocketPacket.decode("0/admin?token=1,{\"ticket\":\"t\"}");
        assertThat(packet.namespace()).isEqualTo("/admin");
        assertThat(packet.data().get("ticket").text("")).isEqualTo("t");
        assertThat(SocketPacket.decode("0").namespace()).isEqualTo("/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                       | EMPTY_PACKET
            9                        | UNKNOWN_TYPE
            abc                      | UNKNOWN_TYPE
            2/nocomma["a"]           | BAD_NAMESPACE
            0/\u00e9,                   | BAD_NAMESPACE
            2{}                      | BAD_EVENT
            2[                       | BAD_JSON
            2[]                      | BAD_EVENT
            2[1]                     | BAD_EVENT
            2["a"]x                  | BAD_JSON
            2["disconnect"]          | RESERVED_EVENT
            0[1]                     | BAD_JSON
            3["a"]                   | BAD_ID
            31234567890123456["a"]   | BAD_ID
            51-["a"]                 | BINARY_UNSUPPORTED
            """)
    void shouldRefuseMalformedPacketWithItsReason(String text, Reason reason) {
        assertThatThrownBy(() -> SocketPacket.decode(text))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void shouldRefuseJsonNestedDeeperThanLimit() {
        String deep = "2[\"a\"," + "[".repeat(Json.MAX_DEPTH + 1) + "]".repeat(Json.MAX_DEPTH + 1) + "]";
        assertThatThrownBy(() -> SocketPacket.decode(deep))
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TOO_DEEP));
    }

    @Test
    void shouldWriteServerPackets() {
        assertThat(new String(SocketPacket.connected("/", "s"), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("40{\"sid\":\"s\"}");
        assertThat(new String(SocketPacket.refused("/a", "full", "Nö"), java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("44/a,{\"message\":\"Nö\",\"data\":{\"code\":\"full\"}}");
        JsonWriter out = new JsonWriter();
        SocketPacket.beginEvent(out, "/a", "x").value(1.5).value(2.0).endArray();
        assertThat(out.toString()).isEqualTo("42/a,[\"x\",1.5,2]");
    }

    @Test
    void shouldWriteAnyStringAsItWasRead() throws WireException {
        for (String text : List.of("", "\"\\\u0000\n", "ä€😀", "\u2028", "a/b")) {
            Json json = new Json.Obj(java.util.Map.of(text, new Json.Arr(List.of(new Json.Str(text), Json.NULL))));
            assertThat(Json.parse(json.toText())).isEqualTo(json);
        }
        assertThat(new Json.Str("\ud800").toText()).isEqualTo("\"\ufffd\"");
    }
}
