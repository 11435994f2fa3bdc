package dev.orrery.arena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.arena.rules.Harbour;
import dev.orrery.arena.rules.Ship;
import dev.orrery.arena.rules.ShipKind;
import dev.orrery.rules.DMath;
import dev.orrery.rules.Settings;
import dev.orrery.world.Entry;
import dev.orrery.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class ArenaTest {
    private final Arena arena = new Arena();
    private final Harbour harbour = new Harbour();

    private World world(int seed) {
        return new World(arena, arena.plan(), Settings.DEFAULT, seed);
    }

    @Test
    void shouldFindAFreePlaceForEachOfAHundred() {
        World world = world(5);
        for (int i = 0; i < 100; i++) {
            world.step(List.of(new Entry.Joined("p" + i, "Sailor " + i)));
        }
        List<Ship> ships = world.all(Ship.class);
        assertThat(ships).hasSize(106);
        int touching = 0;
        for (int i = 0; i < ships.size(); i++) {
            for (int j = i + 1; j < ships.size(); j++) {
                double distance = DMath.hypot(ships.get(i).x - ships.get(j).x, ships.get(i).y - ships.get(j).y);
                touching += distance < 2 * Ship.RADIUS ? 1 : 0;
            }
        }
        // Wanderers may pass by; nobody starts on top of another.
        assertThat(touching).isLessThan(6);
    }

    @Test
    void shouldKnowWhereAShipMayLie() {
        for (Harbour.Berth berth : harbour.berths) {
            assertThat(harbour.isOpen(berth, Ship.RADIUS)).as("%s", berth).isTrue();
        }
        Harbour.Rock rock = harbour.rocks.getFirst();
        assertThat(harbour.isOpen(new Harbour.Berth(rock.x(), rock.y() + rock.radius() + 20), 30))
                .isFalse();
        Harbour.Wall wall = harbour.walls.getFirst();
        assertThat(harbour.isOpen(new Harbour.Berth(wall.right() + 20, wall.bottom() - 10), 30))
                .isFalse();
        Harbour.Gate gate = harbour.gates.getFirst();
        assertThat(harbour.isOpen(new Harbour.Berth(gate.x(), gate.y()), 1)).isFalse();
        assertThat(harbour.isOpen(new Harbour.Berth(20, 1000), 30)).isFalse();
    }

    /** Whoever holds the key on the way through a gate must not be taken back at once. */
    @Test
    void shouldLetShipsSailOnInTheDirectionInWhichTheyEntered() {
        for (Harbour.Gate entered : harbour.gates) {
            double down = entered.y() > Harbour.SIZE / 2 ? 1 : -1;
            Ship ship = new Ship();
            ship.x = entered.x();
            ship.y = entered.y();
            ship.hue = 3;
            int[] row = new int[new ShipKind().table().rowLength()];
            new ShipKind().write(ship, row, 0);
            World world = world(1);
            List<Entry> entries = new ArrayList<>();
            entries.add(new Entry.Arrived("ada", "Ada", "ship", row));
            entries.add(new Entry.Resumed("ada"));
            entries.add(new Entry.Steered("ada", new int[] {0, (int) (64 * down), 0, 0, 0}, 1));
            world.step(entries);
            Ship arrived = (Ship)
                    Objects.requireNonNull(world.players().iterator().next().actor());
            double from = arrived.y;
            for (int t = 0; t < 12; t++) {
                world.step(List.of());
            }
            assertThat(world.players()).hasSize(1);
            assertThat((arrived.y - from) * down).isGreaterThan(100);
            assertThat(arrived.hue).isEqualTo(3);
        }
    }
}
