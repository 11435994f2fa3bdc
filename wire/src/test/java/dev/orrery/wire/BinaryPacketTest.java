package dev.orrery.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class BinaryPacketTest {
    private final BinaryPacket packet = new BinaryPacket();

    @Test
    void shouldBeAsOneThatWasMadeForTheContent() {
        for (int length : new int[] {0, 1, 125, 126, 300, 70_000, 3}) {
            byte[] content = new byte[length + 9];
            Arrays.fill(content, (byte) length);
            packet.fill(content, length);
            EncodedPacket made = EncodedPacket.binary(Arrays.copyOf(content, length));
            assertThat(packet.size()).isEqualTo(made.size());
            assertThat(Arrays.copyOf(packet.frames(), packet.size())).isEqualTo(made.frames());
            assertThat(packet.payload()).isEqualTo(made.payload());
            assertThat(packet.deflatedFrames()).isEqualTo(made.deflatedFrames());
        }
    }

    /** What a write may still read must not change. */
    @Test
    void shouldNotBeFilledWhileItWaits() {
        packet.fill(new byte[] {1, 2, 3}, 3);
        packet.queued();
        assertThat(packet.isFree()).isFalse();
        assertThatThrownBy(() -> packet.fill(new byte[] {4}, 1)).isInstanceOf(IllegalStateException.class);
        assertThat(Arrays.copyOf(packet.frames(), packet.size())).containsExactly(0x82, 3, 1, 2, 3);
        packet.released();
        packet.fill(new byte[] {4}, 1);
        assertThat(Arrays.copyOf(packet.frames(), packet.size())).containsExactly(0x82, 1, 4);
    }
}
