package dev.orrery.cli;

import dev.orrery.world.Game;
import dev.orrery.world.GameFailedException;
import dev.orrery.world.Plan;
import dev.orrery.world.RecordException;
import dev.orrery.world.Replay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code replay}: steps what an instance has recorded again, with the game's own rules, and says where it becomes another world. */
@Command(
        name = "replay",
        description = {
            "Step the recording of an instance again and compare every hash.",
            "Exit with 0 if it comes to the same world, with 1 if it differs or cannot be read, with 2 if the game fails in it."
        },
        mixinStandardHelpOptions = true,
        version = Orrery.VERSION)
final class ReplayCommand implements Callable<Integer> {
    private static final int DIFFERS = 1;
    private static final int FAILS = 2;

    private final Game game;

    @Parameters(paramLabel = "INSTANCE", description = "Id of an instance that failed, or a file with a recording.")
    private String instance = "";

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            defaultValue = "data",
            description = "Data folder of the node (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Option(
            names = "--from",
            paramLabel = "TICK",
            defaultValue = "0",
            description = "Tell what entered the world from this tick on.")
    private long from;

    @Option(names = "--to", paramLabel = "TICK", defaultValue = "-1", description = "Stop at the end of this tick.")
    private long to = -1;

    ReplayCommand(Game game) {
        this.game = game;
    }

    @Override
    public Integer call() {
        try {
            Path file = find();
            System.out.println("replaying " + file);
            return replay(Files.readAllBytes(file));
        } catch (IOException | RecordException e) {
            return Orrery.fail(e);
        }
    }

    private int replay(byte[] recording) throws RecordException {
        Plan plan = game.plan();
        Replay replay = Replay.open(game, plan, recording);
        System.out.println("game " + replay.opening().game() + ", seed "
                + replay.opening().seed() + ", from the end of tick " + replay.fromTick());
        try {
            boolean more = true;
            while (more && (to < 0 || replay.world().tick() < to)) {
                more = replay.step();
                if (more && from > 0 && replay.world().tick() >= from) {
                    replay.entered()
                            .forEach(entry ->
                                    System.out.println("tick " + replay.world().tick() + ": " + entry));
                }
            }
        } catch (GameFailedException e) {
            System.out.println(e.getMessage());
            e.failure().thrown().printStackTrace(System.out);
            return FAILS;
        }
        Replay.Mismatch mismatch = replay.mismatch();
        if (mismatch != null) {
            System.out.println(mismatch);
            return DIFFERS;
        }
        System.out.println("the same world up to tick " + replay.world().tick() + ", " + replay.compared()
                + " hashes and snapshots compared");
        return 0;
    }

    /** A file of that name, or the newest recording of an instance of that id. */
    private Path find() throws IOException {
        Path named = Path.of(instance);
        if (Files.isRegularFile(named)) {
            return named;
        }
        Path folder = data.resolve("recordings");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                Optional<Path> newest = files.filter(
                                file -> file.getFileName().toString().startsWith(instance + "-"))
                        .max(Comparator.comparingLong(ReplayCommand::tickOf));
                if (newest.isPresent()) {
                    return newest.get();
                }
            }
        }
        throw new IOException("there is neither a file \"" + instance + "\" nor a recording of such an instance in "
                + folder
                + ": a node keeps one when a game fails, and GET /api/v1/instances/{id}/recording gives one of a"
                + " running instance");
    }

    private static long tickOf(Path file) {
        String digits = file.getFileName().toString().replaceAll("^.*-(\\d+)\\.orrery$", "$1");
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : -1;
    }
}
