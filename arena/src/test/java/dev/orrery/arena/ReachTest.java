package dev.orrery.arena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.arena.rules.Harbour;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** How far a line gets, against the same line walked in small steps. */
final class ReachTest {
    private static final double STEP = 0.5;
    private final Harbour harbour = new Harbour();

    private boolean isLand(double x, double y) {
        boolean rock = harbour.rocks.stream().anyMatch(r -> Math.hypot(r.x() - x, r.y() - y) <= r.radius());
        boolean wall = harbour.walls.stream()
                .anyMatch(w -> x >= w.left() && x <= w.right() && y >= w.top() && y <= w.bottom());
        return rock || wall || x < 0 || y < 0 || x > Harbour.SIZE || y > Harbour.SIZE;
    }

    @Test
    void shouldEndAtTheFirstLand() {
        Random random = new Random(4);
        int met = 0;
        for (int i = 0; i < 5_000; i++) {
            double x = random.nextDouble() * Harbour.SIZE;
            double y = random.nextDouble() * Harbour.SIZE;
            double angle = i % 10 == 0 ? Math.PI / 2 * random.nextInt(4) : random.nextDouble() * 2 * Math.PI;
            double dx = Math.cos(angle);
            double dy = Math.sin(angle);
            double reach = harbour.reach(x, y, dx, dy, 600);
            double walked = 0;
            while (walked < 600 && !isLand(x + walked * dx, y + walked * dy)) {
                walked += STEP;
            }
            met += reach < 600 ? 1 : 0;
            boolean grazes = walked > reach + STEP && isLand(x + (reach + 0.01) * dx, y + (reach + 0.01) * dy);
            assertThat(grazes || Math.abs(reach - walked) <= 2 * STEP)
                    .as("from %.3f,%.3f at %.4f: %.3f, walked %.3f", x, y, angle, reach, walked)
                    .isTrue();
        }
        assertThat(met).isBetween(1_000, 4_500);
    }
}
