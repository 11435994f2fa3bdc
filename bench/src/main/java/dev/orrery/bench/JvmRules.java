package dev.orrery.bench;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The rules' speed on the JVM, by JMH in a process of its own. */
final class JvmRules {
    private JvmRules() {}

    static List<Figure> measure(Course course) throws BenchException {
        String runtime = "JVM " + Runtime.version().feature() + " (" + System.getProperty("java.vm.version") + ")";
        List<Figure> figures = new ArrayList<>();
        try {
            for (RunResult result : new Runner(new OptionsBuilder()
                            .include("^" + RulesBenchmark.class.getName() + "\\.")
                            .verbosity(VerboseMode.SILENT)
                            .shouldFailOnError(true)
                            .build())
                    .run()) {
                int batchTicks = Integer.parseInt(result.getParams().getParam("batchTicks"));
                double nanos = result.getPrimaryResult().getStatistics().getPercentile(50);
                figures.add(new Figure(runtime, batchTicks, nanos, course.replay(batchTicks)));
            }
        } catch (RunnerException e) {
            throw new BenchException("JMH failed", e);
        }
        return figures;
    }
}
