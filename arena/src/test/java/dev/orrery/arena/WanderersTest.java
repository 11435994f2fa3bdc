package dev.orrery.arena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.arena.rules.Shell;
import dev.orrery.arena.rules.Ship;
import dev.orrery.rules.Settings;
import dev.orrery.testkit.Network;
import dev.orrery.testkit.Run;
import dev.orrery.testkit.Simulation;
import dev.orrery.world.Entry;
import dev.orrery.world.World;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WanderersTest {
    private static World world(int seed) {
        Arena arena = new Arena();
        World world = new World(arena, arena.plan(), Settings.DEFAULT, seed);
        world.step(List.of(new Entry.Joined("ada", "Ada")));
        return world;
    }

    private static Ship ada(World world) {
        return (Ship) java.util.Objects.requireNonNull(
                world.players().iterator().next().actor());
    }

    @Test
    void shouldLeaveInPeaceWhoLeavesThemInPeace() {
        for (int seed = 1; seed <= 5; seed++) {
            World world = world(seed);
            for (int t = 0; t < 1_200; t++) {
                world.step(List.of());
                assertThat(world.all(Shell.class)).isEmpty();
            }
            assertThat(ada(world).hull).isEqualTo(100);
        }
    }

    @Test
    void shouldCruise() {
        World world = world(3);
        Ship wanderer = world.all(Ship.class).getFirst();
        double way = 0;
        for (int t = 0; t < 600; t++) {
            double x = wanderer.x;
            double y = wanderer.y;
            world.step(List.of());
            way += Math.hypot(wanderer.x - x, wanderer.y - y);
        }
        assertThat(way).isGreaterThan(2_000);
    }

    @Test
    void shouldGoForWhoHasHitThemAndForget() {
        int harmed = 0;
        for (int seed = 1; seed <= 10; seed++) {
            World world = world(seed);
            Ship ada = ada(world);
            ada.shielded = false;
            Ship wanderer = world.all(Ship.class).getFirst();
            Duel.put(ada, 1_000, 1_620, 0);
            Duel.put(wanderer, 1_300, 1_620, Math.PI);
            wanderer.foe = world.ref(ada);
            wanderer.angerMillis = 8_000;
            for (int t = 0; t < 80; t++) {
                world.step(List.of());
            }
            harmed += ada.hull < 100 ? 1 : 0;
            for (int t = 0; t < 40; t++) {
                world.step(List.of());
            }
            assertThat(wanderer.angerMillis).isZero();
            assertThat(world.all(Shell.class)).isEmpty();
        }
        assertThat(harmed).isGreaterThanOrEqualTo(7);
    }

    @Test
    void shouldRunWhenLittleIsLeft() {
        World world = world(2);
        Ship ada = ada(world);
        Ship wanderer = world.all(Ship.class).getFirst();
        Duel.put(ada, 1_000, 1_620, 0);
        Duel.put(wanderer, 1_150, 1_620, Math.PI);
        wanderer.hull = 20;
        wanderer.foe = world.ref(ada);
        wanderer.angerMillis = 8_000;
        for (int t = 0; t < 20; t++) {
            world.step(List.of());
        }
        assertThat(wanderer.x).isGreaterThan(1_300);
    }

    /** Everything together, with twelve who do at random what they may: what must hold of any game, and of this one. */
    @Test
    void shouldFightOnBadNetworks() {
        long sunk = 0;
        for (int seed = 1; seed <= 8; seed++) {
            Run run = Simulation.of(new Arena())
                    .seed(seed)
                    .players(12)
                    .network(Network.bad())
                    .retune(20, s -> new Settings(50, s.movementSpeed(), 5, 0.1, 100, 5))
                    .invariant(
                            "each player and wanderer has a ship",
                            world -> world.all(Ship.class).size()
                                    == Wanderers.COUNT + world.players().size())
                    .invariant(
                            "sunk ships are afloat again in time",
                            world -> world.all(Ship.class).stream()
                                    .allMatch(ship -> ship.hull > 0 || ship.wreckMillis > 0))
                    .minutes(2)
                    .run();
            sunk += run.world().all(Ship.class).stream()
                    .mapToInt(ship -> ship.score)
                    .sum();
        }
        assertThat(sunk).as("scores in all runs").isGreaterThan(50);
    }
}
