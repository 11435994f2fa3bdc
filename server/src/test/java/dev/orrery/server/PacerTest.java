package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.server.Pacer.Pace;
import org.junit.jupiter.api.Test;

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
    void shouldMoveTheScheduleWhenTooFarBehind() {
        assertThat(tick(1_000 + Pacer.MAX_BEHIND_TICKS * 100 + 1)).isEqualTo(Pace.MOVED);
        assertThat(pacer.dueNanos()).isEqualTo(1_601);
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
        assertThat(tick(9_000_000)).isEqualTo(Pace.ON_TIME);
        assertThat(pacer.dueNanos()).isEqualTo(9_000_100);
    }

    private Pace tick(long nowNanos) {
        Pace pace = pacer.begin(nowNanos);
        pacer.end(100);
        return pace;
    }
}
