package dev.orrery.e2e.parser;

import dev.orrery.wire.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Values as {@code parser.mjs} writes them: numbers as their bits, bytes in Base64, members sorted by name. */
final class Exact {
    private Exact() {}

    static Json of(Json value) {
        return switch (value) {
            case Json.Num number -> tagged("n", HexFormat.of().toHexDigits(Double.doubleToLongBits(number.value())));
            case Json.Bin bin -> bytes(bin);
            case Json.Arr array ->
                new Json.Arr(array.values().stream().map(Exact::of).toList());
            case Json.Obj object -> {
                List<Json> members = new ArrayList<>();
                new TreeMap<>(object.members())
                        .forEach((name, member) -> members.add(new Json.Arr(List.of(new Json.Str(name), of(member)))));
                yield new Json.Obj(Map.of("o", new Json.Arr(members)));
            }
            default -> value;
        };
    }

    /** One message for {@code parser.mjs}, or one of it. */
    static Json message(Json message) {
        return message instanceof Json.Bin bin ? bytes(bin) : message;
    }

    static Json toMessage(Json message) {
        return message instanceof Json.Obj
                ? new Json.Bin(Base64.getDecoder().decode(message.get("b").text("")))
                : message;
    }

    private static Json bytes(Json.Bin bin) {
        return tagged("b", Base64.getEncoder().encodeToString(bin.value()));
    }

    private static Json tagged(String tag, String text) {
        return new Json.Obj(Map.of(tag, new Json.Str(text)));
    }
}
