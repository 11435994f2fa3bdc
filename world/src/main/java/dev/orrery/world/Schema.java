package dev.orrery.world;

import dev.orrery.rules.Field;
import dev.orrery.wire.JsonWriter;
import java.util.List;
import java.util.Locale;

/** What clients must know of a game's fields to read its state and to send inputs. */
final class Schema {
    private Schema() {}

    /** {@code {kinds: [{name, fields}], input: {fields}}} */
    static void write(Plan plan, JsonWriter out) {
        out.beginObject().name("kinds").beginArray();
        for (ActorKind kind : plan.kinds()) {
            out.beginObject().name("name").value(kind.name());
            fields(told(kind.kind().table().fields()), out);
            out.endObject();
        }
        out.endArray().name("input").beginObject();
        fields(plan.playerInput().kind().table().fields(), out);
        out.endObject().endObject();
    }

    private static List<Field> told(List<Field> fields) {
        return fields.stream()
                .filter(field -> field.audience() == Field.Audience.EVERYONE)
                .toList();
    }

    private static void fields(List<Field> fields, JsonWriter out) {
        out.name("fields").beginArray();
        for (Field field : fields) {
            out.beginObject().name("name").value(field.name());
            out.name("type").value(field.type().name().toLowerCase(Locale.ROOT));
            out.name("min").value(field.min() * field.quantum());
            out.name("max").value(field.max() * field.quantum());
            out.name("quantum").value(field.quantum());
            if (field.length() > 1) {
                out.name("length").value(field.length());
            }
            if (!field.constants().isEmpty()) {
                out.name("constants").beginArray();
                field.constants().forEach(out::value);
                out.endArray();
            }
            out.endObject();
        }
        out.endArray();
    }
}
