package dev.orrery.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WordTest {
    private static final RowCodec CODEC = new RowCodec(new int[] {0, 1, 2}, new int[] {0, 0, 0}, new RowCodec.Range[] {
        new RowCodec.Range(-64, 64, true), new RowCodec.Range(0, 255, false), new RowCodec.Range(0, 1, false)
    });

    @Test
    void shouldReadWhatWasWritten() throws Exception {
        Random random = new Random(7);
        WordWriter writer = new WordWriter();
        WordReader reader = new WordReader();
        for (int run = 0; run < 10_000; run++) {
            long tick = random.nextLong(1L << 31);
            boolean anew = random.nextBoolean();
            int wrongCell = random.nextInt(3) == 0 ? random.nextInt(1 << 16) : WordReader.NO_CELL;
            int count = random.nextInt(WordReader.MAX_INPUTS + 1);
            long[] stamps = new long[count];
            int[] views = new int[count];
            int[][] rows = new int[count][];
            for (int i = 0; i < count; i++) {
                stamps[i] = tick + random.nextInt(32_000) - 16_000;
                views[i] = random.nextBoolean() ? random.nextInt(40) : WordReader.NO_VIEW;
                rows[i] = new int[] {random.nextInt(129) - 64, random.nextInt(256), random.nextInt(2)};
                writer.input(stamps[i], views[i], CODEC, rows[i]);
            }
            reader.begin(writer.word(anew, tick, wrongCell));
            assertThat(reader.isAnew()).isEqualTo(anew);
            assertThat(reader.wrongCell()).isEqualTo(wrongCell);
            assertThat(reader.tick(tick + random.nextInt(256))).isEqualTo(tick);
            assertThat(reader.inputs()).isEqualTo(count);
            for (int i = 0; i < count; i++) {
                int[] row = new int[3];
                reader.next(CODEC, row);
                assertThat(reader.stamp(tick + random.nextInt(16_000))).isEqualTo(stamps[i]);
                assertThat(reader.view()).isEqualTo(views[i]);
                assertThat(row).isEqualTo(rows[i]);
            }
            reader.end();
        }
    }

    @Test
    void shouldBeginWithABitThatTextDoesNotHave() {
        byte[] word = new WordWriter().word(true, 0, WordReader.NO_CELL);
        assertThat(word[0]).isNegative();
        WordReader reader = new WordReader();
        assertThatThrownBy(() -> reader.begin(new byte[] {'2', 0})).isInstanceOf(BlockException.class);
    }

    @Test
    void shouldRefuseWhatIsCutOff() {
        WordWriter writer = new WordWriter();
        writer.input(17, 3, CODEC, new int[] {1, 2, 1});
        byte[] word = writer.word(false, 12, 5);
        for (int length = 0; length < word.length; length++) {
            byte[] cut = Arrays.copyOf(word, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(BlockException.class);
        }
        assertThatThrownBy(() -> read(Arrays.copyOf(word, word.length + 1))).isInstanceOf(BlockException.class);
    }

    private static void read(byte[] word) throws BlockException {
        WordReader reader = new WordReader();
        reader.begin(word);
        for (int i = 0; i < reader.inputs(); i++) {
            reader.next(CODEC, new int[3]);
        }
        reader.end();
    }
}
