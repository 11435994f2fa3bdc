package dev.orrery.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The bytes of one WebSocket, whole and in pieces. The first byte says whether deflate was agreed upon (bit 0), and how long the
 * pieces are (the other bits).
 */
final class FrameReaderFuzzTest {
    private static final int MAX_MESSAGE_BYTES = 1_024;
    private static final int MAX_FRAGMENTS = 4;
    /** Text becomes an array and a string, and inflating begins with an array of a kilobyte. */
    private static final int BYTES_FOR_EACH = 2_000;

    @Test
    void shouldReadTheSameInPiecesOrRefuse() throws IOException {
        Fuzzing.run(FrameReaderFuzzTest.class, 40_000, FrameReaderFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        boolean deflate = (input[0] & 1) != 0;
        int pieceBytes = Math.max(1, (input[0] & 0xFF) >> 1);
        byte[] bytes = Arrays.copyOfRange(input, 1, input.length);
        Fuzzing.bounded(input.length, BYTES_FOR_EACH, () -> {
            List<String> whole = read(bytes, Math.max(1, bytes.length), deflate);
            List<String> pieces = read(bytes, pieceBytes, deflate);
            if (!whole.equals(pieces)) {
                throw new AssertionError(whole + " was read in pieces as " + pieces);
            }
        });
    }

    private static List<String> read(byte[] bytes, int pieceBytes, boolean deflate) {
        FrameReader reader = new FrameReader(MAX_MESSAGE_BYTES, MAX_FRAGMENTS, deflate, new FrameBuffers());
        List<String> events = new ArrayList<>();
        Listener listener = new Listener(events);
        ByteBuffer in = ByteBuffer.wrap(bytes).limit(0);
        try {
            while (in.limit() < bytes.length) {
                in.limit(Math.min(bytes.length, in.limit() + pieceBytes));
                int from = in.position();
                while (reader.next(in, listener)) {
                    from = in.position();
                }
                if (in.position() != from) {
                    throw new AssertionError("a part of a frame was taken");
                }
            }
        } catch (FrameException e) {
            events.add(e.reason().name());
        }
        return events;
    }

    private record Listener(List<String> events) implements FrameReader.Messages {
        @Override
        public void text(String message) {
            if (message.getBytes(StandardCharsets.UTF_8).length > MAX_MESSAGE_BYTES) {
                throw new AssertionError("too long a text");
            }
            events.add("text " + message);
        }

        @Override
        public void binary(byte[] message) {
            if (message.length > MAX_MESSAGE_BYTES) {
                throw new AssertionError("too long a message");
            }
            events.add("binary " + Arrays.hashCode(message));
        }

        @Override
        public void ping(byte[] payload) {
            events.add("ping " + HexFormat.of().formatHex(payload));
        }

        @Override
        public void pong() {
            events.add("pong");
        }

        @Override
        public void close(byte[] payload) {
            events.add("close " + HexFormat.of().formatHex(payload));
        }
    }
}
