package dev.orrery.wire;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Whatever comes as a word is read within its bounds, or refused. */
final class WordFuzzTest {
    private static final RowCodec CODEC = new RowCodec(new int[] {0, 1}, new int[] {0, 0}, new RowCodec.Range[] {
        new RowCodec.Range(-64, 64, true), new RowCodec.Range(0, 200, false)
    });

    @Test
    void shouldReadOrRefuse() throws IOException {
        Fuzzing.run(WordFuzzTest.class, 50_000, WordFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        Fuzzing.bounded(input.length, 1_000, () -> {
            WordReader reader = new WordReader();
            try {
                reader.begin(input);
                if (reader.tick(1_000) > 1_000 || reader.tick(1_000) <= 1_000 - 256 || reader.wrongCell() > 0xFFFF) {
                    throw new AssertionError("a tick or a cell beyond its bounds");
                }
                int[] row = new int[2];
                for (int i = 0; i < reader.inputs(); i++) {
                    reader.next(CODEC, row);
                    if (row[0] < -64 || row[0] > 64 || row[1] < 0 || row[1] > 200) {
                        throw new AssertionError("an input beyond its bounds");
                    }
                    if (Math.abs(reader.stamp(100_000) - 100_000) > 1 << 15) {
                        throw new AssertionError("a stamp that is not near");
                    }
                }
                reader.end();
            } catch (BlockException e) {
                if (e.reason().sentence().isBlank()) {
                    throw new AssertionError("refused without a reason", e);
                }
            }
        });
    }
}
