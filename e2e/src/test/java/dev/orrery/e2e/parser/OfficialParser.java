package dev.orrery.e2e.parser;

import dev.orrery.wire.Json;
import dev.orrery.wire.WireException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JavaScript parser of the Socket.IO project, in Node: {@code web/e2e/src/parser.mjs}. */
final class OfficialParser {
    private static final Path SCRIPT = Path.of("..", "web", "e2e", "src", "parser.mjs");

    private OfficialParser() {}

    /** Its answers, one for each line. */
    static List<Json> ask(List<Json> lines) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(Path.of("target", "parser"));
        Path questions = folder.resolve("questions.jsonl");
        Path answers = folder.resolve("answers.jsonl");
        Path errors = folder.resolve("errors.txt");
        Files.write(questions, lines.stream().map(Json::toText).toList());
        Process node = new ProcessBuilder("node", SCRIPT.toString())
                .redirectInput(questions.toFile())
                .redirectOutput(answers.toFile())
                .redirectError(errors.toFile())
                .start();
        if (node.waitFor() != 0) {
            throw new AssertionError("node failed: " + Files.readString(errors));
        }
        List<Json> read = new ArrayList<>();
        for (String line : Files.readAllLines(answers, StandardCharsets.UTF_8)) {
            read.add(parse(line));
        }
        if (read.size() != lines.size()) {
            throw new AssertionError(read.size() + " answers for " + lines.size() + " questions");
        }
        return read;
    }

    private static Json parse(String line) {
        try {
            return Json.parse(line, Json.MAX_DEPTH);
        } catch (WireException e) {
            throw new AssertionError(line, e);
        }
    }
}
