package dev.orrery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.world.InputWindow.Outcome;
import org.junit.jupiter.api.Test;

final class InputOracleTest {
    private final InputOracle oracle = new InputOracle(new int[] {0}, 10);

    private Outcome offer(long seq, long stamp) {
        return oracle.offer(seq, stamp, new int[] {(int) seq});
    }

    private int take(long tick) {
        return oracle.take(tick, 100)[0];
    }

    @Test
    void shouldWaitForTheTickOfAnInput() {
        assertThat(offer(1, 12)).isEqualTo(Outcome.ACCEPTED);
        assertThat(take(11)).isZero();
        assertThat(take(12)).isEqualTo(1);
        assertThat(take(13)).isEqualTo(1);
    }

    @Test
    void shouldTakeTheNewestThatIsDue() {
        offer(1, 13);
        offer(2, 12);
        offer(3, 11);
        assertThat(take(11)).isEqualTo(3);
        assertThat(take(12)).isEqualTo(3);
        assertThat(take(13)).isEqualTo(3);
        assertThat(oracle.actingSeq()).isEqualTo(3);
    }

    @Test
    void shouldRefuseWhatIsOldOrFarAheadAndTakeWhatIsLateNext() {
        offer(5, 0);
        assertThat(offer(5, 0)).isEqualTo(Outcome.STALE);
        assertThat(offer(4, 0)).isEqualTo(Outcome.STALE);
        assertThat(offer(6, 27)).isEqualTo(Outcome.EARLY);
        assertThat(offer(6, 26)).isEqualTo(Outcome.ACCEPTED);
        assertThat(offer(7, 10)).isEqualTo(Outcome.LATE);
        assertThat(take(11)).isEqualTo(7);
    }

    @Test
    void shouldTurnNeutralAfterHalfASecondWithoutNews() {
        offer(1, 0);
        for (int tick = 11; tick <= 15; tick++) {
            assertThat(take(tick)).isEqualTo(1);
        }
        assertThat(take(16)).isZero();
        offer(2, 0);
        assertThat(take(17)).isEqualTo(2);
    }
}
