package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class DelaysTest {
    private final Delays delays = new Delays();

    @Test
    void shouldCountInBucketsThatIncludeTheirUpperEnd() {
        delays.record(-5);
        delays.record(20_000);
        delays.record(20_001);
        delays.record(1_000_000);
        delays.record(1_000_001);
        delays.record(Long.MAX_VALUE / 1_000_000);
        Delays.Snapshot snapshot = delays.snapshot();
        assertThat(snapshot.boundSeconds()).startsWith(0.00002, 0.00005).endsWith(1.0, Double.POSITIVE_INFINITY);
        assertThat(snapshot.boundSeconds()[5]).isEqualTo(0.001);
        assertThat(snapshot.counts()).isEqualTo(new long[] {2, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1});
        assertThat(snapshot.count()).isEqualTo(6);
    }

    @Test
    void shouldTellPercentilesWithinABucket() {
        assertThat(delays.snapshot().percentileSeconds(0.5)).isEqualTo(-1);
        for (int i = 0; i < 98; i++) {
            delays.record(60_000);
        }
        delays.record(1_500_000);
        delays.record(9_000_000_000L);
        Delays.Snapshot snapshot = delays.snapshot();
        assertThat(snapshot.percentileSeconds(0.49)).isEqualTo(0.000075, Offset.offset(1e-9));
        assertThat(snapshot.percentileSeconds(0.99)).isEqualTo(0.002);
        assertThat(snapshot.percentileSeconds(1)).isEqualTo(1);
        assertThat(snapshot.sumSeconds()).isEqualTo(98 * 0.00006 + 0.0015 + 9, Offset.offset(1e-9));
    }
}
