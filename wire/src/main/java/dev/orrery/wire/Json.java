package dev.orrery.wire;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A JSON value. Reading is by jackson-core within {@link #MAX_DEPTH}; the size is bounded by whoever holds the text.
 * Immutable; may be used by any thread.
 */
public sealed interface Json {
    /** Deepest nesting of arrays and objects that is read. */
    int MAX_DEPTH = 32;

    Json NULL = new Null();

    record Null() implements Json {}

    record Bool(boolean value) implements Json {}

    /** A number as JavaScript knows it. */
    record Num(double value) implements Json {}

    record Str(String value) implements Json {}

    record Arr(List<Json> values) implements Json {
        public Arr {
            values = List.copyOf(values);
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
        try (JsonParser parser = Reader.FACTORY.createParser(text)) {
            if (parser.nextToken() == null) {
                throw new WireException(WireException.Reason.BAD_JSON);
            }
            Json value = Reader.value(parser, 0);
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

    /** The text of a string; the fallback for anything else. */
    default String text(String fallback) {
        return this instanceof Str string ? string.value : fallback;
    }

    /** The value of a number; the fallback for anything else. */
    default double number(double fallback) {
        return this instanceof Num number ? number.value : fallback;
    }

    /** Writes this value. */
    default void write(JsonWriter out) {
        switch (this) {
            case Null ignored -> out.nil();
            case Bool bool -> out.value(bool.value);
            case Num number -> out.value(number.value);
            case Str string -> out.value(string.value);
            case Arr array -> {
                out.beginArray();
                array.values.forEach(value -> value.write(out));
                out.endArray();
            }
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
        private static final JsonFactory FACTORY = JsonFactory.builder()
                .streamReadConstraints(
                        StreamReadConstraints.builder().maxNumberLength(64).build())
                .build();

        private Reader() {}

        private static Json value(JsonParser parser, int depth) throws IOException, WireException {
            if (depth > MAX_DEPTH) {
                throw new WireException(WireException.Reason.TOO_DEEP);
            }
            return switch (parser.currentToken()) {
                case START_OBJECT -> {
                    Map<String, Json> members = new LinkedHashMap<>();
                    while (parser.nextToken() != JsonToken.END_OBJECT) {
                        String name = parser.currentName();
                        parser.nextToken();
                        members.put(name, value(parser, depth + 1));
                    }
                    yield new Obj(members);
                }
                case START_ARRAY -> {
                    List<Json> values = new ArrayList<>();
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        values.add(value(parser, depth + 1));
                    }
                    yield new Arr(values);
                }
                case VALUE_STRING -> new Str(parser.getText());
                case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Num(parser.getDoubleValue());
                case VALUE_TRUE -> new Bool(true);
                case VALUE_FALSE -> new Bool(false);
                default -> NULL;
            };
        }
    }
}
