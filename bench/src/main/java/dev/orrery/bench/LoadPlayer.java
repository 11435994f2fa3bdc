package dev.orrery.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One player of the load. Owned by the load's thread. */
interface LoadPlayer {
    SocketChannel channel();

    boolean isPlaying();

    /** Sends what is due in each tick. */
    void sendInput() throws IOException;

    /**
     * Takes what has come.
     *
     * @param buffer of all players, its content is free to go
     * @return frames in it
     */
    int receive(ByteBuffer buffer) throws IOException;
}
