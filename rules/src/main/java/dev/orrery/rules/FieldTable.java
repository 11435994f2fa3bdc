package dev.orrery.rules;

import java.util.List;

/**
 * The synced shape of an actor, input or event class: its fields in the order in which they stand in a row. It drives
 * everything that reads or writes such an object, so that nothing about a field is said twice.
 *
 * @param name of the kind, lower camel case: {@code ship}
 */
public record FieldTable(String name, List<Field> fields) {
    public FieldTable {
        fields = List.copyOf(fields);
    }

    /** Ints that a row takes. */
    public int rowLength() {
        int length = 0;
        for (int i = 0; i < fields.size(); i++) {
            length += fields.get(i).length();
        }
        return length;
    }
}
