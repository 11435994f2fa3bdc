package dev.orrery.world;

/** Reads what {@link ByteWriter} wrote. The bytes may be damaged: nothing is allocated by what they say. Owned by one thread. */
final class ByteReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    ByteReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.at = offset;
        this.end = offset + length;
    }

    int at() {
        return at;
    }

    int left() {
        return end - at;
    }

    int u8() throws RecordException {
        if (at == end) {
            throw RecordException.Reason.TRUNCATED.exception();
        }
        return bytes[at++] & 0xFF;
    }

    int fixed() throws RecordException {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            value |= u8() << shift;
        }
        return value;
    }

    int number() throws RecordException {
        int value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int next = u8();
            value |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw RecordException.Reason.BAD_VALUE.exception();
    }

    long longNumber() throws RecordException {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            long next = u8();
            value |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw RecordException.Reason.BAD_VALUE.exception();
    }

    int signed() throws RecordException {
        int folded = number();
        return folded >>> 1 ^ -(folded & 1);
    }

    double real() throws RecordException {
        long low = fixed() & 0xFFFF_FFFFL;
        return Double.longBitsToDouble(low | (long) fixed() << Integer.SIZE);
    }

    String text() throws RecordException {
        int length = count();
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) number());
        }
        return text.toString();
    }

    /** How many things follow, each of at least one byte. */
    int count() throws RecordException {
        int count = number();
        if (count < 0 || count > left()) {
            throw RecordException.Reason.TRUNCATED.exception();
        }
        return count;
    }

    void row(int[] row) throws RecordException {
        for (int i = 0; i < row.length; i++) {
            row[i] = signed();
        }
    }

    /** Goes on behind so many bytes. */
    void skip(int count) throws RecordException {
        if (count < 0 || count > left()) {
            throw RecordException.Reason.TRUNCATED.exception();
        }
        at += count;
    }
}
