package dev.orrery.arena;

import dev.orrery.cli.Orrery;

/** Runs the demo game. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Orrery.main(args, new Arena());
    }
}
