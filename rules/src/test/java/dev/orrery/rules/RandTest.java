package dev.orrery.rules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RandTest {

    @Test
    void shouldGiveTheVectorThatEveryRuntimeGives() {
        int sum = 0;
        for (int i = 0; i < 1000; i++) {
            sum = sum * 31 + Rand.bits(i, i * 77, -i, i ^ 5);
        }
        assertThat(sum).isEqualTo(VECTOR);
    }

    /** As computed with Python's exact integers from the definition. */
    private static final int VECTOR = -1009724553;

    @Test
    void shouldFillItsRangeEvenly() {
        int[] counts = new int[10];
        double sum = 0;
        double signed = 0;
        for (int tick = 0; tick < 1_000_000; tick++) {
            counts[Rand.below(10, 1, tick, 2, 3)]++;
            double unit = Rand.unit(1, tick, 2, 4);
            assertThat(unit >= 0 && unit < 1).isTrue();
            sum += unit;
            signed += Rand.signed(1, tick, 2, 5);
        }
        for (int count : counts) {
            assertThat(count).isBetween(98_800, 101_200);
        }
        assertThat(sum / 1_000_000).isBetween(0.499, 0.501);
        assertThat(signed / 1_000_000).isBetween(-0.002, 0.002);
    }

    @Test
    void shouldDependOnEveryWord() {
        int base = Rand.bits(1, 2, 3, 4);
        assertThat(base)
                .isNotEqualTo(Rand.bits(2, 2, 3, 4))
                .isNotEqualTo(Rand.bits(1, 3, 3, 4))
                .isNotEqualTo(Rand.bits(1, 2, 4, 4))
                .isNotEqualTo(Rand.bits(1, 2, 3, 5));
        assertThat(Rand.below(0, 1, 2, 3, 4)).isZero();
    }
}
