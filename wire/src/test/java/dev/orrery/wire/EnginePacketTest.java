package dev.orrery.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EnginePacketTest {
    @Test
    void shouldWriteHandshakeWithExactlyItsFiveMembers() throws WireException {
        EnginePacket open = EnginePacket.open("abc", false, 25_000, 20_000, 1_000_000);
        assertThat(open.encode())
                .isEqualTo(
                        "0{\"sid\":\"abc\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
        assertThat(EnginePacket.open("a", true, 1, 1, 1).data()).contains("\"upgrades\":[\"websocket\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2probe", "3", "42[\"x\"]", "5", "6"})
    void shouldWriteWhatItRead(String text) throws WireException {
        assertThat(EnginePacket.decode(text).encode()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "a", "\u00e9"})
    void shouldRefuseUnknownTypes(String text) {
        assertThatThrownBy(() -> EnginePacket.decode(text)).isInstanceOf(WireException.class);
    }
}
