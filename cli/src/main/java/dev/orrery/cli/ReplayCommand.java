package dev.orrery.cli;

import dev.orrery.world.Difference;
import dev.orrery.world.Entry;
import dev.orrery.world.Game;
import dev.orrery.world.GameFailedException;
import dev.orrery.world.RecordException;
import dev.orrery.world.Replay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay}: steps what an instance has recorded again, with the game's own rules, and says where it becomes another world. */
@Command(
        name = "replay",
        description = {
            "Step the recording of an instance again and compare every hash, or compare two recordings tick by tick.",
            "Exit with 0 if it comes to the same world, with 1 if it differs or cannot be read, with 2 if the game fails in it."
        },
        mixinStandardHelpOptions = true,
        version = Orrery.VERSION)
final class ReplayCommand implements Callable<Integer> {
    private static final int DIFFERS = 1;
    private static final int FAILS = 2;

    private final Game game;

    @Spec
    private @Nullable CommandSpec spec;

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

    @Option(
            names = "--diff",
            paramLabel = "OTHER",
            description =
                    "Another instance or file: tell the first tick at whose end the two worlds differ, and what does.")
    private @Nullable String other;

    @Option(
            names = "--bytes",
            description = "Tell what its players' clients are sent as frames, by part, kind and field.")
    private boolean bytes;

    ReplayCommand(Game game) {
        this.game = game;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec == null
                ? new PrintWriter(System.out, true)
                : spec.commandLine().getOut();
        try {
            Replay replay = open(instance, out);
            return other == null ? replay(replay, out) : diff(replay, open(other, out), out);
        } catch (GameFailedException e) {
            out.println(e.getMessage());
            e.failure().thrown().printStackTrace(out);
            return FAILS;
        } catch (IOException | RecordException e) {
            return Orrery.fail(e);
        }
    }

    private Replay open(String named, PrintWriter out) throws IOException, RecordException {
        Path file = find(named);
        out.println("replaying " + file);
        Replay replay = Replay.open(game, game.plan(), Files.readAllBytes(file));
        out.println("game " + replay.opening().game() + ", seed "
                + replay.opening().seed() + ", from the end of tick " + replay.fromTick());
        return replay;
    }

    private int replay(Replay replay, PrintWriter out) throws RecordException {
        FrameReport report = bytes ? new FrameReport(game.plan(), replay.world()) : null;
        while (isBeforeEnd(replay) && replay.step()) {
            tell(replay, out);
            if (report != null) {
                report.stepped();
            }
        }
        if (report != null) {
            report.print(out);
        }
        Replay.Mismatch mismatch = replay.mismatch();
        if (mismatch != null) {
            out.println(mismatch);
            return DIFFERS;
        }
        if (report != null && report.wrong() != null) {
            out.println(report.wrong());
            return DIFFERS;
        }
        out.println("the same world up to tick " + replay.world().tick() + ", " + replay.compared()
                + " hashes and snapshots compared");
        return 0;
    }

    private boolean isBeforeEnd(Replay replay) {
        return to < 0 || replay.world().tick() < to;
    }

    private void tell(Replay replay, PrintWriter out) {
        if (from > 0 && replay.world().tick() >= from) {
            replay.entered()
                    .forEach(entry -> out.println("tick " + replay.world().tick() + ": " + entry));
        }
    }

    /** Steps both side by side from the first tick that both have. */
    private int diff(Replay one, Replay two, PrintWriter out) throws RecordException {
        boolean more = true;
        while (more && one.world().tick() != two.world().tick()) {
            more = (one.world().tick() < two.world().tick() ? one : two).step();
        }
        if (!more) {
            out.println("they have no tick in common");
            return DIFFERS;
        }
        long first = one.world().tick();
        boolean same = isSame(one, two);
        while (same && isBeforeEnd(one) && one.step() && two.step()) {
            tell(one, out);
            same = isSame(one, two);
        }
        if (same) {
            out.println("the same world from tick " + first + " to tick "
                    + Math.min(one.world().tick(), two.world().tick()));
            return 0;
        }
        out.println("they differ at the end of tick " + one.world().tick()
                + (one.world().tick() == first ? ", the first that both have" : ""));
        entered("into the first", one.entered(), two.entered(), out);
        entered("into the second", two.entered(), one.entered(), out);
        for (Difference difference : Difference.between(one.world(), two.world())) {
            out.println("  " + difference.of() + ", " + difference.field() + ": " + difference.recorded()
                    + " in the first, " + difference.replayed() + " in the second");
        }
        return DIFFERS;
    }

    private static boolean isSame(Replay one, Replay two) {
        return one.world().digest().low() == two.world().digest().low()
                && one.world().digest().high() == two.world().digest().high();
    }

    /** Compared as text: entries hold rows, which are never compared. */
    private static void entered(String where, List<Entry> entries, List<Entry> others, PrintWriter out) {
        List<String> known = others.stream().map(Entry::toString).toList();
        for (Entry entry : entries) {
            if (!known.contains(entry.toString())) {
                out.println("  only " + where + " entered " + entry);
            }
        }
    }

    /** A file of that name, or the newest recording of an instance of that id. */
    private Path find(String wanted) throws IOException {
        Path named = Path.of(wanted);
        if (Files.isRegularFile(named)) {
            return named;
        }
        Path folder = data.resolve("recordings");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                Optional<Path> newest = files.filter(
                                file -> file.getFileName().toString().startsWith(wanted + "-"))
                        .max(Comparator.comparingLong(ReplayCommand::tickOf));
                if (newest.isPresent()) {
                    return newest.get();
                }
            }
        }
        throw new IOException("there is neither a file \"" + wanted + "\" nor a recording of such an instance in "
                + folder
                + ": a node keeps one when a game fails, and GET /api/v1/instances/{id}/recording gives one of a"
                + " running instance");
    }

    private static long tickOf(Path file) {
        String digits = file.getFileName().toString().replaceAll("^.*-(\\d+)\\.orrery$", "$1");
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : -1;
    }
}
