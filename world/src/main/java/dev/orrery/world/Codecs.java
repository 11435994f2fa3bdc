package dev.orrery.world;

import dev.orrery.rules.Field;
import dev.orrery.rules.Kind;
import dev.orrery.wire.RowCodec;
import java.util.Arrays;
import java.util.stream.IntStream;

/** How rows of a class are told to clients: from its field table. */
final class Codecs {
    private Codecs() {}

    /** Of what an audience, or everyone, may see. */
    static RowCodec of(Kind<Object> kind, Field.Audience audience) {
        return of(kind, kind.table().places(audience));
    }

    /** Of whole rows. */
    static RowCodec whole(Kind<Object> kind) {
        return of(kind, IntStream.range(0, kind.table().rowLength()).toArray());
    }

    private static RowCodec of(Kind<Object> kind, int[] places) {
        int[] initial = new int[kind.table().rowLength()];
        kind.write(kind.create(), initial, 0);
        RowCodec.Range[] ranges = Arrays.stream(kind.table().byPlace())
                .map(field -> new RowCodec.Range(field.min(), field.max(), field.type() == Field.Type.NUM))
                .toArray(RowCodec.Range[]::new);
        return new RowCodec(places, initial, ranges);
    }
}
