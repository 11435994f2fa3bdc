package dev.orrery.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes JSON as UTF-8 into a buffer of its own that is reused after {@link #clear}. Commas come by themselves.
 * Names and values must alternate as JSON wants them; that is not checked. Owned by one thread.
 */
public final class JsonWriter {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    /** Whole numbers beyond this are not exact in a double, nor in JavaScript. */
    private static final double MAX_SAFE_INTEGER = 0x1p53;

    private byte[] buffer = new byte[512];
    private int length;
    private boolean separate;

    public JsonWriter clear() {
        length = 0;
        separate = false;
        return this;
    }

    /** Text that stands outside JSON, such as a packet's prefix: ASCII, written as it is. */
    public JsonWriter raw(String ascii) {
        reserve(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            buffer[length++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    /** A value that was written before, byte for byte. */
    public JsonWriter value(byte[] json) {
        separate();
        reserve(json.length);
        System.arraycopy(json, 0, buffer, length, json.length);
        length += json.length;
        separate = true;
        return this;
    }

    public JsonWriter beginObject() {
        return open('{');
    }

    public JsonWriter endObject() {
        return close('}');
    }

    public JsonWriter beginArray() {
        return open('[');
    }

    public JsonWriter endArray() {
        return close(']');
    }

    public JsonWriter name(String name) {
        value(name);
        put(':');
        separate = false;
        return this;
    }

    public JsonWriter value(long value) {
        separate();
        raw(Long.toString(value));
        separate = true;
        return this;
    }

    /** A number; whole ones without a fraction, NaN and infinities as {@code null}, as JavaScript does. */
    public JsonWriter value(double value) {
        if (value == Math.rint(value) && Math.abs(value) <= MAX_SAFE_INTEGER) {
            return value((long) value);
        }
        separate();
        raw(Double.isFinite(value) ? Double.toString(value) : "null");
        separate = true;
        return this;
    }

    public JsonWriter value(boolean value) {
        separate();
        raw(value ? "true" : "false");
        separate = true;
        return this;
    }

    public JsonWriter nil() {
        separate();
        raw("null");
        separate = true;
        return this;
    }

    public JsonWriter value(String value) {
        separate();
        put('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                put('\\');
                put(c);
            } else if (c < 0x20) {
                raw("\\u00");
                reserve(2);
                buffer[length++] = HEX[c >> 4];
                buffer[length++] = HEX[c & 15];
            } else if (c < 0x80) {
                put(c);
            } else {
                i += utf8(value, i);
            }
        }
        put('"');
        separate = true;
        return this;
    }

    /** The bytes written so far, copied. */
    public byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    @Override
    public String toString() {
        return new String(buffer, 0, length, StandardCharsets.UTF_8);
    }

    /** Writes the code point at {@code index}; returns how many further chars it took. A lone surrogate becomes U+FFFD. */
    private int utf8(String value, int index) {
        int point = value.codePointAt(index);
        int further = Character.charCount(point) - 1;
        if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            point = 0xFFFD;
        }
        reserve(4);
        if (point < 0x800) {
            buffer[length++] = (byte) (0xC0 | point >> 6);
        } else {
            if (point < 0x10000) {
                buffer[length++] = (byte) (0xE0 | point >> 12);
            } else {
                buffer[length++] = (byte) (0xF0 | point >> 18);
                buffer[length++] = (byte) (0x80 | point >> 12 & 0x3F);
            }
            buffer[length++] = (byte) (0x80 | point >> 6 & 0x3F);
        }
        buffer[length++] = (byte) (0x80 | point & 0x3F);
        return further;
    }

    private JsonWriter open(char bracket) {
        separate();
        put(bracket);
        separate = false;
        return this;
    }

    private JsonWriter close(char bracket) {
        put(bracket);
        separate = true;
        return this;
    }

    private void separate() {
        if (separate) {
            put(',');
        }
    }

    private void put(char ascii) {
        reserve(1);
        buffer[length++] = (byte) ascii;
    }

    private void reserve(int count) {
        if (length + count > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + count));
        }
    }
}
