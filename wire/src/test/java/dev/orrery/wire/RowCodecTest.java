package dev.orrery.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.wire.RowCodec.Range;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RowCodecTest {
    private static final Range[] RANGES = {
        new Range(0, 512_000, true),
        new Range(-64, 64, true),
        new Range(0, 1, false),
        new Range(0, 5, false),
        new Range(7, 7, false),
        new Range(Integer.MIN_VALUE, Integer.MAX_VALUE, false),
        new Range(0, 255, false),
        new Range(-3, -2, false)
    };
    private static final int[] SEEN = {0, 1, 2, 3, 4, 5, 6, 7};

    private static int value(Random random, Range range) {
        return switch (random.nextInt(4)) {
            case 0 -> range.min();
            case 1 -> range.max();
            default -> (int) random.nextLong(range.min(), range.max() + 1L);
        };
    }

    private static int[] row(Random random) {
        int[] row = new int[RANGES.length];
        for (int i = 0; i < row.length; i++) {
            row[i] = value(random, RANGES[i]);
        }
        return row;
    }

    private static BitReader reader(BitWriter out) {
        BitReader in = new BitReader();
        in.begin(out.array(), 0, out.byteLength());
        return in;
    }

    @Test
    void shouldReadWhatItWrote() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < 3_000; i++) {
            RowCodec codec = new RowCodec(SEEN, row(random), RANGES);
            int[] before = row(random);
            int[] after = random.nextInt(3) == 0 ? row(random) : before.clone();
            int at = random.nextInt(after.length);
            after[at] =
                    random.nextBoolean() && before[at] < RANGES[at].max() ? before[at] + 1 : value(random, RANGES[at]);
            BitWriter out = new BitWriter();
            codec.writeWhole(after, out);
            codec.writeChange(before, after, out);
            codec.writeResidual(before, after, out);
            BitReader in = reader(out);
            int[] whole = new int[after.length];
            codec.readWhole(in, whole);
            int[] changed = before.clone();
            codec.readChange(in, changed);
            int[] residual = new int[codec.length()];
            codec.readResidual(in, residual);
            int[] corrected = before.clone();
            codec.add(residual, corrected);
            in.requireEnd();
            assertThat(whole).isEqualTo(after);
            assertThat(changed).isEqualTo(after);
            assertThat(corrected).isEqualTo(after);
        }
    }

    @Test
    void shouldLeaveAloneWhatIsNotSeen() throws Exception {
        RowCodec codec = new RowCodec(new int[] {1, 6}, new int[8], RANGES);
        int[] row = {9, 5, 1, 2, 7, 11, 100, -3};
        BitWriter out = new BitWriter();
        codec.writeWhole(row, out);
        assertThat(out.length()).isEqualTo(8 + 8);
        int[] read = {1, 2, 3, 4, 5, 6, 7, 8};
        codec.readWhole(reader(out), read);
        assertThat(read).containsExactly(1, 5, 3, 4, 5, 6, 100, 8);
        assertThat(codec.isSame(row, new int[] {0, 5, 0, 0, 0, 0, 100, 0})).isTrue();
        assertThat(codec.isSame(row, new int[] {9, 5, 1, 2, 7, 11, 101, -3})).isFalse();
    }

    /** What keyboards send: one of eight directions, and a button once more. */
    @Test
    void shouldWriteUsualInputsInFewBits() {
        Range[] ranges = {new Range(-64, 64, true), new Range(-64, 64, true), new Range(0, 255, false)};
        RowCodec codec = new RowCodec(new int[] {0, 1, 2}, new int[3], ranges);
        BitWriter out = new BitWriter();
        codec.writeChange(new int[] {0, 0, 4}, new int[] {64, -64, 4}, out);
        assertThat(out.length()).isEqualTo(4 + 4 + 1);
        out.clear();
        codec.writeChange(new int[] {64, 0, 4}, new int[] {64, 0, 5}, out);
        assertThat(out.length()).isEqualTo(1 + 1 + 4);
        out.clear();
        codec.writeChange(new int[] {64, 0, 4}, new int[] {33, 0, 4}, out);
        assertThat(out.length()).isEqualTo(1 + 1 + 8 + 1 + 1);
    }

    @Test
    void shouldRefuseValuesBeyondTheirRanges() throws Exception {
        RowCodec codec = new RowCodec(new int[] {3}, new int[8], RANGES);
        BitWriter out = new BitWriter();
        out.bits(6, 3);
        assertThatThrownBy(() -> codec.readWhole(reader(out), new int[8]))
                .hasMessage(BlockException.Reason.BAD_VALUE.sentence());
        int[] row = new int[8];
        assertThatThrownBy(() -> codec.add(new int[] {-1}, row)).hasMessage(BlockException.Reason.BAD_VALUE.sentence());
        assertThatThrownBy(() -> codec.add(new int[] {6}, row)).hasMessage(BlockException.Reason.BAD_VALUE.sentence());
        RowCodec counter = new RowCodec(new int[] {6}, new int[8], RANGES);
        BitWriter next = new BitWriter();
        next.bits(0b1011, 4); // one more than it was
        int[] full = {0, 0, 0, 0, 0, 0, 255, 0};
        assertThatThrownBy(() -> counter.readChange(reader(next), full)).isInstanceOf(BlockException.class);
    }
}
