package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.server.Pacer.Pace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PacerTest {
    private final Pacer pacer = new Pacer(1_000, 100);

    @Test
    void shouldKeepTheGridWhenTicksBeginALittleLate() {
        assertThat(tick(1_030)).isEqualTo(Pace.ON_TIME);
        assertThat(pacer.dueNanos()).isEqualTo(1_100);
        assertThat(tick(1_199)).isEqualTo(Pace.ON_TIME);
        assertThat(pacer.dueNanos()).isEqualTo(1_200);
    }

    @Test
    void shouldCatchUpWithoutLeavingATickOut() {
        assertThat(tick(1_450)).isEqualTo(Pace.LATE);
        assertThat(pacer.dueNanos()).isEqualTo(1_100);
        assertThat(tick(1_451)).isEqualTo(Pace.LATE);
        tick(1_452);
        tick(1_453);
        assertThat(tick(1_454)).isEqualTo(Pace.ON_TIME);
        assertThat(pacer.dueNanos()).isEqualTo(1_500);
    }

    @Test
    void shouldMoveTheScheduleByWholeTicksWhenTooFarBehind() {
        assertThat(pacer.begin(1_000 + Pacer.MAX_BEHIND_TICKS * 100 + 1)).isEqualTo(Pace.MOVED);
        assertThat(pacer.dueNanos()).isEqualTo(1_500);
        pacer.end(100);
        assertThat(tick(1_000_699)).isEqualTo(Pace.MOVED);
        assertThat(pacer.dueNanos()).isEqualTo(1_000_700);
    }

    @Test
    void shouldTakeAnotherLengthFromTheTickThatBroughtItOn() {
        tick(1_000);
        pacer.begin(1_100);
        assertThat(pacer.dueNanos()).isEqualTo(1_100);
        pacer.end(40);
        assertThat(pacer.dueNanos()).isEqualTo(1_140);
        assertThat(pacer.begin(1_180)).isEqualTo(Pace.ON_TIME);
        pacer.end(40);
        assertThat(pacer.begin(1_221)).isEqualTo(Pace.LATE);
    }

    @Test
    void shouldNotTakeAPauseForBeingLate() {
        tick(1_000);
        pacer.pause();
        assertThat(pacer.begin(9_000_000)).isEqualTo(Pace.ON_TIME);
        assertThat(pacer.dueNanos()).isEqualTo(9_000_000);
    }

    @ParameterizedTest
    @CsvSource({"9000000, 9000100", "9000001, 9000100", "9000049, 9000100", "9000050, 9000200", "9000099, 9000200"})
    void shouldComeBackToItsPlaceAfterAPause(long wokenNanos, long nextNanos) {
        tick(1_000);
        pacer.pause();
        tick(wokenNanos);
        assertThat(pacer.dueNanos()).isEqualTo(nextNanos);
        tick(nextNanos);
        assertThat(pacer.dueNanos()).isEqualTo(nextNanos + 100);
    }

    private Pace tick(long nowNanos) {
        Pace pace = pacer.begin(nowNanos);
        pacer.end(100);
        return pace;
    }
}
