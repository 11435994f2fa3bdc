package dev.orrery.arena;

import dev.orrery.arena.rules.Harbour;
import dev.orrery.arena.rules.Shell;
import dev.orrery.arena.rules.Ship;
import dev.orrery.rules.Settings;
import dev.orrery.world.Entry;
import dev.orrery.world.World;
import java.util.ArrayList;
import java.util.List;

/** Two players in a harbour without wanderers, put where a test wants them; the test steps and steers. */
final class Duel {
    /** Open water around: nothing within 250 px to the right and left. */
    static final double X = 1_000;

    static final double Y = 1_620;

    final World world;
    final Ship ada;
    final Ship bob;
    private final List<Entry> entries = new ArrayList<>();
    private int presses;

    Duel(int tickMillis) {
        Arena arena = new Arena();
        Settings settings = new Settings(tickMillis, 3.75, 5, 0.1, 100, 5);
        world = new World(arena, arena.plan(), settings, 1);
        world.all(Ship.class).forEach(world::despawn);
        world.step(List.of(new Entry.Joined("ada", "Ada"), new Entry.Joined("bob", "Bob")));
        ada = world.all(Ship.class).getFirst();
        bob = world.all(Ship.class).getLast();
        for (Ship ship : List.of(ada, bob)) {
            ship.shielded = false;
            ship.shieldMillis = 0;
        }
        put(ada, X, Y, 0);
        put(bob, X + 200, Y, Math.PI);
    }

    static void put(Ship ship, double x, double y, double heading) {
        ship.x = x;
        ship.y = y;
        ship.vx = 0;
        ship.vy = 0;
        ship.heading = heading;
    }

    /** A new press of the guns in the next tick; what is steered meanwhile is nothing. */
    void fire(String player) {
        entries.add(new Entry.Steered(player, new int[] {0, 0, 0, 1 + presses++ % 255, 0}, 1));
    }

    void lance(String player, int viewLag) {
        entries.add(new Entry.Steered(player, new int[] {0, 0, 0, 0, 1 + presses++ % 255}, viewLag));
    }

    void steer(String player, double x, double y) {
        entries.add(new Entry.Steered(player, new int[] {(int) (64 * x), (int) (64 * y), 0, 0, 0}, 1));
    }

    void step() {
        world.step(List.copyOf(entries));
        entries.clear();
    }

    void step(int ticks) {
        for (int i = 0; i < ticks; i++) {
            step();
        }
    }

    List<Shell> shells() {
        return world.all(Shell.class);
    }

    Harbour harbour() {
        return world.map(Harbour.class);
    }
}
