package dev.orrery.wire;

import java.util.Arrays;

/** Bits one after another, the highest of each byte first. Grows as needed and is used again. Owned by one thread. */
public final class BitWriter {
    private static final int FIRST_BYTES = 64;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;

    /** Starts again with nothing. */
    public void clear() {
        Arrays.fill(bytes, 0, byteLength(), (byte) 0);
        length = 0;
    }

    /** How many bits there are. */
    public int length() {
        return length;
    }

    /** How many bytes they fill, the last perhaps in part. */
    public int byteLength() {
        return length + 7 >>> 3;
    }

    /** What was written; longer than that, and only until something else is. The rest of the last byte is 0. */
    public byte[] array() {
        return bytes;
    }

    public void bit(boolean value) {
        bits(value ? 1 : 0, 1);
    }

    /**
     * Writes the lowest bits of a value.
     *
     * @param count 0 to 32
     */
    public void bits(int value, int count) {
        ensure(count);
        int end = length + count;
        long window = (value & (1L << count) - 1) << (-end & 7);
        for (int i = end - 1 >> 3; i >= length >>> 3; i--) {
            bytes[i] |= (byte) window;
            window >>>= 8;
        }
        length = end;
    }

    /**
     * Writes a number that is probably small, as an Exp-Golomb code: {@code value >>> k} plus one in binary behind as many zeros as that
     * has further digits, then the {@code k} lowest bits. With {@code k = 0}: 0 is {@code 1}, 1 is {@code 010}, 2 is {@code 011}.
     *
     * @param value taken as unsigned
     */
    public void golomb(int value, int k) {
        long high = (value & 0xFFFF_FFFFL) >>> k;
        long coded = high + 1;
        int digits = 63 - Long.numberOfLeadingZeros(coded);
        bits(0, digits);
        bits((int) (coded >>> digits), 1);
        bits((int) coded, digits);
        bits(value, k);
    }

    /** Writes a number of either sign, not 0: its sign, then how much more than 1 it is away from 0, see {@link #golomb}. */
    public void distance(int value, int k) {
        bit(value < 0);
        golomb((value < 0 ? -value : value) - 1, k);
    }

    /** Writes one of {@code choices} values, 0 the first, in as many bits as those need. */
    public void choice(int value, int choices) {
        bits(value, widthOf(choices));
    }

    /** Bits that tell one of so many choices. */
    static int widthOf(int choices) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(choices - 1);
    }

    /** Writes bits from elsewhere. */
    public void append(byte[] from, int fromBit, int count) {
        ensure(count);
        int shift = fromBit & 7;
        int source = fromBit >>> 3;
        int left = count;
        while (left > 0) {
            int taken = Math.min(left, 8);
            int pair = (from[source] & 0xFF) << 8;
            if (shift + taken > 8) {
                pair |= from[source + 1] & 0xFF;
            }
            bits(pair >>> 16 - shift - taken, taken);
            source++;
            left -= taken;
        }
    }

    private void ensure(int bits) {
        int needed = length + bits + 7 >>> 3;
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
        }
    }
}
