package dev.orrery.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.wire.WireException.Reason;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SocketDecoderTest {
    private final SocketDecoder decoder = new SocketDecoder(new PacketLimits(20, 10, 1_000, 8));

    private SocketPacket read(String text) throws WireException {
        return requireNonNull(decoder.text(text));
    }

    private static void assertRefused(Reason reason, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        WireException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @Test
    void shouldReadEventWithNamespaceAndId() throws WireException {
        SocketPacket packet = read("2/arena/k3,12[\"input\",{\"seq\":4},null]");
        assertThat(packet.type()).isEqualTo(SocketPacket.Type.EVENT);
        assertThat(packet.namespace()).isEqualTo("/arena/k3");
        assertThat(packet.id()).isEqualTo(12);
        assertThat(packet.eventName()).isEqualTo("input");
        assertThat(packet.arguments()).hasSize(2);
        assertThat(packet.arguments().getFirst().get("seq").number(-1)).isEqualTo(4);
    }

    @Test
    void shouldReadConnectWithAndWithoutItsParts() throws WireException {
        SocketPacket packet = read("0/admin,{\"ticket\":\"t\"}");
        assertThat(packet.namespace()).isEqualTo("/admin");
        assertThat(packet.data().get("ticket").text("")).isEqualTo("t");
        assertThat(read("0").namespace()).isEqualTo("/");
        assertThat(read("0/admin").namespace()).isEqualTo("/admin");
        assertThat(read("1/ä b,").namespace()).isEqualTo("/ä b");
    }

    @Test
    void shouldTakeNumbersAsEventNamesAsTheOfficialParserDoes() throws WireException {
        assertThat(read("2[1,2]").eventName()).isEqualTo("1");
    }

    @Test
    void shouldReadAcknowledgement() throws WireException {
        SocketPacket packet = read("3/a,7[\"x\"]");
        assertThat(packet.type()).isEqualTo(SocketPacket.Type.ACK);
        assertThat(packet.id()).isEqualTo(7);
        assertThat(packet.arguments()).containsExactly(new Json.Str("x"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``                       | EMPTY_PACKET
            9                        | UNKNOWN_TYPE
            abc                      | UNKNOWN_TYPE
            0/namespace/of/too/many, | BAD_NAMESPACE
            2                        | BAD_EVENT
            2{}                      | BAD_EVENT
            2[                       | BAD_JSON
            2[]                      | BAD_EVENT
            2[null]                  | BAD_EVENT
            2["a"]x                  | BAD_JSON
            2["disconnect"]          | RESERVED_EVENT
            0[1]                     | BAD_JSON
            0null                    | BAD_JSON
            4                        | BAD_JSON
            4"text"                  | BAD_JSON
            2 ["a"]                  | BAD_JSON
            27 ["a"]                 | BAD_JSON
            2["\\u006٣"]             | BAD_JSON
            1{}                      | BAD_JSON
            3["a"]                   | BAD_ID
            37{}                     | BAD_EVENT
            31234567890123456["a"]   | BAD_ID
            2[[[[[[[[[1]]]]]]]]]     | TOO_DEEP
            51["a"]                  | BAD_ATTACHMENTS
            5-["a"]                  | BAD_ATTACHMENTS
            5                        | BAD_ATTACHMENTS
            50-["a"]                 | BAD_ATTACHMENTS
            511-["a"]                | TOO_MANY_ATTACHMENTS
            51000000-["a"]           | TOO_MANY_ATTACHMENTS
            599999999999999-["a"]    | TOO_MANY_ATTACHMENTS
            51-["disconnect"]        | RESERVED_EVENT
            """)
    void shouldRefuseMalformedPacketWithItsReason(String text, Reason reason) {
        assertRefused(reason, () -> decoder.text(text));
    }

    @Test
    void shouldRefuseControlCharactersInNamespaces() {
        assertRefused(Reason.BAD_NAMESPACE, () -> decoder.text("0/a\nb,"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "51-[\"x\",{\"_placeholder\":true,\"num\":1}]",
                "51-[\"x\",{\"_placeholder\":true,\"num\":-1}]",
                "51-[\"x\",{\"_placeholder\":true,\"num\":0.5}]",
                "51-[\"x\",{\"_placeholder\":true,\"num\":\"0\"}]",
                "51-[\"x\",{\"_placeholder\":true}]",
                "51-[\"x\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":0}]"
            })
    void shouldRefusePlaceholdersWithoutAnAttachmentOfTheirOwn(String text) throws WireException {
        assertThat(decoder.text(text)).isNull();
        assertRefused(Reason.BAD_ATTACHMENTS, () -> decoder.binary(new byte[1]));
    }

    @Test
    void shouldRefuseWhatComesOutOfTurn() throws WireException {
        assertRefused(Reason.UNEXPECTED_BINARY, () -> decoder.binary(new byte[1]));
        assertThat(decoder.text("52-[\"x\"]")).isNull();
        assertRefused(Reason.UNEXPECTED_TEXT, () -> decoder.text("2[\"x\"]"));
    }

    @Test
    void shouldBoundAttachmentsByTheirSum() throws WireException {
        assertThat(decoder.text("53-[\"x\"]")).isNull();
        assertThat(decoder.binary(new byte[600])).isNull();
        assertRefused(Reason.TOO_LARGE, () -> decoder.binary(new byte[600]));
    }

    @Test
    void shouldReadTheNegativeZeroAsJavaScriptDoes() throws WireException {
        assertThat(Json.parse("[-0,0,-0.0,-1e-999]"))
                .isEqualTo(new Json.Arr(
                        List.of(new Json.Num(-0.0), new Json.Num(0), new Json.Num(-0.0), new Json.Num(-0.0))));
    }

    @Test
    void shouldReadBackslashBeforeWhatLooksLikeAnEscape() throws WireException {
        assertThat(Json.parse("[\"\\\\u٣\"]")).isEqualTo(new Json.Arr(List.of(new Json.Str("\\u٣"))));
    }
}
