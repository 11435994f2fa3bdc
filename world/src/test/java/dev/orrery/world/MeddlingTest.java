package dev.orrery.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.rules.Settings;
import dev.orrery.wire.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Entries may change actors before their own steps: whoever predicts those cannot know. */
final class MeddlingTest {
    private final RoverGame game = new RoverGame();
    private final World world = new World(game, game.plan(), Settings.DEFAULT, 4);
    private final Body first = world.body(world.all(Rover.class).getFirst());

    @Test
    void shouldTellOfActorsThatACommandHasChanged() {
        world.step(List.of(new Entry.Commanded(new Command("shake", Json.NULL, "test"))));
        assertThat(first.meddled).isTrue();
        assertThat(first.isTouched()).isTrue();
        world.step(List.of());
        assertThat(first.meddled).isFalse();
    }

    @Test
    void shouldNotTakeASteeringOrAJoinForOne() {
        world.step(List.of(new Entry.Joined("ada", "Ada")));
        assertThat(world.bodies().all())
                .filteredOn(body -> body != null && body.meddled)
                .isEmpty();
        world.step(List.of(new Entry.Steered("ada", new int[] {64, 0, 1}, 1)));
        assertThat(world.bodies().all())
                .filteredOn(body -> body != null && body.meddled)
                .isEmpty();
    }

    @Test
    void shouldPredictAsClientsDo() {
        Rover rover = world.all(Rover.class).getFirst();
        rover.x = 1_500;
        rover.vx = 10;
        world.step(List.of());
        int[] before = first.row.clone();
        world.step(List.of(new Entry.Commanded(new Command("shake", Json.NULL, "test"))));
        Predictor predictor = new Predictor(world.plan());
        predictor.begin(world.settings());
        int[] predicted = predictor.predicted(first).clone();
        Rover replica = new Rover();
        RoverKind kind = new RoverKind();
        kind.read(before, 0, replica);
        Wheel wheel = new Wheel();
        new WheelKind().read(first.toldInput(), 0, wheel);
        replica.step(wheel, new Object(), world.settings());
        int[] expected = new int[before.length];
        kind.write(replica, expected, 0);
        assertThat(predicted).isEqualTo(expected);
        assertThat(first.row).isNotEqualTo(expected);
    }
}
