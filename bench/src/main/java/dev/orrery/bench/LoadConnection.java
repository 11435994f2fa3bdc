package dev.orrery.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * One player of the load: a raw WebSocket client that counts frames. Owned by the load's thread.
 *
 * <pre>
 *   UPGRADING  the HTTP request is sent       → OPENING on the answer (PLAYING if the server is plain)
 *   OPENING    Engine.IO's handshake is due   → JOINING on it: CONNECT is sent
 *   JOINING    the namespace's answer is due  → PLAYING on it
 *   PLAYING    frames are counted             (final)
 * </pre>
 */
final class LoadConnection implements LoadPlayer {
    private static final byte[] NOTHING = {};
    private static final int TEXT = 1;
    private static final int MASK = 0x5A3C_96E1;
    private static final ByteBuffer PONG = masked("3");

    enum State {
        UPGRADING,
        OPENING,
        JOINING,
        PLAYING
    }

    private final Room room;
    private final boolean plain;
    private final SocketChannel channel;
    private final ByteBuffer input;
    private State state = State.UPGRADING;
    /** Of a frame that has not come to its end. */
    private byte[] rest = NOTHING;

    /** Connects; that blocks, but not on a loopback whose server has room in its queue. */
    LoadConnection(int port, Room room, boolean plain, ByteBuffer input) throws IOException {
        this.room = room;
        this.plain = plain;
        this.input = input;
        channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        // Closing is a reset: ports are free again at once.
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.configureBlocking(false);
        String path = plain ? room.name() : "/socket.io/?EIO=4&transport=websocket";
        write(ByteBuffer.wrap(Room.bytes("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
                + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")));
    }

    @Override
    public SocketChannel channel() {
        return channel;
    }

    @Override
    public boolean isPlaying() {
        return state == State.PLAYING;
    }

    @Override
    public void sendInput() throws IOException {
        write(input);
    }

    @Override
    public int receive(ByteBuffer buffer) throws IOException {
        buffer.clear().put(rest);
        if (channel.read(buffer) < 0) {
            throw new EOFException("the server closed a connection");
        }
        buffer.flip();
        int frames = state != State.UPGRADING || takeResponse(buffer) ? takeFrames(buffer) : 0;
        if (buffer.hasRemaining()) {
            rest = new byte[buffer.remaining()];
            buffer.get(rest);
        } else {
            rest = NOTHING;
        }
        return frames;
    }

    /** Whether it was all there. */
    private boolean takeResponse(ByteBuffer buffer) throws IOException {
        for (int end = buffer.position() + 4; end <= buffer.limit(); end++) {
            if (buffer.getInt(end - 4) == 0x0D0A_0D0A) {
                if (buffer.get(buffer.position() + "HTTP/1.1 ".length()) != '1') {
                    throw new IOException("the server refused an upgrade");
                }
                buffer.position(end);
                state = plain ? State.PLAYING : State.OPENING;
                return true;
            }
        }
        return false;
    }

    private int takeFrames(ByteBuffer buffer) throws IOException {
        int frames = 0;
        while (buffer.remaining() >= 2) {
            int start = buffer.position();
            int length = buffer.get(start + 1);
            int head = 2;
            if (length == 126) {
                if (buffer.remaining() < 4) {
                    return frames;
                }
                length = buffer.getShort(start + 2) & 0xFFFF;
                head = 4;
            }
            if (length < 0 || length > 126 && head == 2 || (buffer.get(start) & 0xF) != TEXT) {
                throw new IOException("a frame that no server here sends: " + buffer.getShort(start));
            }
            if (buffer.remaining() < head + length) {
                return frames;
            }
            frames += take(buffer, start + head, length);
            buffer.position(start + head + length);
        }
        return frames;
    }

    /** One message; 1 if it is a frame of the room. */
    private int take(ByteBuffer buffer, int start, int length) throws IOException {
        byte first = buffer.get(start);
        byte second = length > 1 ? buffer.get(start + 1) : 0;
        if (first == '4' && second == '2') {
            return 1;
        }
        if (first == '2') {
            write(PONG.duplicate());
        } else if (first == '0' && state == State.OPENING) {
            state = State.JOINING;
            write(masked(room.connect()));
        } else if (first == '4' && second == '0' && state == State.JOINING) {
            state = State.PLAYING;
        } else {
            throw new IOException("a message that was not due: state=" + state + " first=" + (char) first);
        }
        return 0;
    }

    /** All or nothing: what does not fit into the socket's buffer means that the server does not read. */
    private void write(ByteBuffer message) throws IOException {
        channel.write(message);
        boolean whole = !message.hasRemaining();
        message.rewind();
        if (!whole) {
            throw new IOException("the server does not read");
        }
    }

    /** A whole text frame of a client, up to 125 bytes long. */
    static ByteBuffer masked(String text) {
        byte[] payload = Room.bytes(text);
        ByteBuffer frame = ByteBuffer.allocateDirect(6 + payload.length);
        frame.put((byte) (0x80 | TEXT)).put((byte) (0x80 | payload.length)).putInt(MASK);
        for (int index = 0; index < payload.length; index++) {
            frame.put((byte) (payload[index] ^ MASK >> 24 - 8 * (index & 3)));
        }
        return frame.flip();
    }
}
