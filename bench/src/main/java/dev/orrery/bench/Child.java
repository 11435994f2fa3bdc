package dev.orrery.bench;

import dev.orrery.wire.Json;
import dev.orrery.wire.WireException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that is asked by lines, see {@link Commands}. It ends when it is closed, or with this process. */
final class Child implements AutoCloseable {
    /** The same for all; docs/bench.md says why these. */
    private static final List<String> FLAGS = List.of(
            "-Xms512m",
            "-Xmx512m",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final long END_SECONDS = 5;

    private final String name;
    private final Process process;
    private final Writer questions;
    private final BufferedReader answers;

    private Child(String name, Process process) {
        this.name = name;
        this.process = process;
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts a class's main method on the first or second core that this process may use, see {@link Cores}. */
    static Child start(int core, Class<?> main, String... args) throws BenchException {
        List<String> command = new ArrayList<>(Cores.pinning(core));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(args));
        String name = main.getSimpleName() + List.of(args);
        try {
            return new Child(
                    name,
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start());
        } catch (IOException e) {
            throw new BenchException(name + " could not be started", e);
        }
    }

    /** Sends a command and waits for what it found. */
    Json ask(String command) throws BenchException {
        try {
            questions.write(command + "\n");
            questions.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new BenchException(name + " ended while it was asked \"" + command + "\"");
            }
            return Json.parse(answer);
        } catch (IOException | WireException e) {
            throw new BenchException(name + " could not be asked \"" + command + "\"", e);
        }
    }

    /** As {@link #ask}, one number of the answer. */
    long ask(String command, String figure) throws BenchException {
        return (long) ask(command).get(figure).number(0);
    }

    /** Time on all cores so far, in the kernel and out of it; where the kernel counts in hundredths, so does this. */
    long cpuNanos() throws BenchException {
        return process.info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .orElseThrow(() -> new BenchException("this system does not tell the CPU time of a process"));
    }

    /** Ends the process: its input ends, and that is enough unless it hangs. */
    @Override
    public void close() {
        try {
            questions.close();
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
