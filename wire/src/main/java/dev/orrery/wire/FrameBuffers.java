package dev.orrery.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What reading frames needs only while it reads: all connections of a thread share one, so that an idle connection has none. Owned by
 * that thread.
 */
public final class FrameBuffers {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int FIRST_BYTES = 1_024;
    /** What a sender of permessage-deflate leaves out at the end of a message (RFC 7692, 7.2.2). */
    private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

    private byte[] scratch = new byte[FIRST_BYTES];
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);

    /** An array of at least that length; what it holds is lost with the next call. */
    byte[] scratch(int length) {
        if (scratch.length < length) {
            scratch = new byte[Math.max(length, 2 * scratch.length)];
        }
        return scratch;
    }

    /**
     * Copies the next bytes of a buffer without their mask.
     *
     * @param mask the four bytes of the mask, the first in the highest bits
     * @return whether all of them are ASCII
     */
    static boolean unmask(ByteBuffer in, int mask, byte[] target, int offset, int length) {
        in.get(target, offset, length);
        final long wide = (long) mask << 32 | mask & 0xFFFFFFFFL;
        final int end = offset + length;
        long seen = 0;
        int at = offset;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            final long word = (long) LONGS.get(target, at) ^ wide;
            LONGS.set(target, at, word);
            seen |= word;
        }
        for (int shift = 56; at < end; at++, shift -= 8) {
            target[at] ^= (byte) (wide >>> shift);
            seen |= target[at];
        }
        return (seen & HIGH_BITS) == 0;
    }

    /** @throws FrameException {@code BAD_TEXT} */
    String text(byte[] array, int length) throws FrameException {
        try {
            final CharBuffer chars = utf8.reset().decode(ByteBuffer.wrap(array, 0, length));
            return chars.toString();
        } catch (CharacterCodingException e) {
            throw new FrameException(FrameException.Reason.BAD_TEXT);
        }
    }

    /**
     * A message as it was before its sender deflated it.
     *
     * @param maxBytes beyond which nothing is inflated any more
     * @throws FrameException {@code MALFORMED} or {@code TOO_LARGE}
     */
    static byte[] inflate(byte[] deflated, int length, int maxBytes) throws FrameException {
        final Inflater inflater = new Inflater(true);
        try {
            byte[] inflated = new byte[Math.min(maxBytes + 1, Math.max(FIRST_BYTES, 4 * length))];
            int at = 0;
            for (byte[] input : new byte[][] {Arrays.copyOf(deflated, length), TAIL}) {
                inflater.setInput(input);
                while (!inflater.needsInput() && !inflater.finished()) {
                    if (at == inflated.length) {
                        inflated = Arrays.copyOf(inflated, (int) Math.min(maxBytes + 1L, 2L * inflated.length));
                    }
                    final int count = inflater.inflate(inflated, at, inflated.length - at);
                    if (count == 0 && inflater.needsDictionary()) {
                        throw new FrameException(FrameException.Reason.MALFORMED);
                    }
                    at += count;
                    if (at > maxBytes) {
                        throw new FrameException(FrameException.Reason.TOO_LARGE);
                    }
                }
            }
            return Arrays.copyOf(inflated, at);
        } catch (DataFormatException e) {
            throw new FrameException(FrameException.Reason.MALFORMED);
        } finally {
            inflater.end();
        }
    }
}
