package dev.orrery.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value. Reading is by jackson-core within a depth; the size is bounded by whoever holds the text.
 * Immutable as long as nobody changes what it was made of; may be used by any thread.
 */
public sealed interface Json extends JsonValue {
    /** Nesting of arrays and objects that no reader goes beyond: values are read by recursion. */
    int MAX_DEPTH = 512;

    /** Nesting that is read unless a limit is given. */
    int DEFAULT_DEPTH = 32;

    Json NULL = new Null();

    record Null() implements Json {}

    record Bool(boolean value) implements Json {}

    /** A number as JavaScript knows it. */
    record Num(double value) implements Json {}

    record Str(String value) implements Json {}

    /** The list must not be changed. */
    record Arr(List<Json> values) implements Json {}

    /** Bytes that travel beside the text, as an attachment of a packet. They must not be changed. */
    @SuppressWarnings("ArrayRecordComponent") // compared by content, and nobody changes it
    record Bin(byte[] value) implements Json {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bin bin && Arrays.equals(value, bin.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "Bin[" + HexFormat.of().formatHex(value) + "]";
        }
    }

    /** Members in the order of the text; of a repeated name the last value counts, as in JavaScript. */
    record Obj(Map<String, Json> members) implements Json {}

    /**
     * Reads one value that fills the whole text.
     *
     * @throws WireException {@code BAD_JSON} or {@code TOO_DEEP}
     */
    static Json parse(String text) throws WireException {
        return parse(text, DEFAULT_DEPTH);
    }

    /**
     * Reads one value that fills the whole text.
     *
     * @param maxDepth deepest nesting of arrays and objects, up to {@link #MAX_DEPTH}
     * @throws WireException {@code BAD_JSON} or {@code TOO_DEEP}
     */
    static Json parse(String text, int maxDepth) throws WireException {
        Reader.requireHexadecimalEscapes(text);
        try (JsonParser parser = Reader.FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new WireException(WireException.Reason.BAD_JSON);
            }
            Json value = Reader.value(parser, maxDepth);
            if (parser.nextToken() != null) {
                throw new WireException(WireException.Reason.BAD_JSON);
            }
            return value;
        } catch (IOException e) {
            throw new WireException(WireException.Reason.BAD_JSON);
        }
    }

    /** The member of that name; {@link #NULL} if this is no object or has none. */
    default Json get(String name) {
        return this instanceof Obj object ? object.members.getOrDefault(name, NULL) : NULL;
    }

    /** The element at that place, from 0; {@link #NULL} if this is no array or has none. */
    default Json get(int index) {
        return this instanceof Arr array && index >= 0 && index < array.values.size() ? array.values.get(index) : NULL;
    }

    /** The elements of an array; none for anything else. */
    default List<Json> list() {
        return this instanceof Arr array ? array.values : List.of();
    }

    /** The value of true and false; the fallback for anything else. */
    default boolean bool(boolean fallback) {
        return this instanceof Bool bool ? bool.value : fallback;
    }

    /** The text of a string; the fallback for anything else. */
    default String text(String fallback) {
        return this instanceof Str string ? string.value : fallback;
    }

    /** The value of a number; the fallback for anything else. */
    default double number(double fallback) {
        return this instanceof Num number ? number.value : fallback;
    }

    /** The bytes of an attachment; the fallback for anything else. */
    default byte[] bytes(byte[] fallback) {
        return this instanceof Bin bin ? bin.value : fallback;
    }

    /** Writes this value. */
    @Override
    default void write(JsonWriter out) {
        switch (this) {
            case Null ignored -> out.nil();
            case Bool bool -> out.value(bool.value);
            case Num number -> out.value(number.value);
            case Str string -> out.value(string.value);
            case Bin bin -> out.binary(bin.value);
            case Arr array -> {
                out.beginArray();
                array.values.forEach(value -> value.write(out));
                out.endArray();
            }
            case Obj object
            when object.get("_placeholder").equals(new Bool(true)) ->
                out.nil(); // read from a text packet; sent on it would stand for an attachment, and break off
            // whoever gets it
            case Obj object -> {
                out.beginObject();
                object.members.forEach((name, value) -> value.write(out.name(name)));
                out.endObject();
            }
        }
    }

    /** Compact JSON text. */
    default String toText() {
        JsonWriter out = new JsonWriter();
        write(out);
        return out.toString();
    }

    /** The reading side, apart from the interface so that its factory stays private. */
    final class Reader {
        private static final int FEW = 4;

        /** Without the table of names that its parsers share: one client could fill it with names that spoil those of others. */
        private static final JsonFactory FACTORY = JsonFactory.builder()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNumberLength(64).build())
                .build();

        private Reader() {}

        /** Jackson takes a character for a hexadecimal digit if its low byte is one, such as U+0663 for c. */
        private static void requireHexadecimalEscapes(String text) throws WireException {
            for (int at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at + 2)) {
                if (text.startsWith("u", at + 1)) {
                    for (int i = at + 2; i < Math.min(at + 6, text.length()); i++) {
                        if (!HexFormat.isHexDigit(text.charAt(i))) {
                            throw new WireException(WireException.Reason.BAD_JSON);
                        }
                    }
                }
            }
        }

        private static Json value(JsonParser parser, int depthLeft) throws IOException, WireException {
            if (depthLeft < 0) {
                throw new WireException(WireException.Reason.TOO_DEEP);
            }
            return switch (parser.currentToken()) {
                case START_OBJECT -> {
                    Map<String, Json> members = new LinkedHashMap<>(FEW);
                    while (parser.nextToken() != JsonToken.END_OBJECT) {
                        String name = parser.currentName();
                        parser.nextToken();
                        members.put(name, value(parser, depthLeft - 1));
                    }
                    yield new Obj(members);
                }
                case START_ARRAY -> {
                    List<Json> values = new ArrayList<>(FEW);
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        values.add(value(parser, depthLeft - 1));
                    }
                    yield new Arr(values);
                }
                case VALUE_STRING -> new Str(parser.getText());
                // As a whole number to Jackson, the negative zero would lose its sign.
                case VALUE_NUMBER_INT -> new Num(parser.getText().equals("-0") ? -0.0 : parser.getDoubleValue());
                case VALUE_NUMBER_FLOAT -> new Num(parser.getDoubleValue());
                case VALUE_TRUE -> new Bool(true);
                case VALUE_FALSE -> new Bool(false);
                default -> NULL;
            };
        }
    }
}
