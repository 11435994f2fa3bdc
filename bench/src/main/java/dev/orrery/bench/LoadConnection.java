package dev.orrery.bench;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A player in a {@link Room}. Owned by the load's thread.
 *
 * <pre>
 *   UPGRADING  the HTTP request is sent       → OPENING on the answer (PLAYING if the server is plain)
 *   OPENING    Engine.IO's handshake is due   → JOINING on it: CONNECT is sent
 *   JOINING    the namespace's answer is due  → PLAYING on it
 *   PLAYING    frames are counted             (final)
 * </pre>
 */
final class LoadConnection extends LoadPlayer {
    private static final ByteBuffer PONG = masked(TEXT, Room.bytes("3"));

    enum State {
        UPGRADING,
        OPENING,
        JOINING,
        PLAYING
    }

    private final Room room;
    private final boolean plain;
    private final ByteBuffer input;
    private State state = State.UPGRADING;

    /** @param input of the room, which it sends in each tick */
    LoadConnection(int port, Room room, boolean plain, ByteBuffer input) throws IOException {
        super(port);
        this.room = room;
        this.plain = plain;
        this.input = input;
        upgrade(port, plain ? room.name() : "/socket.io/?EIO=4&transport=websocket");
    }

    @Override
    boolean isPlaying() {
        return state == State.PLAYING;
    }

    @Override
    void sendInput() throws IOException {
        write(input);
    }

    @Override
    boolean takeResponse(ByteBuffer buffer) throws IOException {
        if (state != State.UPGRADING) {
            return true;
        }
        int end = headEnd(buffer);
        if (end < 0) {
            return false;
        }
        if (buffer.get(buffer.position() + "HTTP/1.1 ".length()) != '1') {
            throw new IOException("the server refused an upgrade");
        }
        buffer.position(end);
        state = plain ? State.PLAYING : State.OPENING;
        return true;
    }

    @Override
    int takeMessage(int opcode, ByteBuffer buffer, int length) throws IOException {
        if (opcode != TEXT) {
            throw new IOException("a frame that no server here sends: " + opcode);
        }
        int start = buffer.position();
        byte first = buffer.get(start);
        byte second = length > 1 ? buffer.get(start + 1) : 0;
        if (first == '4' && second == '2') {
            return 1;
        }
        if (first == '2') {
            write(PONG.duplicate());
        } else if (first == '0' && state == State.OPENING) {
            state = State.JOINING;
            write(masked(TEXT, Room.bytes(room.connect())));
        } else if (first == '4' && second == '0' && state == State.JOINING) {
            state = State.PLAYING;
        } else {
            throw new IOException("a message that was not due: state=" + state + " first=" + (char) first);
        }
        return 0;
    }
}
