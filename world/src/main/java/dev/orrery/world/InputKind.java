package dev.orrery.world;

import dev.orrery.rules.Field;
import dev.orrery.rules.Kind;
import dev.orrery.rules.Quanta;
import dev.orrery.wire.Json;
import dev.orrery.wire.RowCodec;
import java.util.List;

/** What steers a kind of actor: rows of its input class, from JSON and neutral. Stateless. */
public final class InputKind {
    private final Kind<Object> kind;
    private final List<Field> fields;
    private final int rowLength;
    private final int[] initial;
    private final RowCodec codec;
    private final RowCodec wholeCodec;

    InputKind(Kind<Object> kind) {
        this.kind = kind;
        this.fields = kind.table().fields();
        this.rowLength = kind.table().rowLength();
        this.initial = new int[rowLength];
        kind.write(kind.create(), initial, 0);
        this.codec = Codecs.of(kind, Field.Audience.EVERYONE);
        this.wholeCodec = Codecs.whole(kind);
    }

    public int rowLength() {
        return rowLength;
    }

    Kind<Object> kind() {
        return kind;
    }

    /** How what everyone may see of its rows is told. */
    RowCodec codec() {
        return codec;
    }

    /** How the player's client sends its rows. */
    public RowCodec wholeCodec() {
        return wholeCodec;
    }

    /**
     * The row of an input.
     *
     * @param input of the class that steers
     */
    public int[] row(Object input) {
        int[] row = new int[rowLength];
        kind.write(input, row, 0);
        return row;
    }

    /** The fields of the input, in the order of a row. */
    public List<Field> fields() {
        return fields;
    }

    /** A neutral row, as of a new input. */
    public int[] initial() {
        return initial.clone();
    }

    /** Makes a row neutral: as in a new input. */
    void neutralise(int[] row) {
        System.arraycopy(initial, 0, row, 0, rowLength);
    }

    /**
     * Reads the members that are fields of the input; others are ignored, missing ones are as in a new input, numbers are
     * snapped and held within the field's range.
     *
     * @return whether every member had its field's type; if not, the row is unusable
     */
    public boolean read(Json json, int[] row) {
        int at = 0;
        for (Field field : fields) {
            Json value = json.get(field.name());
            if (value == Json.NULL) {
                System.arraycopy(initial, at, row, at, field.length());
            } else if (field.length() == 1) {
                if (!read(field, value, row, at)) {
                    return false;
                }
            } else {
                if (!(value instanceof Json.Arr array) || array.values().size() != field.length()) {
                    return false;
                }
                for (int i = 0; i < field.length(); i++) {
                    if (!read(field, array.values().get(i), row, at + i)) {
                        return false;
                    }
                }
            }
            at += field.length();
        }
        return true;
    }

    private static boolean read(Field field, Json value, int[] row, int at) {
        switch (field.type()) {
            case NUM, INT, REF -> {
                if (!(value instanceof Json.Num number) || Double.isNaN(number.value())) {
                    return false;
                }
                row[at] = Quanta.of(number.value(), field.quantum(), field.min(), field.max(), field.name());
            }
            case BOOL -> {
                if (!(value instanceof Json.Bool bool)) {
                    return false;
                }
                row[at] = bool.value() ? 1 : 0;
            }
            case ENUM -> {
                row[at] = field.constants().indexOf(value.text(""));
                return row[at] >= 0;
            }
        }
        return true;
    }
}
