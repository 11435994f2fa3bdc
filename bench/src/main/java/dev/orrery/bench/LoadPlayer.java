package dev.orrery.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** One player of the load: a raw WebSocket client that counts frames. Owned by the load's thread. */
abstract class LoadPlayer {
    static final int TEXT = 1;
    static final int BINARY = 2;

    private static final int MASK = 0x5A3C_96E1;
    private static final int MAX_SHORT = 125;
    private static final byte[] NOTHING = {};

    private final SocketChannel channel;
    /** Of a message that has not come to its end. */
    private byte[] rest = NOTHING;

    /** Connects; that blocks, but not on a loopback whose server has room in its queue. */
    LoadPlayer(int port) throws IOException {
        channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        // Closing is a reset: ports are free again at once.
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.configureBlocking(false);
    }

    SocketChannel channel() {
        return channel;
    }

    abstract boolean isPlaying();

    /** Sends what is due in each tick. */
    abstract void sendInput() throws IOException;

    /** Takes a response of HTTP, if it is all there; whether WebSocket's frames follow. */
    abstract boolean takeResponse(ByteBuffer buffer) throws IOException;

    /** Takes a message, which begins where the buffer stands; 1 if it is a frame. */
    abstract int takeMessage(int opcode, ByteBuffer buffer, int length) throws IOException;

    /**
     * Takes what has come.
     *
     * @param buffer of all players, its content is free to go
     * @return frames in it
     */
    final int receive(ByteBuffer buffer) throws IOException {
        buffer.clear().put(rest);
        if (channel.read(buffer) < 0) {
            throw new EOFException("the server closed a connection");
        }
        buffer.flip();
        int frames = takeResponse(buffer) ? takeMessages(buffer) : 0;
        rest = NOTHING;
        if (buffer.hasRemaining()) {
            rest = new byte[buffer.remaining()];
            buffer.get(rest);
        }
        return frames;
    }

    private int takeMessages(ByteBuffer buffer) throws IOException {
        int frames = 0;
        while (buffer.remaining() >= 2) {
            int start = buffer.position();
            int length = buffer.get(start + 1);
            int head = 2;
            if (length == MAX_SHORT + 1) {
                if (buffer.remaining() < 4) {
                    return frames;
                }
                length = buffer.getShort(start + 2) & 0xFFFF;
                head = 4;
            }
            if (length < 0 || length > MAX_SHORT + 1 && head == 2) {
                throw new IOException("a frame that no server here sends: " + buffer.getShort(start));
            }
            if (buffer.remaining() < head + length) {
                return frames;
            }
            buffer.position(start + head);
            frames += takeMessage(buffer.get(start) & 0xF, buffer, length);
            buffer.position(start + head + length);
        }
        return frames;
    }

    /** Where the head of a response ends; -1 if that has not come. */
    static int headEnd(ByteBuffer buffer) {
        for (int end = buffer.position() + 4; end <= buffer.limit(); end++) {
            if (buffer.getInt(end - 4) == 0x0D0A_0D0A) {
                return end;
            }
        }
        return -1;
    }

    /** Asks for the WebSocket. */
    final void upgrade(int port, String path) throws IOException {
        write(ByteBuffer.wrap(Room.bytes("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")));
    }

    /** All or nothing: what does not fit into the socket's buffer means that the server does not read. */
    final void write(ByteBuffer message) throws IOException {
        channel.write(message);
        boolean whole = !message.hasRemaining();
        message.rewind();
        if (!whole) {
            throw new IOException("the server does not read");
        }
    }

    /** A whole message of a client, as one frame. */
    static ByteBuffer masked(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocateDirect(8 + payload.length);
        mask(opcode, payload, frame);
        return frame;
    }

    /** The same, in a buffer that is there. */
    static void mask(int opcode, byte[] payload, ByteBuffer frame) {
        frame.clear().put((byte) (0x80 | opcode));
        if (payload.length <= MAX_SHORT) {
            frame.put((byte) (0x80 | payload.length));
        } else {
            frame.put((byte) (0x80 | MAX_SHORT + 1)).putShort((short) payload.length);
        }
        frame.putInt(MASK);
        for (int index = 0; index < payload.length; index++) {
            frame.put((byte) (payload[index] ^ MASK >> 24 - 8 * (index & 3)));
        }
        frame.flip();
    }
}
