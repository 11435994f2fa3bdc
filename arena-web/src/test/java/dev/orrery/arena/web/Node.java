package dev.orrery.arena.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Runs a few lines of an ES module in Node. */
final class Node {
    private Node() {}

    /** What the script printed, trimmed; {@code process.argv} holds the arguments from index 1 on. */
    static String run(String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("node", "--input-type=module", "--eval", script, "--"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError("node failed: " + output);
            }
            return output.strip();
        } catch (IOException e) {
            throw new AssertionError("these tests need node 20 or newer on the PATH", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
