package dev.orrery.arena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.client.Messages;
import dev.orrery.client.View;
import dev.orrery.rules.Digest;
import dev.orrery.wire.BlockException;
import dev.orrery.wire.Json;
import dev.orrery.wire.JsonWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** Frames as every client must read them: the committed ones are those that the server writes, and the Java client reads them so. */
final class FrameVectorsTest {
    private static final Path VECTORS = Path.of("..", "wire", "src", "test", "resources", "vectors", "frames.json");
    /** Read by the browser's client, on Node and in Chromium. */
    private static final Path RUNS = Path.of("target", "frames", "runs.json");

    private static String runs(int count, int ticks) throws BlockException {
        JsonWriter out = new JsonWriter();
        out.beginObject().name("runs").beginArray();
        for (int seed = 1; seed <= count; seed++) {
            FrameRun.write(seed, ticks, out);
        }
        return out.endArray().endObject().toString();
    }

    @Test
    void shouldWriteWhatIsCommitted() throws Exception {
        String runs = runs(3, 60).replace("{\"frame\"", "\n{\"frame\"") + "\n";
        if (Boolean.getBoolean("orrery.writeVectors")) {
            Files.writeString(VECTORS, runs);
        }
        assertThat(Files.readString(VECTORS)).isEqualTo(runs);
    }

    @Test
    void shouldReadWhatIsCommitted() throws Exception {
        int frames = 0;
        for (Json run : Json.parse(Files.readString(VECTORS)).get("runs").list()) {
            View view =
                    new View(FrameRun.game(), Messages.grid(run.get("grid")), Messages.settings(run.get("settings")));
            for (Json step : run.get("steps").list()) {
                Json announce = step.get("announce");
                if (announce != Json.NULL) {
                    view.announce(Messages.settings(announce.get("settings")), (long)
                            announce.get("atTick").number(0));
                } else {
                    view.read(Base64.getDecoder().decode(step.get("frame").text("")));
                    Digest digest = FrameRun.digest(view);
                    assertThat(digest.low())
                            .isEqualTo((int) step.get("seen").get(0).number(0));
                    assertThat(digest.high())
                            .isEqualTo((int) step.get("seen").get(1).number(0));
                    frames++;
                }
            }
        }
        assertThat(frames).isGreaterThan(80);
    }

    @Test
    void shouldWriteRunsForOtherClients() throws Exception {
        Files.createDirectories(RUNS.getParent());
        Files.writeString(RUNS, runs(200, 80));
        assertThat(Files.size(RUNS)).isGreaterThan(200_000);
    }
}
