package dev.orrery.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class JsonFuzzTest {
    /** A pair of brackets, two bytes, becomes a record with a list; the round trips need it some times more. */
    private static final int BYTES_FOR_EACH = 2_000;

    @Test
    void shouldReadAgainWhatItWroteOrRefuse() throws IOException {
        Fuzzing.run(JsonFuzzTest.class, 20_000, JsonFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        Fuzzing.bounded(input.length, BYTES_FOR_EACH, () -> check(text));
    }

    private static void check(String text) {
        Json value;
        try {
            value = Json.parse(text);
        } catch (WireException e) {
            return;
        }
        if (depth(value) > Json.DEFAULT_DEPTH + 1) {
            throw new AssertionError("deeper than allowed: " + depth(value));
        }
        // JavaScript writes neither the negative zero nor infinities, so the first writing may change them; the second
        // may not.
        Json again = parse(value.toText());
        if (!again.toText().equals(value.toText()) || !again.equals(parse(again.toText()))) {
            throw new AssertionError(value.toText() + " was read as " + again.toText());
        }
    }

    private static Json parse(String written) {
        try {
            return Json.parse(written);
        } catch (WireException e) {
            throw new AssertionError(written, e);
        }
    }

    private static int depth(Json value) {
        Stream<Json> children = switch (value) {
            case Json.Arr array -> array.values().stream();
            case Json.Obj object -> object.members().values().stream();
            default -> Stream.empty();
        };
        return 1 + children.mapToInt(JsonFuzzTest::depth).max().orElse(0);
    }
}
