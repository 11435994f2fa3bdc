package dev.orrery.world;

import dev.orrery.wire.BitWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What only a player may know of their actor, as bits: fields that are {@code @Owner}. Immutable; may be used by any thread.
 *
 * <pre>
 *   own       slot, 16 │ generation, 15 │ kind │ each int in the bits of its range
 * </pre>
 */
public final class OwnRow {
    private static final int SLOT_BITS = 16;
    private static final int GENERATION_BITS = 15;

    private final byte[] bytes;
    private final int bits;

    private OwnRow(byte[] bytes, int bits) {
        this.bytes = bytes;
        this.bits = bits;
    }

    /** @param kinds how many the game has */
    static OwnRow of(Body body, int kinds) {
        BitWriter out = new BitWriter();
        out.bits(body.slot(), SLOT_BITS);
        out.bits(Bodies.generationOf(body.id()), GENERATION_BITS);
        out.choice(body.kind().index(), kinds);
        body.kind().ownCodec().writeWhole(body.row, out);
        return new OwnRow(Arrays.copyOf(out.array(), out.byteLength()), out.length());
    }

    void write(BitWriter out) {
        out.append(bytes, 0, bits);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof OwnRow row && row.bits == bits && Arrays.equals(row.bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}
