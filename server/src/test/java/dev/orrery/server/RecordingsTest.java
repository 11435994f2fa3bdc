package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RecordingsTest {
    private static final int KEPT = 20;

    @TempDir
    private Path data;

    @Test
    void shouldKeepTheNewestForTheirOwnerAlone() throws Exception {
        Recordings recordings = new Recordings(data);
        for (int i = 0; i < KEPT + 5; i++) {
            Path file = recordings.keep("arena-1", i, new byte[] {(byte) i});
            assertThat(Files.readAllBytes(file)).containsExactly(i);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            Files.setLastModifiedTime(file, FileTime.fromMillis(1_000L * (i + 1))); // as if a second apart
        }
        try (Stream<Path> files = Files.list(data.resolve("recordings"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(5, KEPT + 5)
                            .mapToObj(i -> "arena-1-" + i + ".orrery")
                            .toList());
        }
    }
}
