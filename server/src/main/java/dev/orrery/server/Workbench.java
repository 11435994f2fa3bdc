package dev.orrery.server;

import dev.orrery.wire.BinaryPacket;
import dev.orrery.wire.WordReader;
import dev.orrery.world.FrameComposer;

/**
 * What connections use while they read a word or compose a frame, and no longer: one for all of a connection thread, which owns it. So it stays
 * in the processor's cache from one connection to the next.
 */
final class Workbench {
    final WordReader word = new WordReader();
    final FrameComposer.Scratch scratch = new FrameComposer.Scratch();
    private BinaryPacket packet = new BinaryPacket();

    /**
     * A packet for one frame, which may be filled. Nearly always it has left before the next connection asks; one that is stuck is left to
     * its connection, and another takes its place.
     */
    BinaryPacket packet() {
        if (!packet.isFree()) {
            packet = new BinaryPacket();
        }
        return packet;
    }
}
