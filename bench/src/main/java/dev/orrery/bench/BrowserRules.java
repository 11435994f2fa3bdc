package dev.orrery.bench;

import dev.orrery.wire.Json;
import dev.orrery.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The speed of the rules' module in Node and in Chromium, by a script that Node runs. */
final class BrowserRules {
    private static final Path SCRIPT = Path.of("web", "e2e", "src", "bench", "rules.mjs");

    private BrowserRules() {}

    static List<Figure> measure(Course course) throws BenchException {
        try {
            Path file = Files.createTempFile("orrery-course", ".bin");
            try {
                Files.write(file, course.bytes());
                return figures(run("node", SCRIPT.toString(), file.toString()));
            } finally {
                Files.delete(file);
            }
        } catch (IOException | WireException e) {
            throw new BenchException("the browser could not be measured", e);
        }
    }

    private static List<Figure> figures(String output) throws WireException {
        return Json.parse(output) instanceof Json.Arr rows
                ? rows.values().stream().map(Figure::read).toList()
                : List.of();
    }

    private static String run(String... command) throws IOException, BenchException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new BenchException(String.join(" ", command) + " ended with " + code);
            }
            return output;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        } finally {
            process.destroy();
        }
    }
}
