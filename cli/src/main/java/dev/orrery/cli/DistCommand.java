package dev.orrery.cli;

import dev.orrery.world.Game;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dist}: packs this game, with all that it runs with, into a zip that another machine runs. */
@Command(
        name = "dist",
        description = {
            "Write a zip with the game, its libraries, a start script, a configuration, a systemd unit and a Containerfile.",
            "It holds what stands on the class path of this process; it needs nothing but a Java 25 where it is unpacked."
        },
        mixinStandardHelpOptions = true,
        version = Orrery.VERSION)
final class DistCommand implements Callable<Integer> {
    private final Game game;
    private final String mainClass;

    @Option(
            names = "--name",
            defaultValue = "",
            description = "Name of the zip and of the folder in it (default: the game's name and -server).")
    private String name = "";

    @Option(names = "--out", defaultValue = "target", description = "Folder for it (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("target");

    DistCommand(Game game, String mainClass) {
        this.game = game;
        this.mainClass = mainClass;
    }

    @Override
    public Integer call() {
        String folder = name.isEmpty() ? game.plan().name() + "-server" : name;
        try {
            Path zip = Files.createDirectories(out).resolve(folder + ".zip");
            new Distribution(folder, mainClass, classPath()).write(zip);
            System.out.println(zip);
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            return Orrery.fail(e);
        }
    }

    /** Jars by name, so that the zip does not depend on how a wildcard was expanded; folders of classes stay before them. */
    private static List<Path> classPath() {
        List<Path> folders = new ArrayList<>();
        List<Path> jars = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                folders.add(path);
            } else if (Files.isRegularFile(path)) {
                jars.add(path);
            }
        }
        jars.sort(Comparator.comparing(path -> path.getFileName().toString()));
        folders.addAll(jars);
        return folders;
    }
}
