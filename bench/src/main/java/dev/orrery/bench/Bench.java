package dev.orrery.bench;

import dev.orrery.wire.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code ./orrery bench [NAME] [--json FILE] [OPTIONS]}: runs one suite, or all, prints a table of each, and ends with 1 if a
 * limit does not hold. Must be started in the folder of the repository.
 */
@Command(name = "bench", description = "Measure how fast it is, and how big.", mixinStandardHelpOptions = true)
public final class Bench implements Callable<Integer> {
    @Parameters(arity = "0..1", paramLabel = "NAME", defaultValue = "", description = "What to measure (default: all).")
    private String name = "";

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the figures to a file.")
    private @Nullable Path json;

    @Option(
            names = "--connections",
            split = ",",
            paramLabel = "N",
            description = "transport: sizes of the load (default: 1000,3000,5000).")
    private List<Integer> connections = TransportPlan.DEFAULT.connections();

    @Option(names = "--rounds", paramLabel = "N", description = "transport: windows of each server (default: 5).")
    private int rounds = TransportPlan.DEFAULT.rounds();

    @Option(
            names = "--preframed",
            description = "transport: also beside plain Netty that writes WebSocket's header once for a room.")
    private boolean preframed;

    private Bench() {}

    /** Ends the process with the exit code. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() {
        try {
            Map<String, Json> figures = new LinkedHashMap<>();
            boolean holds = true;
            TransportPlan plan = TransportPlan.DEFAULT.withLoad(connections, preframed, rounds);
            for (Suite suite : Suite.named(name)) {
                Report report = suite.run(plan);
                System.out.print(report.table());
                report.failures().forEach(failure -> System.out.println("FAILED: " + failure));
                figures.put(suite.title(), report.figures());
                holds &= report.failures().isEmpty();
            }
            if (json != null) {
                Files.writeString(json, new Json.Obj(figures).toText() + "\n");
            }
            return holds ? 0 : 1;
        } catch (BenchException | IOException e) {
            System.err.println("orrery: " + e.getMessage());
            return 1;
        }
    }
}
