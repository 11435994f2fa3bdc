package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StaggerTest {
    private static final long TICK = 100_000_000;
    private static final long ORIGIN = Long.MAX_VALUE - 5 * TICK; // times of nanoTime may run over

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 10, 100, 777})
    void shouldSpreadWorldsEvenlyWheneverTheyBegin(int worlds) {
        Random random = new Random(worlds);
        Stagger stagger = new Stagger(ORIGIN);
        TreeSet<Long> phases = new TreeSet<>();
        long now = ORIGIN;
        for (int i = 0; i < worlds; i++) {
            now += random.nextLong(TICK);
            phases.add(Math.floorMod(stagger.firstDueNanos(now, TICK) - ORIGIN, TICK));
        }
        long widest = phases.first() + TICK - phases.last();
        for (Long phase : phases) {
            Long next = phases.higher(phase);
            widest = next == null ? widest : Math.max(widest, next - phase);
        }
        assertThat(phases).hasSize(worlds);
        assertThat(widest * worlds).as("the widest gap, in mean gaps").isLessThan(2 * TICK);
    }

    @Test
    void shouldDelayNoWorldByATick() {
        Random random = new Random(1);
        Stagger stagger = new Stagger(ORIGIN);
        long now = ORIGIN;
        for (int i = 0; i < 10_000; i++) {
            now += random.nextLong(3 * TICK);
            long tick = 10_000_000L * (1 + random.nextInt(100));
            assertThat(stagger.firstDueNanos(now, tick) - now).isBetween(0L, tick - 1);
        }
    }
}
