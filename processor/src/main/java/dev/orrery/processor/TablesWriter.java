package dev.orrery.processor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Writes the field tables of a browser module as JSON: {@code {"actors": [table…], "inputs": [table…]}}. A constant of
 * the module, because turning doubles into text there would cost more bytes than all rules together.
 */
final class TablesWriter {
    private final Page page;

    TablesWriter(Page page) {
        this.page = page;
    }

    String json() {
        List<String> actors = page.actors().stream()
                .map(part -> table(part.actor(), more(part)))
                .toList();
        List<String> inputs =
                page.inputs().stream().map(input -> table(input, "")).toList();
        return "{\"actors\":[" + String.join(",", actors) + "],\"inputs\":[" + String.join(",", inputs) + "]}";
    }

    private static String more(Page.Part part) {
        String input =
                part.input().map(shape -> "\"input\":\"" + shape.name() + "\",").orElse("");
        return input + "\"steps\":" + part.steps() + ",";
    }

    private static String table(Shape shape, String more) {
        List<String> fields = new ArrayList<>();
        int offset = 0;
        for (Slot slot : shape.slots()) {
            fields.add(field(slot, offset));
            offset += slot.ints();
        }
        return "{\"name\":\"" + shape.name() + "\"," + more + "\"rowLength\":" + offset + ",\"fields\":["
                + String.join(",", fields) + "]}";
    }

    private static String field(Slot slot, int offset) {
        String constants = slot.constants().stream().map(c -> '"' + c + '"').collect(Collectors.joining(","));
        return "{\"name\":\"%s\",\"type\":\"%s\",\"offset\":%d,\"length\":%d,\"min\":%d,\"max\":%d,\"quantum\":%s,\"constants\":[%s],\"audience\":\"%s\"}"
                .formatted(
                        slot.name(),
                        slot.type().name().toLowerCase(Locale.ROOT),
                        offset,
                        slot.ints(),
                        (int) (slot.min() / slot.quantum()),
                        (int) (slot.max() / slot.quantum()),
                        slot.quantum(),
                        constants,
                        slot.audience().name().toLowerCase(Locale.ROOT));
    }
}
