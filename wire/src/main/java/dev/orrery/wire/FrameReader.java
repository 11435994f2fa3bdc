package dev.orrery.wire;

import dev.orrery.wire.FrameException.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the WebSocket frames of a client (RFC 6455, 5.2) and joins them to messages:
 *
 * <pre>
 *   FIN RSV1 RSV2 RSV3 opcode(4) | MASK length(7) | [length(16) or (64)] | mask(32) | payload, each byte XOR mask[i mod 4]
 *
 *   opcode  0 continuation   1 text   2 binary   8 close   9 ping   A pong
 *   RSV1    on the first frame of a message: it is deflated (RFC 7692), where that was agreed upon
 * </pre>
 *
 * A frame is read when it is there as a whole; its length is refused before any of its payload has come. Owned by the connection's
 * thread.
 */
public final class FrameReader {
    /** Takes what was read. Called in the order of the bytes. */
    public interface Messages {
        void text(String message);

        /** The array is the taker's from now on. */
        void binary(byte[] message);

        /** To be answered with a pong of the same payload. */
        void ping(byte[] payload);

        void pong();

        /** @param payload two bytes of status and a reason, or nothing */
        void close(byte[] payload);
    }

    private static final int FIN = 0x80;
    private static final int RSV1 = 0x40;
    private static final int RSV23 = 0x30;
    private static final int MASK = 0x80;
    private static final int CONTINUATION = 0;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int CLOSE = 8;
    private static final int PING = 9;
    private static final int PONG = 10;
    private static final int NONE = -1;
    private static final int MAX_CONTROL_BYTES = 125;
    private static final int MEDIUM = 126;
    private static final int LARGE = 127;
    private static final int MAX_MEDIUM = 65_535;
    private static final byte[] NOTHING = {};

    private final int maxMessageBytes;
    private final int maxFragments;
    private final boolean deflate;
    private final FrameBuffers buffers;
    /** Of the message whose last frame has not come: its kind, {@link #NONE} if there is none, and its bytes so far. */
    private int opcode = NONE;

    private boolean deflated;
    private byte[] joined = NOTHING;
    private int joinedLength;
    private int fragments;

    /**
     * @param maxMessageBytes of a message, joined and inflated
     * @param maxFragments frames of a message
     * @param deflate whether permessage-deflate was agreed upon, without context takeover
     */
    public FrameReader(int maxMessageBytes, int maxFragments, boolean deflate, FrameBuffers buffers) {
        this.maxMessageBytes = maxMessageBytes;
        this.maxFragments = maxFragments;
        this.deflate = deflate;
        this.buffers = buffers;
    }

    /**
     * Reads one frame.
     *
     * @param in big endian; is left at the frame's end, or unchanged if the frame is not there as a whole
     * @return whether there was one
     * @throws FrameException if the connection must be closed; the reader is of no use afterwards
     */
    public boolean next(ByteBuffer in, Messages out) throws FrameException {
        final int start = in.position();
        if (in.remaining() < 2) {
            return false;
        }
        final int first = in.get(start) & 0xFF;
        final int second = in.get(start + 1) & 0xFF;
        final int kind = first & 0x0F;
        checkHeader(first, kind, second);
        final int shortLength = second & 0x7F;
        final int lengthBytes = shortLength < MEDIUM ? 0 : shortLength == MEDIUM ? 2 : 8;
        final int headerBytes = 2 + lengthBytes + 4;
        if (in.remaining() < 2 + lengthBytes) {
            return false;
        }
        final int length = length(in, start, shortLength, kind >= CLOSE);
        if (in.remaining() < headerBytes + length) {
            return false;
        }
        final int mask = in.getInt(start + headerBytes - 4);
        in.position(start + headerBytes);
        if (kind >= CLOSE) {
            control(kind, in, mask, length, out);
        } else {
            data(first, kind, in, mask, length, out);
        }
        return true;
    }

    /** What is wrong whatever the payload. */
    private void checkHeader(int first, int kind, int second) throws FrameException {
        final boolean control = kind >= CLOSE;
        final boolean known = kind <= BINARY || kind >= CLOSE && kind <= PONG;
        final boolean inTurn = control || (kind == CONTINUATION) == (opcode != NONE);
        final boolean reserved =
                (first & RSV23) != 0 || (first & RSV1) != 0 && (!deflate || control || kind == CONTINUATION);
        final boolean split = control && (first & FIN) == 0;
        if (!known || !inTurn || reserved || split || (second & MASK) == 0) {
            throw new FrameException(Reason.MALFORMED);
        }
    }

    private int length(ByteBuffer in, int start, int shortLength, boolean control) throws FrameException {
        final long length = switch (shortLength) {
            case MEDIUM -> in.getShort(start + 2) & 0xFFFF;
            case LARGE -> in.getLong(start + 2);
            default -> shortLength;
        };
        final boolean shortest = shortLength < MEDIUM
                || shortLength == MEDIUM && length >= MEDIUM
                || shortLength == LARGE && length > MAX_MEDIUM;
        if (!shortest || control && length > MAX_CONTROL_BYTES) {
            throw new FrameException(Reason.MALFORMED);
        }
        if (!control && length > maxMessageBytes - joinedLength) {
            throw new FrameException(Reason.TOO_LARGE);
        }
        return (int) length;
    }

    private void control(int kind, ByteBuffer in, int mask, int length, Messages out) throws FrameException {
        final byte[] payload = length == 0 ? NOTHING : new byte[length];
        FrameBuffers.unmask(in, mask, payload, 0, length);
        switch (kind) {
            case PING -> out.ping(payload);
            case PONG -> out.pong();
            default -> {
                checkClose(payload);
                out.close(payload);
            }
        }
    }

    /** Nothing, or a status that may be sent (RFC 6455, 7.4) and a reason in UTF-8. */
    private void checkClose(byte[] payload) throws FrameException {
        if (payload.length == 0) {
            return;
        }
        final int status = payload.length < 2 ? 0 : (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
        final boolean legal = status >= 1000 && status <= 1003
                || status >= 1007 && status <= 1014
                || status >= 3000 && status <= 4999;
        if (!legal) {
            throw new FrameException(Reason.MALFORMED);
        }
        final byte[] reason = Arrays.copyOfRange(payload, 2, payload.length);
        buffers.text(reason, reason.length);
    }

    private void data(int first, int kind, ByteBuffer in, int mask, int length, Messages out) throws FrameException {
        final boolean last = (first & FIN) != 0;
        if (last && kind != CONTINUATION && (first & RSV1) == 0) {
            whole(kind, in, mask, length, out);
            return;
        }
        if (kind != CONTINUATION) {
            opcode = kind;
            deflated = (first & RSV1) != 0;
        }
        if (++fragments > maxFragments) {
            throw new FrameException(Reason.TOO_MANY_FRAGMENTS);
        }
        if (joined.length - joinedLength < length) {
            joined = Arrays.copyOf(
                    joined, Math.max(joinedLength + length, Math.min(maxMessageBytes, 2 * joined.length)));
        }
        FrameBuffers.unmask(in, mask, joined, joinedLength, length);
        joinedLength += length;
        if (last) {
            finish(out);
        }
    }

    /** The usual case: a message in one frame. */
    private void whole(int kind, ByteBuffer in, int mask, int length, Messages out) throws FrameException {
        if (kind == BINARY) {
            final byte[] message = new byte[length];
            FrameBuffers.unmask(in, mask, message, 0, length);
            out.binary(message);
            return;
        }
        final byte[] scratch = buffers.scratch(length);
        final boolean ascii = FrameBuffers.unmask(in, mask, scratch, 0, length);
        out.text(ascii ? new String(scratch, 0, length, StandardCharsets.ISO_8859_1) : buffers.text(scratch, length));
    }

    private void finish(Messages out) throws FrameException {
        final byte[] message = deflated
                ? FrameBuffers.inflate(joined, joinedLength, maxMessageBytes)
                : Arrays.copyOf(joined, joinedLength);
        final boolean text = opcode == TEXT;
        opcode = NONE;
        joined = NOTHING;
        joinedLength = 0;
        fragments = 0;
        if (text) {
            out.text(buffers.text(message, message.length));
        } else {
            out.binary(message);
        }
    }
}
