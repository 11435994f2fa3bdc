package dev.orrery.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DigestTest {

    @Test
    void shouldNotDependOnOrderOrHistory() {
        int[] row = {1, 2, 3, 4};
        Digest one = new Digest();
        one.add(1, 0, row, 0, 2);
        one.add(2, 0, row, 2, 2);
        Digest other = new Digest();
        other.add(2, 0, row, 2, 2);
        other.add(9, 0, row, 0, 4);
        other.add(1, 0, row, 0, 2);
        other.remove(9, 0, row, 0, 4);
        assertThat(other.low()).isEqualTo(one.low());
        assertThat(other.high()).isEqualTo(one.high());
        other.clear();
        assertThat(other.low() | other.high()).isZero();
    }

    @Test
    void shouldSeeEverySmallChange() {
        Set<Integer> lows = new HashSet<>();
        Set<Integer> highs = new HashSet<>();
        for (int id = 0; id < 10; id++) {
            for (int kind = 0; kind < 3; kind++) {
                for (int value = 0; value < 100; value++) {
                    Digest digest = new Digest();
                    digest.add(id, kind, new int[] {0, value / 10, value % 10}, 0, 3);
                    lows.add(digest.low());
                    highs.add(digest.high());
                    assertThat(digest.low()).isNotEqualTo(digest.high());
                }
            }
        }
        assertThat(lows).hasSize(3000);
        assertThat(highs).hasSize(3000);
    }
}
