package dev.orrery.processor;

import dev.orrery.rules.Solo;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The gate that a game's rules pass when they are built: every class of a package whose name ends with {@code .rules} is
 * read as bytecode, and what would not compute the same bits on the JVM and in JavaScript is refused with class and line.
 * Rules that pass get a hash, written to {@code META-INF/orrery/<package>.hash}: 16 hexadecimal digits of the SHA-256 of
 * their class files and of those of {@code dev.orrery.rules}, so that server and page know that they step alike.
 *
 * <p>Game logic in the same directory passes too: the classes that implement {@code dev.orrery.world.Game}, and what they
 * reach. It need not be exact in JavaScript, but the same on every JVM, and keep its state where snapshots find it.
 *
 * <p>The gate does not guard {@code dev.orrery.rules} itself: {@code DMath.toInt} is the place where {@code (int)} of a
 * double is right, because it has tested the range. Tests on both runtimes guard that package.
 */
public final class Gate {
    private Gate() {}

    /**
     * Checks class directories; exits with 1 if something is refused or there are no rules at all.
     *
     * @param directories with class files, such as {@code target/classes}
     */
    public static void main(String... directories) throws IOException {
        int refused = 0;
        for (String directory : directories) {
            refused += check(Path.of(directory), System.err);
        }
        if (refused > 0) {
            System.exit(1);
        }
    }

    /**
     * Checks one class directory, and tells {@code out} what is refused. For any thread.
     *
     * @return how much is refused
     */
    public static int check(Path directory, PrintStream out) throws IOException {
        SortedMap<String, byte[]> classFiles = classFilesIn(directory);
        SortedMap<String, SortedMap<String, byte[]>> packages = rulesIn(classFiles);
        if (packages.isEmpty()) {
            out.println("no package ending with .rules in " + directory + "; name the package of the rules so");
            return 1;
        }
        int refused = 0;
        for (var entry : packages.entrySet()) {
            List<Violation> violations = violations(entry.getValue());
            violations.forEach(out::println);
            refused += violations.size();
            if (violations.isEmpty()) {
                Path file = directory.resolve("META-INF/orrery/" + entry.getKey() + ".hash");
                Files.createDirectories(file.getParent());
                Files.writeString(file, hash(entry.getValue()));
            }
        }
        List<Violation> inLogic = LogicGate.violations(classFiles.values());
        inLogic.forEach(out::println);
        return refused + inLogic.size();
    }

    /** Everything forbidden in class files, by path. */
    static List<Violation> violations(SortedMap<String, byte[]> classFiles) {
        List<Violation> violations = new ArrayList<>();
        classFiles.values().forEach(bytes -> violations.addAll(GateClass.read(bytes)));
        return violations;
    }

    private static SortedMap<String, SortedMap<String, byte[]>> rulesIn(SortedMap<String, byte[]> classFiles) {
        SortedMap<String, SortedMap<String, byte[]>> packages = new TreeMap<>();
        classFiles.forEach((path, bytes) -> {
            if (LogicGate.isRules(path)) {
                String name = path.substring(0, path.lastIndexOf('/')).replace('/', '.');
                packages.computeIfAbsent(name, each -> new TreeMap<>()).put(path, bytes);
            }
        });
        return packages;
    }

    private static SortedMap<String, byte[]> classFilesIn(Path root) throws IOException {
        SortedMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(root)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                if (path.toString().endsWith(".class")) {
                    files.put(root.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
                }
            }
        }
        return files;
    }

    private static String hash(SortedMap<String, byte[]> classFiles) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, classFiles);
            Path ours = Path.of(Solo.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isDirectory(ours)) {
                add(digest, classFilesIn(ours));
            } else {
                try (var jar = FileSystems.newFileSystem(ours)) {
                    add(digest, classFilesIn(jar.getPath("/")));
                }
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
        } catch (NoSuchAlgorithmException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(MessageDigest digest, SortedMap<String, byte[]> classFiles) {
        classFiles.forEach((path, bytes) -> {
            digest.update(path.getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        });
    }
}
