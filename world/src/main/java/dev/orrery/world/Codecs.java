package dev.orrery.world;

import dev.orrery.rules.Field;
import dev.orrery.rules.Kind;
import dev.orrery.wire.RowCodec;
import java.util.Arrays;

/** How rows of a class are told to clients: from its field table. */
final class Codecs {
    private Codecs() {}

    static RowCodec of(Kind<Object> kind) {
        int[] initial = new int[kind.table().rowLength()];
        kind.write(kind.create(), initial, 0);
        RowCodec.Range[] ranges = Arrays.stream(kind.table().byPlace())
                .map(field -> new RowCodec.Range(field.min(), field.max(), field.type() == Field.Type.NUM))
                .toArray(RowCodec.Range[]::new);
        return new RowCodec(kind.table().places(Field.Audience.EVERYONE), initial, ranges);
    }
}
