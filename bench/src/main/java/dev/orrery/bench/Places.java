package dev.orrery.bench;

import dev.orrery.arena.rules.Shell;
import dev.orrery.arena.rules.Ship;

/** Where the actors of these benchmarks are: their rows begin with it, in steps of 2^-8 px. */
final class Places {
    private static final double QUANTUM = 0x1p-8;

    private Places() {}

    static boolean isAt(Object actor, int[] row) {
        return switch (actor) {
            case Mover mover -> isAt(mover.x, mover.y, row);
            case Rambler rambler -> isAt(rambler.x, rambler.y, row);
            case Ship ship -> isAt(ship.x, ship.y, row);
            case Shell shell -> isAt(shell.x, shell.y, row);
            default -> throw new IllegalArgumentException("no actor of a benchmark: " + actor);
        };
    }

    private static boolean isAt(double x, double y, int[] row) {
        return row[0] * QUANTUM == x && row[1] * QUANTUM == y;
    }
}
