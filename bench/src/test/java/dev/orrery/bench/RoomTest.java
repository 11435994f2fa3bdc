package dev.orrery.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RoomTest {
    @Test
    void shouldTellTheSameBytesInAllRooms() {
        assertThat(new Room(7).frame()).hasSize(Room.FRAME_BYTES);
        assertThat(new Room(49).frame()).hasSize(Room.FRAME_BYTES);
        assertThat(new String(new Room(7).frame(), StandardCharsets.UTF_8))
                .isEqualTo("42/r7,[\"f\",\"xxxxxxxxxxxxxxxxxx\"]");
    }

    @Test
    void shouldHoldAllPlayers() {
        assertThat(Room.count(100)).isEqualTo(1);
        assertThat(Room.count(101)).isEqualTo(2);
    }
}
