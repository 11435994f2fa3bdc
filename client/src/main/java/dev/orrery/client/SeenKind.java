package dev.orrery.client;

import dev.orrery.rules.Contact;
import dev.orrery.rules.Field;
import dev.orrery.rules.Kind;
import dev.orrery.rules.Solo;
import dev.orrery.wire.CellGrid;
import dev.orrery.wire.RowCodec;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A kind of actor as a client knows it. Immutable. */
final class SeenKind {
    final int index;
    final Kind<Object> kind;
    final RowCodec codec;
    final RowCodec ownCodec;
    final @Nullable Kind<Object> input;
    final @Nullable RowCodec inputCodec;
    final @Nullable RowCodec wholeInputCodec;
    final boolean steps;
    /** Whether two of this kind that are near touch each other. */
    final boolean meetsItself;

    private final double reach;
    private final int[] created;
    private final int[] createdInput;
    private final int xAt;
    private final int yAt;
    private final double xQuantum;
    private final double yQuantum;

    /**
     * @param index among the game's kinds
     * @param input of what steers it; null for a kind that takes no input
     */
    SeenKind(int index, Class<?> type, Kind<Object> kind, @Nullable Kind<Object> input) {
        this.index = index;
        this.kind = kind;
        this.input = input;
        created = created(kind);
        createdInput = input == null ? new int[0] : created(input);
        codec = codec(kind, kind.table().places(Field.Audience.EVERYONE), created);
        ownCodec = codec(kind, kind.table().places(Field.Audience.OWNER), created);
        inputCodec = input == null ? null : codec(input, input.table().places(Field.Audience.EVERYONE), createdInput);
        wholeInputCodec = input == null
                ? null
                : codec(input, IntStream.range(0, createdInput.length).toArray(), createdInput);
        steps = Solo.class.isAssignableFrom(type);
        Field[] fields = kind.table().byPlace();
        Object example = kind.create();
        reach = example instanceof Contact<?, ?> contact ? contact.reach() : 0;
        meetsItself = steps && touchesItself(type);
        xAt = kind.table().placeOf("x");
        yAt = kind.table().placeOf("y");
        xQuantum = xAt < 0 ? 1 : fields[xAt].quantum();
        yQuantum = yAt < 0 ? 1 : fields[yAt].quantum();
    }

    private static boolean touchesItself(Class<?> type) {
        for (Type each : type.getGenericInterfaces()) {
            if (each instanceof ParameterizedType contact && contact.getRawType() == Contact.class) {
                return contact.getActualTypeArguments()[0] == type;
            }
        }
        return false;
    }

    boolean isNear(int[] row, int[] other) {
        double dx = row[xAt] * xQuantum - other[xAt] * xQuantum;
        double dy = row[yAt] * yQuantum - other[yAt] * yQuantum;
        return dx * dx + dy * dy <= reach * reach;
    }

    private static int[] created(Kind<Object> kind) {
        int[] row = new int[kind.table().rowLength()];
        kind.write(kind.create(), row, 0);
        return row;
    }

    private static RowCodec codec(Kind<Object> kind, int[] places, int[] created) {
        RowCodec.Range[] ranges = Arrays.stream(kind.table().byPlace())
                .map(field -> new RowCodec.Range(field.min(), field.max(), field.type() == Field.Type.NUM))
                .toArray(RowCodec.Range[]::new);
        return new RowCodec(places, created, ranges);
    }

    String name() {
        return kind.table().name();
    }

    /** Of what steers it; empty if nothing does. */
    String inputName() {
        return input == null ? "" : input.table().name();
    }

    /** A row of a new actor: what clients are not told stays as it is there. */
    int[] newRow() {
        return created.clone();
    }

    int[] newInput() {
        return createdInput.clone();
    }

    int cellOf(int[] row, CellGrid grid) {
        return xAt < 0 || yAt < 0 ? grid.global() : grid.of(row[xAt] * xQuantum, row[yAt] * yQuantum);
    }
}
