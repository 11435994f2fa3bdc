package dev.orrery.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Nanoseconds per step of the arena's rules on the JVM. Owned by JMH's thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 7, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class RulesBenchmark {
    /** Ticks of a batch, the same as in {@code web/e2e/src/bench/rules.mjs}. */
    @Param({"1", "8", "64"})
    public int batchTicks;

    private final Course course = new Course();

    /** The whole course; its digest, so that nothing of it can be left out. */
    @Benchmark
    @OperationsPerInvocation(Course.STEPS)
    public String step() {
        return course.replay(batchTicks);
    }
}
