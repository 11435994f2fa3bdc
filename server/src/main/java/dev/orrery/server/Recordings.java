package dev.orrery.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The recordings of instances that failed, in {@code <data folder>/recordings}: each can be replayed to where its game threw. The
 * newest are kept. They hold players' names and inputs, so only the server's own user may read them. May be used by any thread.
 */
final class Recordings {
    static final String FOLDER = "recordings";
    static final String SUFFIX = ".orrery";

    /** A game that fails all the time must not fill the disk. */
    private static final int MAX_FILES = 20;

    private final Path folder;

    Recordings(Path dataFolder) {
        folder = dataFolder.resolve(FOLDER);
    }

    /**
     * Keeps a recording.
     *
     * @param tick in which the game was given up
     * @return where
     */
    synchronized Path keep(String instance, long tick, byte[] recording) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(instance + "-" + tick + SUFFIX);
        Path unfinished = Files.createTempFile(folder, instance, ".unfinished"); // for its owner alone
        Files.write(unfinished, recording);
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        for (Path old : newestFirst().stream().skip(MAX_FILES).toList()) {
            Files.deleteIfExists(old);
        }
        return file;
    }

    private List<Path> newestFirst() throws IOException {
        record Dated(Path file, long millis) {}
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> kept =
                    files.filter(file -> file.toString().endsWith(SUFFIX)).toList();
            Stream.Builder<Dated> dated = Stream.builder();
            for (Path file : kept) {
                dated.add(new Dated(file, Files.getLastModifiedTime(file).toMillis()));
            }
            return dated.build()
                    .sorted(Comparator.comparingLong(Dated::millis).reversed())
                    .map(Dated::file)
                    .toList();
        }
    }
}
