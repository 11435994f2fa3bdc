package dev.orrery.world;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * Recordings that earlier builds wrote must be read for ever: a file for each version of the format, never written again. The
 * brawl of the tests is part of them, so its rules must not change either; a new test game is cheap.
 */
final class CompatibilityTest {
    private static final int SEED = 2026;
    private static final int TICKS = 240;

    @Test
    void shouldStepJournalAndSnapshotsOfVersion1() throws Exception {
        byte[] recording = read("version-1.bin");
        BrawlGame game = new BrawlGame();
        Replay replay = Replay.open(game, game.plan(), recording);
        assertThat(replay.run()).isNull();
        assertThat(replay.world().tick()).isEqualTo(TICKS);
        assertThat(replay.world().digest().low()).isEqualTo(-960561549);
        assertThat(replay.world().digest().high()).isEqualTo(-2118357537);
        for (byte[] cut : Cuts.atSnapshots(recording)) {
            Replay later = Replay.open(game, game.plan(), cut);
            assertThat(later.run()).isNull();
            assertThat(later.world().digest().low())
                    .isEqualTo(replay.world().digest().low());
        }
    }

    /** This build still writes the same, byte for byte: a change of the format is a decision, and gets a new version. */
    @Test
    void shouldWriteWhatVersion1IsMadeOf() throws Exception {
        assertThat(newRecording()).isEqualTo(read("version-1.bin"));
    }

    private static byte[] newRecording() {
        Brawl brawl = new Brawl(SEED, 60);
        brawl.run(TICKS / 2);
        brawl.tick.command(new Command("throw", Json.NULL, Command.OPERATOR));
        brawl.tick.command(new Command("away", new Json.Str("player1"), "b"));
        Seat seat = brawl.tick.seat("traveller", "Zoë");
        brawl.tick.arrive(seat, "fighter", new int[] {1, 2, 3, 4, 5, 1, 0, 7, 8, 9, 10});
        brawl.run(TICKS / 2);
        return brawl.recorder.recording();
    }

    private static byte[] read(String name) throws IOException {
        try (InputStream in = CompatibilityTest.class.getResourceAsStream("/recordings/" + name)) {
            return requireNonNull(in, name).readAllBytes();
        }
    }

    /** Writes the file of a new version. */
    public static void main(String... path) throws IOException {
        Files.write(Path.of(path[0]), newRecording());
    }
}
