package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class UnacknowledgedTest {
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

    private final Unacknowledged frames = new Unacknowledged();

    @Test
    void shouldForgetWhatIsAcknowledged() {
        for (int tick = 1; tick <= 5; tick++) {
            frames.add(tick, 100, tick * TICK, false);
        }
        frames.acknowledge(4);
        assertThat(frames.isEmpty()).isFalse();
        frames.acknowledge(5);
        assertThat(frames.isEmpty()).isTrue();
        assertThat(frames.newestTick()).isEqualTo(5);
    }

    @Test
    void shouldBearSoManyBytesAndNoMore() {
        int tick = 0;
        while (!frames.isTooMuch(tick * TICK, Long.MAX_VALUE)) {
            frames.add(++tick, 1_000, tick * TICK, false);
        }
        assertThat(tick).isEqualTo(9);
        frames.acknowledge(0);
        assertThat(frames.isTooMuch(0, Long.MAX_VALUE)).isTrue();
        frames.acknowledge(1);
        assertThat(frames.isTooMuch(0, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void shouldBearAFrameThatTellsCellsInFullHoweverLarge() {
        frames.add(1, 50_000, 0, true);
        assertThat(frames.isTooMuch(0, PATIENCE)).isFalse();
        frames.add(2, 8_000, 0, false);
        assertThat(frames.isTooMuch(0, PATIENCE)).isFalse();
        frames.add(3, 8_000, 0, false);
        assertThat(frames.isTooMuch(0, PATIENCE)).isTrue();
    }

    /** It makes room as long as its own bytes count, also if others share its batch. */
    @Test
    void shouldMakeRoomAsLongAsItCounts() {
        frames.add(1, 50_000, 0, true);
        frames.add(2, 10, 1, false);
        frames.acknowledge(1);
        assertThat(frames.isTooMuch(0, PATIENCE)).isFalse();
        frames.acknowledge(2);
        frames.add(3, 9_000, 0, false);
        assertThat(frames.isTooMuch(0, PATIENCE)).isTrue();
    }

    @Test
    void shouldWaitSoLongAndNoLonger() {
        frames.add(1, 10, 0, false);
        frames.add(2, 10, 10 * TICK, false);
        assertThat(frames.isTooMuch(PATIENCE, PATIENCE)).isFalse();
        assertThat(frames.isTooMuch(PATIENCE + 1, PATIENCE)).isTrue();
        frames.acknowledge(1);
        assertThat(frames.isTooMuch(PATIENCE + 1, PATIENCE)).isFalse();
    }

    /** A hundred ticks a second for a minute, acknowledged a second late: the ring goes round, and nothing is too much. */
    @Test
    void shouldKeepCountOfManyFrames() {
        long tickNanos = TimeUnit.MILLISECONDS.toNanos(10);
        for (int tick = 1; tick <= 6_000; tick++) {
            frames.add(tick, 20, tick * tickNanos, false);
            frames.acknowledge(tick - 100);
            assertThat(frames.isTooMuch(tick * tickNanos, 2 * PATIENCE)).isFalse();
        }
        frames.acknowledge(6_000);
        assertThat(frames.isEmpty()).isTrue();
    }
}
