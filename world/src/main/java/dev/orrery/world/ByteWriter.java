package dev.orrery.world;

import java.util.Arrays;

/**
 * Bytes of records, one after the other. Grows as needed and is used again after {@link #clear}, so that what is written every
 * tick allocates nothing. Whole numbers are little-endian groups of seven bits, the highest bit of a byte saying that another
 * follows; those with a sign are folded first (0, -1, 1, -2 … become 0, 1, 2, 3 …). Owned by one thread.
 */
final class ByteWriter {
    private static final int INITIAL_CAPACITY = 256;
    /** Of an int. */
    private static final int MAX_NUMBER_BYTES = 5;

    private byte[] bytes = new byte[INITIAL_CAPACITY];
    private int length;

    int length() {
        return length;
    }

    /** The written bytes are the first {@link #length} of these; the array changes with the next write. */
    byte[] array() {
        return bytes;
    }

    byte[] copy() {
        return Arrays.copyOf(bytes, length);
    }

    void clear() {
        length = 0;
    }

    void u8(int value) {
        room(1);
        bytes[length++] = (byte) value;
    }

    /** Exactly four bytes. */
    void fixed(int value) {
        room(Integer.BYTES);
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    /** Not negative, or taken as if it were not. */
    void number(int value) {
        room(MAX_NUMBER_BYTES);
        put(value);
    }

    /** A number for which there is room. */
    private void put(int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    void signed(int value) {
        number(fold(value));
    }

    private static int fold(int value) {
        return value << 1 ^ value >> 31;
    }

    void real(double value) {
        long bits = Double.doubleToRawLongBits(value);
        fixed((int) bits);
        fixed((int) (bits >>> Integer.SIZE));
    }

    /** Its length and then each char as a number: a byte for what is ASCII, and no object on the way. */
    void text(String value) {
        number(value.length());
        for (int i = 0; i < value.length(); i++) {
            number((int) value.charAt(i));
        }
    }

    void bytes(byte[] source, int offset, int count) {
        room(count);
        System.arraycopy(source, offset, bytes, length, count);
        length += count;
    }

    /** All of a row, without its length. */
    void row(int[] row) {
        room(MAX_NUMBER_BYTES * row.length);
        for (int value : row) {
            put(fold(value));
        }
    }

    private void room(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
        }
    }
}
