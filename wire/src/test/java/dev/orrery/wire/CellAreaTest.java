package dev.orrery.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class CellAreaTest {
    private static final CellGrid GRID = new CellGrid(6, 4, 500);
    private static final CellArea NOTHING = new CellArea(0, 0, 0, 0);

    @Test
    void shouldNumberCellsRowByRow() {
        assertThat(GRID.of(0, 0)).isZero();
        assertThat(GRID.of(499.99, 499.99)).isZero();
        assertThat(GRID.of(500, 0)).isEqualTo(1);
        assertThat(GRID.of(0, 500)).isEqualTo(6);
        assertThat(GRID.of(-50, 9_000)).isEqualTo(18);
        assertThat(GRID.global()).isEqualTo(24);
        assertThat(GRID.count()).isEqualTo(25);
    }

    @Test
    void shouldSeeAllCellsWithinTheRadius() {
        CellArea area = CellArea.around(1_250, 750, 600, 100, GRID, NOTHING);
        assertThat(area).isEqualTo(new CellArea(1, 0, 3, 2));
        assertThat(area.contains(GRID.of(600, 100), GRID)).isTrue();
        assertThat(area.contains(GRID.of(2_100, 100), GRID)).isFalse();
        assertThat(area.contains(GRID.of(600, 1_600), GRID)).isFalse();
        assertThat(area.contains(GRID.global(), GRID)).isTrue();
    }

    /** Who goes to and fro at an edge sees no cell come and go. */
    @Test
    void shouldKeepWhatIsOnlyJustOutOfSight() {
        CellArea here = CellArea.around(1_395, 750, 400, 50, GRID, NOTHING);
        assertThat(here.left()).isEqualTo(1);
        CellArea there = CellArea.around(1_405, 750, 400, 50, GRID, here);
        assertThat(there.left()).isEqualTo(1);
        CellArea farther = CellArea.around(1_455, 750, 400, 50, GRID, there);
        assertThat(farther.left()).isEqualTo(2);
        assertThat(CellArea.around(1_405, 750, 400, 50, GRID, farther).left()).isEqualTo(2);
        assertThat(CellArea.around(1_395, 750, 400, 50, GRID, farther).left()).isEqualTo(1);
    }

    @Test
    void shouldBeReadAsItWasWritten() throws Exception {
        BitWriter out = new BitWriter();
        new CellArea(1, 0, 5, 3).write(out, GRID);
        assertThat(out.length()).isEqualTo(3 + 2 + 3 + 2);
        BitReader in = new BitReader();
        in.begin(out.array(), 0, out.byteLength());
        assertThat(CellArea.read(in, GRID)).isEqualTo(new CellArea(1, 0, 5, 3));
        out.clear();
        new CellArea(3, 0, 2, 3).write(out, GRID);
        in.begin(out.array(), 0, out.byteLength());
        assertThatThrownBy(() -> CellArea.read(in, GRID)).hasMessage(BlockException.Reason.BAD_CELL.sentence());
    }
}
