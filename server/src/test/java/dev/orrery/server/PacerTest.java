package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.server.Pacer.Pace;
import org.junit.jupiter.api.Test;

final class PacerTest {
    private final Pacer pacer = new Pacer(1_000, 100);

    @Test
    void shouldKeepTheGridWhenTicksBeginALittleLate() {
        assertThat(pacer.begin(1_030)).isEqualTo(Pace.ON_TIME);
        assertThat(pacer.dueNanos()).isEqualTo(1_100);
        assertThat(pacer.begin(1_199)).isEqualTo(Pace.ON_TIME);
        assertThat(pacer.dueNanos()).isEqualTo(1_200);
    }

    @Test
    void shouldCatchUpWithoutLeavingATickOut() {
        assertThat(pacer.begin(1_450)).isEqualTo(Pace.LATE);
        assertThat(pacer.dueNanos()).isEqualTo(1_100);
        assertThat(pacer.begin(1_451)).isEqualTo(Pace.LATE);
        pacer.begin(1_452);
        pacer.begin(1_453);
        assertThat(pacer.begin(1_454)).isEqualTo(Pace.ON_TIME);
        assertThat(pacer.dueNanos()).isEqualTo(1_500);
    }

    @Test
    void shouldMoveTheScheduleWhenTooFarBehind() {
        assertThat(pacer.begin(1_000 + Pacer.MAX_BEHIND_TICKS * 100 + 1)).isEqualTo(Pace.MOVED);
        assertThat(pacer.dueNanos()).isEqualTo(1_601);
    }
}
