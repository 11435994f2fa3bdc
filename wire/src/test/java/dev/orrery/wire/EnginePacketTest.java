package dev.orrery.wire;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnginePacketTest {
    @Test
    void shouldOpenWithExactlyTheMembersThatClientsExpect() {
        EnginePacket open = EnginePacket.open("abc", false, 25_000, 20_000, 1_000_000);
        assertThat(open.encode().text())
                .isEqualTo("0{\"sid\":\"abc\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,"
                        + "\"maxPayload\":1000000}");
        assertThat(EnginePacket.open("a", true, 1, 1, 1).data()).contains("\"upgrades\":[\"websocket\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2probe", "3", "42[\"a\"]", "4\u00e9", "5", "6"})
    void shouldReadWhatItWrites(String text) throws WireException {
        assertThat(EnginePacket.decode(text).encode().text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "a", "\u00e9"})
    void shouldRefuseUnknownTypes(String text) {
        assertThatThrownBy(() -> EnginePacket.decode(text)).isInstanceOf(WireException.class);
    }

    @Test
    void shouldReadThePacketsOfOnePayloadInOrder() throws WireException {
        PayloadReader reader = new PayloadReader("4h\u00e9llo\u001ebAQID\u001e2");
        assertThat(requireNonNull(reader.next()).data()).isEqualTo("h\u00e9llo");
        EnginePacket binary = requireNonNull(reader.next());
        assertThat(binary.binary()).containsExactly(1, 2, 3);
        assertThat(new String(binary.encode().payload(), StandardCharsets.US_ASCII))
                .isEqualTo("bAQID");
        assertThat(requireNonNull(reader.next()).type()).isEqualTo(EnginePacket.Type.PING);
        assertThat(reader.next()).isNull();
    }

    @Test
    void shouldReadBase64InLinesAsTheOfficialJavaClientWritesIt() throws WireException {
        assertThat(requireNonNull(new PayloadReader("bAQ\nID\r\n").next()).binary())
                .containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4a\u001e", "\u001e4a", "b%%", "x"})
    void shouldRefuseWrongPayloads(String body) {
        assertThatThrownBy(() -> {
                    PayloadReader reader = new PayloadReader(body);
                    while (reader.next() != null) {
                        assertThat(body).startsWith("4a");
                    }
                })
                .isInstanceOf(WireException.class);
    }
}
