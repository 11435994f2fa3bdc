package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.wire.BinaryPacket;
import org.junit.jupiter.api.Test;

final class WorkbenchTest {
    private final Workbench workbench = new Workbench();

    @Test
    void shouldGiveAPacketAgainWhenItHasLeft() {
        BinaryPacket packet = workbench.packet();
        packet.fill(new byte[] {1}, 1);
        packet.queued();
        packet.released();
        assertThat(workbench.packet()).isSameAs(packet);
    }

    /** One connection that is stuck does not change what it has been given, and does not hold up the others. */
    @Test
    void shouldLeaveAPacketThatWaitsToItsConnection() {
        BinaryPacket stuck = workbench.packet();
        stuck.fill(new byte[] {1}, 1);
        stuck.queued();
        BinaryPacket other = workbench.packet();
        other.fill(new byte[] {2}, 1);
        assertThat(other).isNotSameAs(stuck);
        assertThat(stuck.frames()[stuck.size() - 1]).isEqualTo((byte) 1);
    }
}
