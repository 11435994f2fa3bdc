package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.orrery.server.InstanceConfig;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

final class DistributionTest {
    private static final Pattern FLAGS = Pattern.compile("(?:--|-XX|-D)[^\\s$]+");

    @TempDir
    private Path folder;

    @BeforeEach
    void makeAClassPath() throws IOException {
        Files.createDirectories(folder.resolve("classes/games/quiet"));
        Files.writeString(folder.resolve("classes/games/quiet/b.txt"), "b");
        Files.writeString(folder.resolve("classes/a.txt"), "a");
        Files.writeString(folder.resolve("some.jar"), "not really");
    }

    private Path write(String zip) throws IOException {
        Path file = folder.resolve(zip);
        new Distribution("quiet-1", "quiet.Main", List.of(folder.resolve("classes"), folder.resolve("some.jar")))
                .write(file);
        return file;
    }

    private static String text(Path zip, String name) throws IOException {
        try (FileSystem files = FileSystems.newFileSystem(zip)) {
            return Files.readString(files.getPath("/quiet-1/" + name));
        }
    }

    @Test
    void shouldHoldWhatAMachineNeeds() throws IOException {
        try (ZipFile zip = new ZipFile(write("q.zip").toFile())) {
            assertThat(zip.stream().filter(entry -> !entry.isDirectory()).map(entry -> entry.getName()))
                    .containsExactly(
                            "quiet-1/Containerfile",
                            "quiet-1/LICENSE",
                            "quiet-1/NOTICE",
                            "quiet-1/README.txt",
                            "quiet-1/bin/orrery-server",
                            "quiet-1/conf/reference.conf",
                            "quiet-1/conf/server.conf",
                            "quiet-1/lib/quiet-1-0.jar",
                            "quiet-1/lib/some.jar",
                            "quiet-1/orrery.service");
        }
        assertThat(text(folder.resolve("q.zip"), "bin/orrery-server"))
                .contains("-cp \"$app/lib/*\" quiet.Main \"$@\"")
                .doesNotContain("@MAIN@");
    }

    @Test
    void shouldKeepTheScriptExecutable() throws IOException {
        try (FileSystem files =
                FileSystems.newFileSystem(write("q.zip"), Map.of("enablePosixFileAttributes", "true"))) {
            assertThat(Files.getPosixFilePermissions(files.getPath("/quiet-1/bin/orrery-server")))
                    .contains(PosixFilePermission.OTHERS_EXECUTE)
                    .doesNotContain(PosixFilePermission.OTHERS_WRITE);
            assertThat(Files.getPosixFilePermissions(files.getPath("/quiet-1/conf/server.conf")))
                    .contains(PosixFilePermission.OTHERS_READ)
                    .doesNotContain(PosixFilePermission.OTHERS_EXECUTE);
        }
    }

    @Test
    @ResourceLock(Resources.TIME_ZONE)
    void shouldBeTheSameWheneverAndWhereverItIsMade() throws IOException {
        byte[] first = Files.readAllBytes(write("first.zip"));
        TimeZone here = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            Files.setLastModifiedTime(
                    folder.resolve("classes/a.txt"), java.nio.file.attribute.FileTime.fromMillis(86_400_000));
            byte[] second = Files.readAllBytes(write("second.zip"));
            assertThat(Arrays.mismatch(first, second)).isEqualTo(-1);
        } finally {
            TimeZone.setDefault(here);
        }
    }

    @Test
    void shouldRefuseTwoJarsOfOneName() throws IOException {
        Files.createDirectory(folder.resolve("other"));
        Path twin = Files.writeString(folder.resolve("other/some.jar"), "another");
        Distribution twins = new Distribution("q", "quiet.Main", List.of(folder.resolve("some.jar"), twin));
        assertThatThrownBy(() -> twins.write(folder.resolve("q.zip"))).hasMessageContaining("some.jar");
    }

    /** No engine builds the image here, so at least what it copies must be there. */
    @Test
    void shouldCopyOnlyWhatIsThereIntoTheImage() throws IOException {
        Path zip = write("q.zip");
        String container = text(zip, "Containerfile");
        List<String> copied = container
                .lines()
                .filter(line -> line.startsWith("COPY "))
                .flatMap(line -> Stream.of(line.split(" ")).skip(1).limit(line.split(" ").length - 2))
                .toList();
        assertThat(copied).contains("lib", "bin", "conf");
        try (FileSystem files = FileSystems.newFileSystem(zip)) {
            assertThat(copied)
                    .allSatisfy(name -> assertThat(Files.exists(files.getPath("/quiet-1/" + name)))
                            .as(name)
                            .isTrue());
        }
        Pattern instruction = Pattern.compile(
                "(#|FROM|RUN|COPY|ENV|USER|VOLUME|EXPOSE|STOPSIGNAL SIGTERM|HEALTHCHECK|ENTRYPOINT \\[)\\b?.*");
        assertThat(container.lines()).allMatch(line -> instruction.matcher(line).matches());
        assertThat(container).contains("\nUSER 10001\n", "bin/orrery-server\"]");
        // What the image sets, its configuration must take.
        assertThat(text(zip, "conf/server.conf")).contains("${?ORRERY_HOST}", "${?ORRERY_DATA}");
    }

    @Test
    void shouldGiveDrainingMoreTimeThanItTakes() throws IOException {
        String unit = text(write("q.zip"), "orrery.service");
        Matcher stop =
                Pattern.compile("^TimeoutStopSec=(\\d+)$", Pattern.MULTILINE).matcher(unit);
        assertThat(stop.find()).isTrue();
        assertThat(Integer.parseInt(stop.group(1)) * 1_000).isGreaterThan(InstanceConfig.DEFAULT.drainMillis());
    }

    @Test
    void shouldStartTheJvmAsTheLauncherDoes() throws IOException {
        String launcher = Files.readString(Path.of("../orrery"));
        String game = launcher.substring(launcher.indexOf("run_game() {"));
        assertThat(flags(text(write("q.zip"), "bin/orrery-server").replaceAll("(?s).*exec ", "")))
                .containsExactlyElementsOf(flags(game.substring(game.indexOf("exec "), game.indexOf("\n}"))))
                .hasSizeGreaterThan(3);
    }

    private static List<String> flags(String command) {
        return FLAGS.matcher(command).results().map(result -> result.group()).toList();
    }

    @Test
    void shouldHoldWholeJarsOfFolders() throws IOException {
        Path zip = write("q.zip");
        Path jar = folder.resolve("unpacked.jar");
        try (FileSystem files = FileSystems.newFileSystem(zip)) {
            Files.copy(files.getPath("/quiet-1/lib/quiet-1-0.jar"), jar);
        }
        try (ZipFile entries = new ZipFile(jar.toFile())) {
            assertThat(entries.stream().map(entry -> entry.getName())).containsExactly("a.txt", "games/quiet/b.txt");
            assertThat(HexFormat.of()
                            .formatHex(entries.getInputStream(entries.getEntry("a.txt"))
                                    .readAllBytes()))
                    .isEqualTo("61");
        }
    }
}
