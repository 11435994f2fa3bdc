package dev.orrery.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The schedule in virtual time. */
class DelayScheduleTest {
    private static final long MILLI = 1_000_000;
    private static final Delay DELAY = new Delay(40, 20);
    private static final int CHUNKS = 1_000;

    /** Chunks a second apart: none is held back by another. */
    private static long[] farApart(long seed) {
        DelaySchedule schedule = new DelaySchedule(seed);
        return LongStream.range(0, CHUNKS)
                .map(n -> schedule.dueNanos(n * 1_000 * MILLI, DELAY) - n * 1_000 * MILLI)
                .toArray();
    }

    @Test
    void shouldDrawTheSameDelaysFromTheSameSeed() {
        assertThat(farApart(7)).containsExactly(farApart(7));
        assertThat(farApart(7)).isNotEqualTo(farApart(8));
    }

    @Test
    void shouldSpreadDelaysOverTheJitter() {
        long[] delays = farApart(7);
        assertThat(Arrays.stream(delays).min().orElseThrow()).isBetween(40 * MILLI, 41 * MILLI);
        assertThat(Arrays.stream(delays).max().orElseThrow()).isBetween(59 * MILLI, 60 * MILLI);
        assertThat(Arrays.stream(delays).average().orElseThrow()).isBetween(49.0 * MILLI, 51.0 * MILLI);
    }

    @Test
    void shouldHoldBackWhatIsBehindALateChunk() {
        DelaySchedule schedule = new DelaySchedule(7);
        long last = 0;
        int held = 0;
        for (int n = 0; n < CHUNKS; n++) {
            long due = schedule.dueNanos(n * MILLI, DELAY);
            assertThat(due).isGreaterThanOrEqualTo(Math.max(last, (n + 40) * MILLI));
            held += due == last ? 1 : 0;
            last = due;
        }
        assertThat(held).isPositive();
    }

    @Test
    void shouldKeepOrderWhenTheDelayShrinks() {
        DelaySchedule schedule = new DelaySchedule(7);
        long late = schedule.dueNanos(0, new Delay(500, 0));
        assertThat(schedule.dueNanos(MILLI, new Delay(1, 0))).isEqualTo(late);
        assertThat(schedule.dueNanos(600 * MILLI, new Delay(1, 0))).isEqualTo(601 * MILLI);
    }

    @Test
    void shouldNotMindWhereTheClockStands() {
        long start = Long.MAX_VALUE - 10 * MILLI;
        assertThat(new DelaySchedule(7).dueNanos(start, DELAY) - start).isEqualTo(farApart(7)[0]);
    }

    @Test
    void shouldRefuseDelaysOutOfBounds() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Delay(-1, 0)).withMessageContaining("baseMillis");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Delay(0, 60_001))
                .withMessageContaining("jitterMillis");
    }
}
