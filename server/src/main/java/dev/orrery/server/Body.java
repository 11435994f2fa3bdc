package dev.orrery.server;

import dev.orrery.wire.Json;
import dev.orrery.wire.WireException;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The JSON object that came with a request; a member that is not known is refused by name. Immutable. */
final class Body {
    private final Json.Obj members;

    private Body(Json.Obj members) {
        this.members = members;
    }

    /**
     * Reads it; no body at all is an object without members.
     *
     * @throws RejectedException if it is something else, or has another member than those
     */
    static Body read(Context ctx, List<String> known) throws RejectedException {
        String text = new String(ctx.bodyAsBytes(), StandardCharsets.UTF_8);
        return parse(text.isBlank() ? "{}" : text, known);
    }

    static Body parse(String text, List<String> known) throws RejectedException {
        Json json;
        try {
            json = Json.parse(text);
        } catch (WireException e) {
            throw RejectedException.badRequest("The body is " + e.reason().sentence() + ".");
        }
        if (!(json instanceof Json.Obj object)) {
            throw RejectedException.badRequest("The body must be a JSON object.");
        }
        for (String name : object.members().keySet()) {
            if (!known.contains(name)) {
                throw RejectedException.badRequest(
                        "There is no member \"" + name + "\" here; known are " + String.join(", ", known) + ".");
            }
        }
        return new Body(object);
    }

    boolean has(String name) {
        return members.members().containsKey(name);
    }

    /** The member of that name; {@link Json#NULL} if there is none. */
    Json get(String name) {
        return members.get(name);
    }

    /**
     * A text that must be there.
     *
     * @throws RejectedException if it is missing, blank, too long, or something else
     */
    String text(String name, int maxLength) throws RejectedException {
        String text = get(name).text("");
        if (text.isBlank() || text.length() > maxLength) {
            throw RejectedException.badRequest(name + " must be text of 1 to " + maxLength + " characters.");
        }
        return text;
    }

    /**
     * A number that may be missing.
     *
     * @throws RejectedException if it is something else, or out of its bounds
     */
    double number(String name, double min, double max, double fallback) throws RejectedException {
        if (!has(name)) {
            return fallback;
        }
        double number = get(name).number(Double.NaN);
        if (!(number >= min && number <= max)) {
            throw RejectedException.badRequest(
                    name + " must be a number from " + plain(min) + " to " + plain(max) + ".");
        }
        return number;
    }

    private static String plain(double number) {
        return new Json.Num(number).toText();
    }
}
