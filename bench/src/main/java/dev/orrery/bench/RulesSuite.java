package dev.orrery.bench;

import dev.orrery.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** {@code bench rules}: nanoseconds per step of the demo's rules on each runtime, and the size of what a page loads. */
final class RulesSuite {
    /** As a page of the demo gets it. */
    private static final String MODULE = "/games/arena/rules/rules.js";

    /** Most bytes that the module may have, gzipped. */
    private static final int LIMIT_BYTES = 10 * 1024;

    private RulesSuite() {}

    static Report run() throws BenchException {
        Course course = new Course();
        int moduleBytes = gzippedModuleBytes();
        List<Figure> onJvm = JvmRules.measure(course);
        List<Figure> figures = new ArrayList<>(onJvm);
        figures.addAll(BrowserRules.measure(course));
        return report(figures, onJvm, moduleBytes);
    }

    /** @param onJvm what the ratios are to: one of each batch */
    static Report report(List<Figure> figures, List<Figure> onJvm, int moduleBytes) {
        List<String> failures = new ArrayList<>();
        List<Json> rows = new ArrayList<>();
        StringBuilder table = new StringBuilder(
                "%-26s %6s %9s %13s%n".formatted("rules: runtime", "batch", "ns/step", "ratio to JVM"));
        for (Figure figure : figures) {
            Figure base = onJvm.stream()
                    .filter(other -> other.batchTicks() == figure.batchTicks())
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("batchTicks=" + figure.batchTicks()));
            double ratio = figure.nanosPerStep() / base.nanosPerStep();
            table.append("%-26s %6d %9.1f %13.2f%n"
                    .formatted(figure.runtime(), figure.batchTicks(), figure.nanosPerStep(), ratio));
            rows.add(new Json.Obj(Map.of(
                    "runtime", new Json.Str(figure.runtime()),
                    "batchTicks", new Json.Num(figure.batchTicks()),
                    "nanosPerStep", new Json.Num(figure.nanosPerStep()),
                    "ratioToJvm", new Json.Num(ratio))));
            if (!figure.digest().equals(base.digest())) {
                failures.add(figure.runtime() + " in batches of " + figure.batchTicks()
                        + " ended elsewhere than the JVM: its figures are of another course");
            }
        }
        table.append(String.format(Locale.ROOT, "rules.js: %,d bytes gzipped, of %,d%n", moduleBytes, LIMIT_BYTES));
        if (moduleBytes > LIMIT_BYTES) {
            failures.add("rules.js is bigger than its limit");
        }
        Json all = new Json.Obj(Map.of(
                "figures", new Json.Arr(rows),
                "moduleBytes", new Json.Num(moduleBytes),
                "moduleLimitBytes", new Json.Num(LIMIT_BYTES)));
        return new Report(table.toString(), all, failures);
    }

    private static int gzippedModuleBytes() throws BenchException {
        try (InputStream module = RulesSuite.class.getResourceAsStream(MODULE)) {
            if (module == null) {
                throw new BenchException(MODULE + " is not on the class path: build arena-web first");
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                module.transferTo(gzip);
            }
            return bytes.size();
        } catch (IOException e) {
            throw new BenchException("the size of " + MODULE + " could not be measured", e);
        }
    }
}
