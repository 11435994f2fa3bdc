package dev.orrery.server;

import dev.orrery.client.SeenGame;
import dev.orrery.client.View;
import dev.orrery.rules.Settings;
import dev.orrery.wire.BitWriter;
import dev.orrery.wire.BlockException;
import dev.orrery.wire.CellGrid;
import dev.orrery.wire.Fuzzing;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Whatever comes as a frame is read, misread or refused by a client, and nothing else; and it takes no longer than it is long. */
final class ViewFuzzTest {
    private static final CellGrid GRID = new CellGrid(4, 4, 500);

    @Test
    void shouldReadMisreadOrRefuse() throws IOException {
        Fuzzing.run(ViewFuzzTest.class, 30_000, ViewFuzzTest::fuzzerTestOneInput);
    }

    public static void fuzzerTestOneInput(byte[] input) {
        View view = new View(SeenGame.of(new Object()).player(Guest.class, Wish.class), GRID, Settings.DEFAULT);
        try {
            view.read(beginning());
        } catch (BlockException e) {
            throw new AssertionError("a proper frame is refused", e);
        }
        Fuzzing.bounded(input.length, 2_000, () -> {
            try {
                view.read(input);
                view.read(input);
            } catch (BlockException e) {
                if (e.reason().sentence().isBlank()) {
                    throw new AssertionError("refused without a reason", e);
                }
            }
        });
    }

    /** Anew at tick 7: all cells are seen, and nobody is there. */
    private static byte[] beginning() {
        BitWriter out = new BitWriter();
        out.bits(0b1110, 4);
        out.bits(0, 3);
        out.bits(7, 32);
        for (int edge : new int[] {0, 0, 3, 3}) {
            out.choice(edge, 4);
        }
        out.golomb(GRID.count() - 1, 1);
        for (int cell = 0; cell < GRID.count(); cell++) {
            out.choice(cell, GRID.count());
            out.bit(false);
        }
        out.bits(0, 16);
        return Arrays.copyOf(out.array(), out.byteLength());
    }
}
