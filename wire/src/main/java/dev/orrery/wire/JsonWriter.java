package dev.orrery.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    private List<byte[]> attachments = List.of();

    public JsonWriter clear() {
        length = 0;
        separate = false;
        attachments = List.of();
        return this;
    }

    /** Text that stands outside JSON, such as a packet's prefix, written as it is. */
    public JsonWriter raw(String text) {
        reserve(text.length());
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c < 0x80) {
                put(c);
            } else {
                i += utf8(text, i);
            }
        }
        return this;
    }

    /**
     * Bytes: a placeholder in the text, and the bytes themselves as an attachment. They must not change until the packet is
     * encoded.
     */
    public JsonWriter binary(byte[] bytes) {
        beginObject().name("_placeholder").value(true).name("num").value(attachments.size());
        if (attachments.isEmpty()) {
            attachments = new ArrayList<>();
        }
        attachments.add(bytes);
        return endObject();
    }

    /** What {@link #binary} was given since {@link #clear}, in order. */
    public List<byte[]> attachments() {
        return attachments;
    }

    /**
     * Any value: null, a Boolean, a Number, text, {@code byte[]}, a Map with text for keys, an Iterable, or what writes
     * itself.
     *
     * @throws IllegalArgumentException for anything else
     */
    public JsonWriter any(@Nullable Object value) {
        switch (value) {
            case null -> nil();
            case JsonValue json -> json.write(this);
            case Boolean bool -> value(bool.booleanValue());
            case Long number -> value(number.longValue());
            case Integer number -> value(number.longValue());
            case Number number -> value(number.doubleValue());
            case CharSequence text -> value(text.toString());
            case byte[] bytes -> binary(bytes);
            case Map<?, ?> map -> {
                beginObject();
                map.forEach((name, member) -> name(String.valueOf(name)).any(member));
                endObject();
            }
            case Iterable<?> values -> {
                beginArray();
                values.forEach(this::any);
                endArray();
            }
            default ->
                throw new IllegalArgumentException(
                        "cannot be sent: " + value.getClass().getName()
                                + "; use text, numbers, booleans, byte[], Map, List, null or a JsonValue");
        }
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

    /** Bytes written so far. */
    int length() {
        return length;
    }

    /** Copies the bytes written so far. */
    void copyTo(byte[] target, int offset) {
        System.arraycopy(buffer, 0, target, offset, length);
    }

    @Override
    public String toString() {
        return new String(buffer, 0, length, StandardCharsets.UTF_8);
    }

    /**
     * Writes the code point at {@code index}; returns how many further chars it took. A lone surrogate, which UTF-8 cannot
     * hold, is escaped as JavaScript's {@code JSON.stringify} does.
     */
    private int utf8(String value, int index) {
        final int point = value.codePointAt(index);
        reserve(6);
        if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
            buffer[length++] = '\\';
            buffer[length++] = 'u';
            for (int shift = 12; shift >= 0; shift -= 4) {
                buffer[length++] = HEX[point >> shift & 15];
            }
            return 0;
        }
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
        return Character.charCount(point) - 1;
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
