package dev.orrery.rules;

import java.util.Arrays;
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

    /** Places in a row of the ints that an audience, or everyone, may see: ascending. */
    public int[] places(Field.Audience audience) {
        int[] places = new int[rowLength()];
        int count = 0;
        int at = 0;
        for (Field field : fields) {
            for (int i = 0; i < field.length(); i++, at++) {
                if (field.audience() == audience) {
                    places[count++] = at;
                }
            }
        }
        return Arrays.copyOf(places, count);
    }

    /** The field to which each int of a row belongs. */
    public Field[] byPlace() {
        Field[] byPlace = new Field[rowLength()];
        int at = 0;
        for (Field field : fields) {
            Arrays.fill(byPlace, at, at + field.length(), field);
            at += field.length();
        }
        return byPlace;
    }

    /** Place in a row of a number field that is no array; -1 if there is none of that name. */
    public int placeOf(String name) {
        int at = 0;
        for (Field field : fields) {
            if (field.name().equals(name) && field.type() == Field.Type.NUM && field.length() == 1) {
                return at;
            }
            at += field.length();
        }
        return -1;
    }
}
