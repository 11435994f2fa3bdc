package dev.orrery.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer is compared with the plain loop over everyone, ends outside the plane included. */
class GridTest {
    private static final int CAPACITY = 150;

    private final double[] xs = new double[CAPACITY];
    private final double[] ys = new double[CAPACITY];
    private final boolean[] held = new boolean[CAPACITY];
    private final int[] found = new int[CAPACITY];

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldFindWhatThePlainLoopFinds(int seed) {
        Random random = new Random(seed);
        Grid grid = new Grid(1000, 600, 20 + 40 * seed, CAPACITY);
        for (int round = 0; round < 2000; round++) {
            move(grid, random);
            double x = coordinate(random);
            double y = coordinate(random);
            double x1 = random.nextInt(10) == 0 ? x : coordinate(random);
            double y1 = coordinate(random);
            double radius = random.nextDouble() * 200;

            check(grid.circle(x, y, radius, found), slot -> hypotSquared(slot, x, y) <= radius * radius);
            check(
                    grid.box(x, y, x1, y1, found),
                    slot -> xs[slot] >= x && xs[slot] <= x1 && ys[slot] >= y && ys[slot] <= y1);
            check(grid.ray(x, y, x1, y1, radius, found), slot -> distance(slot, x, y, x1, y1) <= radius * radius);
            int self = random.nextInt(CAPACITY);
            if (held[self]) {
                check(
                        grid.near(self, radius, found),
                        slot -> slot != self && hypotSquared(slot, xs[self], ys[self]) <= radius * radius);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void shouldCountWhatDoesNotFit(int room) {
        Grid grid = new Grid(100, 100, 10, 40);
        for (int slot = 39; slot >= 35; slot--) {
            grid.place(slot, 50, 50);
        }
        int[] small = new int[room];
        assertThat(grid.circle(50, 50, 1, small)).isEqualTo(5);
        assertThat(small).containsExactly(Arrays.copyOf(new int[] {35, 36, 37}, room));
        grid.clear();
        assertThat(grid.circle(50, 50, 1, small)).isZero();
    }

    private void move(Grid grid, Random random) {
        int slot = random.nextInt(CAPACITY);
        held[slot] = random.nextInt(4) > 0;
        if (held[slot]) {
            xs[slot] = coordinate(random);
            ys[slot] = coordinate(random);
            grid.place(slot, xs[slot], ys[slot]);
        } else {
            grid.remove(slot);
        }
        assertThat(grid.holds(slot)).isEqualTo(held[slot]);
    }

    private static double coordinate(Random random) {
        return random.nextInt(50) == 0 ? random.nextInt(-4000, 4000) : random.nextDouble() * 1200 - 100;
    }

    private void check(int count, IntPredicate hit) {
        int[] expected = IntStream.range(0, CAPACITY)
                .filter(slot -> held[slot] && hit.test(slot))
                .toArray();
        assertThat(Arrays.copyOf(found, count)).isEqualTo(expected);
    }

    private double hypotSquared(int slot, double x, double y) {
        return (xs[slot] - x) * (xs[slot] - x) + (ys[slot] - y) * (ys[slot] - y);
    }

    private double distance(int slot, double x0, double y0, double x1, double y1) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double squared = dx * dx + dy * dy;
        double part =
                squared > 0 ? Math.max(0, Math.min(1, ((xs[slot] - x0) * dx + (ys[slot] - y0) * dy) / squared)) : 0;
        return hypotSquared(slot, x0 + dx * part, y0 + dy * part);
    }
}
