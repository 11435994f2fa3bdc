package dev.orrery.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.wire.FrameException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameReaderTest {
    private static final int MAX_BYTES = 100_000;
    private static final int MAX_FRAGMENTS = 4;

    private final List<String> read = new ArrayList<>();
    private final FrameReader reader = new FrameReader(MAX_BYTES, MAX_FRAGMENTS, false, new FrameBuffers());
    private final FrameReader inflating = new FrameReader(MAX_BYTES, MAX_FRAGMENTS, true, new FrameBuffers());

    private final FrameReader.Messages messages = new FrameReader.Messages() {
        @Override
        public void text(String message) {
            read.add("text " + message);
        }

        @Override
        public void binary(byte[] message) {
            read.add("binary " + HexFormat.of().formatHex(message));
        }

        @Override
        public void ping(byte[] payload) {
            read.add("ping " + HexFormat.of().formatHex(payload));
        }

        @Override
        public void pong() {
            read.add("pong");
        }

        @Override
        public void close(byte[] payload) {
            read.add("close " + HexFormat.of().formatHex(payload));
        }
    };

    /** A frame as a client sends it, with a mask of its own. */
    private static byte[] frame(int first, byte[] payload) {
        int length = payload.length;
        ByteBuffer out = ByteBuffer.allocate(14 + length).put((byte) first);
        if (length < 126) {
            out.put((byte) (0x80 | length));
        } else if (length < 65_536) {
            out.put((byte) 0xFE).putShort((short) length);
        } else {
            out.put((byte) 0xFF).putLong(length);
        }
        byte[] mask = {(byte) 0xA1, 0x42, (byte) 0x83, 0x07};
        out.put(mask);
        for (int i = 0; i < length; i++) {
            out.put((byte) (payload[i] ^ mask[i % 4]));
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    private static byte[] frame(int first, String text) {
        return frame(first, text.getBytes(StandardCharsets.UTF_8));
    }

    private void read(FrameReader by, byte[]... frames) throws FrameException {
        for (byte[] frame : frames) {
            ByteBuffer in = ByteBuffer.wrap(frame);
            while (by.next(in, messages)) {
                assertThat(in.position()).isPositive();
            }
            assertThat(in.hasRemaining()).isFalse();
        }
    }

    private void assertRefused(Reason reason, FrameReader by, byte[]... frames) {
        assertThatThrownBy(() -> read(by, frames))
                .isInstanceOfSatisfying(
                        FrameException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 7, 8, 9, 125, 126, 127, 1_000, 65_535, 65_536, MAX_BYTES})
    void shouldReadTextAndBytesOfAnyLength(int length) throws Exception {
        read(reader, frame(0x81, "x".repeat(length)), frame(0x82, new byte[length]));
        assertThat(read).containsExactly("text " + "x".repeat(length), "binary " + "00".repeat(length));
    }

    @Test
    void shouldReadTextOfAnyScript() throws Exception {
        read(reader, frame(0x81, "na\u00efve \ud83d\ude80 \u65e5\u672c"));
        assertThat(read).containsExactly("text na\u00efve \ud83d\ude80 \u65e5\u672c");
    }

    @Test
    void shouldWaitForWholeFramesHoweverTheyComeInPieces() throws Exception {
        byte[] all = frame(0x81, "\u00e9".repeat(200));
        for (int length = 0; length < all.length; length++) {
            ByteBuffer piece = ByteBuffer.wrap(all, 0, length);
            assertThat(reader.next(piece, messages)).isFalse();
            assertThat(piece.position()).isZero();
        }
        read(reader, all);
        assertThat(read).hasSize(1);
    }

    @Test
    void shouldJoinFragmentsAroundControlFrames() throws Exception {
        byte[] rocket = "\ud83d\ude80".getBytes(StandardCharsets.UTF_8);
        read(
                reader,
                frame(0x01, Arrays.copyOf(rocket, 1)),
                frame(0x89, new byte[] {5}),
                frame(0x00, Arrays.copyOfRange(rocket, 1, 3)),
                frame(0x8A, new byte[0]),
                frame(0x80, Arrays.copyOfRange(rocket, 3, 4)),
                frame(0x02, new byte[] {1}),
                frame(0x80, new byte[] {2}),
                frame(0x81, "after"));
        assertThat(read).containsExactly("ping 05", "pong", "text \ud83d\ude80", "binary 0102", "text after");
    }

    @ParameterizedTest
    @CsvSource({
        "83 80 00000000, a reserved opcode",
        "8B 80 00000000, a reserved control opcode",
        "C1 80 00000000, deflated without an agreement",
        "A1 80 00000000, RSV2",
        "91 80 00000000, RSV3",
        "81 00, no mask",
        "80 80 00000000, a continuation of nothing",
        "09 80 00000000, a control frame in pieces",
        "89 FE 007E 00000000, a control frame over 125 bytes",
        "81 FE 0005 00000000, a length in more bytes than needed",
        "81 FF 000000000000FFFF 00000000, the same of 8 bytes",
        "81 FF 8000000000000000 00000000, a negative length",
        "88 81 00000000 03, half a status",
        "88 82 00000000 03ED, a status that may not be sent",
        "88 82 00000000 03E7, a status below 1000"
    })
    void shouldRefuseWhatTheStandardForbids(String hex, String what) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThatThrownBy(() -> read(reader, bytes))
                .as(what)
                .isInstanceOfSatisfying(
                        FrameException.class, e -> assertThat(e.reason()).isEqualTo(Reason.MALFORMED));
    }

    @Test
    void shouldRefuseNewMessageInsideAnother() {
        assertRefused(Reason.MALFORMED, reader, frame(0x01, "a"), frame(0x81, "b"));
    }

    @Test
    void shouldRefuseTextThatIsNotUtf8() {
        assertRefused(Reason.BAD_TEXT, reader, frame(0x81, new byte[] {(byte) 0xC3}));
        byte[] close = {3, (byte) 0xE8, (byte) 0xFF};
        assertRefused(
                Reason.BAD_TEXT,
                new FrameReader(MAX_BYTES, MAX_FRAGMENTS, false, new FrameBuffers()),
                frame(0x88, close));
    }

    @Test
    void shouldRefuseLengthBeforeThePayloadHasCome() {
        byte[] header = Arrays.copyOf(frame(0x82, new byte[MAX_BYTES + 1]), 10);
        assertRefused(Reason.TOO_LARGE, reader, header);
    }

    @Test
    void shouldBoundFragmentsByTheirSumAndNumber() {
        assertRefused(Reason.TOO_LARGE, reader, frame(0x02, new byte[MAX_BYTES - 1]), frame(0x80, new byte[2]));
        FrameReader other = new FrameReader(MAX_BYTES, MAX_FRAGMENTS, false, new FrameBuffers());
        byte[] piece = frame(0x00, new byte[0]);
        assertRefused(Reason.TOO_MANY_FRAGMENTS, other, frame(0x02, new byte[0]), piece, piece, piece, piece);
    }

    @Test
    void shouldInflateWhatWasAgreedToBeDeflated() throws Exception {
        String text = "position ".repeat(500);
        EncodedPacket packet = EncodedPacket.text(text);
        byte[] frames = packet.deflatedFrames();
        assertThat(frames.length).isLessThan(200);
        assertThat(frames[0] & 0xFF).isEqualTo(0xC1);
        byte[] payload = Arrays.copyOfRange(frames, 2, frames.length);
        read(inflating, frame(0xC1, payload));
        read(
                inflating,
                frame(0x41, Arrays.copyOf(payload, 5)),
                frame(0x80, Arrays.copyOfRange(payload, 5, payload.length)));
        assertThat(read).containsExactly("text " + text, "text " + text);
    }

    @Test
    void shouldLeaveSmallAndRandomFramesAsTheyAre() {
        byte[] noise = new byte[5_000];
        new Random(7).nextBytes(noise);
        assertThat(EncodedPacket.text("small").deflatedFrames())
                .isEqualTo(EncodedPacket.text("small").frames());
        assertThat(EncodedPacket.binary(noise).deflatedFrames())
                .isEqualTo(EncodedPacket.binary(noise).frames());
    }

    @Test
    void shouldStopInflatingAtTheLimit() {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput(new byte[50_000_000]);
        byte[] bomb = new byte[90_000];
        int length = deflater.deflate(bomb, 0, bomb.length, Deflater.SYNC_FLUSH);
        deflater.end();
        assertRefused(Reason.TOO_LARGE, inflating, frame(0xC2, Arrays.copyOf(bomb, length)));
        FrameReader other = new FrameReader(MAX_BYTES, MAX_FRAGMENTS, true, new FrameBuffers());
        assertRefused(Reason.MALFORMED, other, frame(0xC2, new byte[] {(byte) 0xFF, (byte) 0xFF}));
    }
}
