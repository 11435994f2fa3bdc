package dev.orrery.bench;

import dev.orrery.client.SeenGame;
import dev.orrery.client.View;
import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import dev.orrery.wire.BlockException;
import dev.orrery.wire.CellGrid;
import dev.orrery.wire.Json;
import dev.orrery.wire.RowCodec;
import dev.orrery.wire.WireException;
import dev.orrery.wire.WordReader;
import dev.orrery.wire.WordWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A player of {@link GameRooms}: joins, is told of the world in frames, and counts them; one in fifty reads every frame. Owned by the
 * load's thread.
 *
 * <pre>
 *   SEATING    POST /api/v1/join is sent      → UPGRADING on the answer
 *   UPGRADING  the WebSocket is asked for     → OPENING on the answer
 *   OPENING    Engine.IO's handshake is due   → JOINING on it: CONNECT is sent, as bytes
 *   JOINING    the welcome is due             → PLAYING on the first frame; the first word is sent on the welcome
 *   PLAYING    frames are counted             (final)
 * </pre>
 */
final class GameConnection extends LoadPlayer {
    private static final int READERS = 50;
    private static final int AHEAD = 2;
    private static final RowCodec CODEC = new RowCodec(new int[] {0, 1}, new int[] {0, 0}, new RowCodec.Range[] {
        new RowCodec.Range(-64, 64, true), new RowCodec.Range(-64, 64, true)
    });

    private enum State {
        SEATING,
        UPGRADING,
        OPENING,
        JOINING,
        PLAYING
    }

    private final int port;
    private final int number;
    private final WordWriter words = new WordWriter();
    private final ByteBuffer out = ByteBuffer.allocate(512);
    private final int[] wanted = {0, 64};
    private final @Nullable View view;
    private State state = State.SEATING;
    private String connect = "";
    private long tick;
    private int turns;

    GameConnection(int port, int number) throws IOException {
        super(port);
        this.port = port;
        this.number = number;
        view = number % READERS != 0
                ? null
                : new View(
                        SeenGame.of(new Object()).player(Mover.class, Heading.class),
                        new CellGrid(4, 4, 500),
                        Settings.DEFAULT);
        String body = "{\"game\":\"movers\",\"name\":\"P\"}";
        write(ByteBuffer.wrap(Room.bytes("POST /api/v1/join HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)));
    }

    @Override
    boolean isPlaying() {
        return state == State.PLAYING;
    }

    @Override
    void sendInput() throws IOException {
        if (Rand.below(20, 5, turns++, number, 0) == 0) {
            wanted[0] = 64 * (Rand.below(3, 5, turns, number, 1) - 1);
            wanted[1] = wanted[0] == 0 ? 64 : 64 * (Rand.below(3, 5, turns, number, 2) - 1);
        }
        words.input(tick + AHEAD, WordReader.NO_VIEW, CODEC, wanted);
        say(words.word(false, tick, WordReader.NO_CELL), BINARY);
    }

    private void say(byte[] payload, int opcode) throws IOException {
        mask(opcode, payload, out);
        write(out);
    }

    @Override
    boolean takeResponse(ByteBuffer buffer) throws IOException {
        if (state.compareTo(State.UPGRADING) > 0) {
            return true;
        }
        int head = headEnd(buffer);
        if (head < 0) {
            return false;
        }
        String text = StandardCharsets.ISO_8859_1.decode(buffer.duplicate()).toString();
        if (state == State.UPGRADING) {
            if (!text.startsWith("HTTP/1.1 101")) {
                throw new IOException("the server refused an upgrade: " + text);
            }
            buffer.position(head);
            state = State.OPENING;
            return true;
        }
        if (!text.startsWith("HTTP/1.1 200")) {
            throw new IOException("no seat: " + text);
        }
        int body = head - buffer.position();
        int end = text.lastIndexOf('}') + 1;
        if (end > body) {
            buffer.position(buffer.position() + end);
            take(text.substring(body, end));
        }
        return false;
    }

    /** The seat; on the same connection the WebSocket is asked for. */
    private void take(String seat) throws IOException {
        try {
            Json place = Json.parse(seat);
            connect = "0" + place.get("namespace").text("") + ",{\"ticket\":\""
                    + place.get("ticket").text("") + "\"}";
        } catch (WireException e) {
            throw new IOException("a seat that cannot be read", e);
        }
        state = State.UPGRADING;
        upgrade(port, "/socket.io/?EIO=4&transport=websocket");
    }

    @Override
    int takeMessage(int opcode, ByteBuffer buffer, int length) throws IOException {
        return opcode == BINARY ? frame(buffer, length) : text(buffer, length);
    }

    private int frame(ByteBuffer buffer, int length) throws IOException {
        long bits = 0;
        for (int i = 0; i < 7; i++) {
            bits = bits << 8 | (i < length ? buffer.get(buffer.position() + i) & 0xFF : 0);
        }
        boolean anew = (bits >>> 54 & 1) != 0;
        int skipped = (bits >>> 52 & 1) != 0 ? 11 : 7;
        if (anew) {
            tick = bits << 8 + skipped >>> 32;
            state = State.PLAYING;
        } else {
            tick += (int) (bits >>> 56 - skipped - 8) - (int) tick & 0xFF;
        }
        if (view != null) {
            byte[] frame = new byte[length];
            buffer.duplicate().get(frame);
            try {
                view.read(frame);
            } catch (BlockException e) {
                throw new IOException("a frame that cannot be read", e);
            }
            if (view.wrongCell() >= 0 || view.tick() != tick) {
                throw new IOException("another world in cell " + view.wrongCell() + " at tick " + view.tick());
            }
        }
        return 1;
    }

    private int text(ByteBuffer buffer, int length) throws IOException {
        byte first = buffer.get(buffer.position());
        if (first == '2') {
            say(new byte[] {'3'}, TEXT);
        } else if (first == '0') {
            state = State.JOINING;
            say(connect.getBytes(StandardCharsets.UTF_8), BINARY);
        } else if (state == State.JOINING && length > 100 && isWelcome(buffer, length)) {
            say(words.word(true, 0, WordReader.NO_CELL), BINARY);
        }
        return 0;
    }

    private static boolean isWelcome(ByteBuffer buffer, int length) {
        byte[] begin = new byte[Math.min(60, length)];
        buffer.duplicate().get(begin);
        return new String(begin, StandardCharsets.ISO_8859_1).contains("[\"welcome\"");
    }
}
