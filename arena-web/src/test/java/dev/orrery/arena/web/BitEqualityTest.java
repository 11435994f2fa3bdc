package dev.orrery.arena.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The same rules give the same bits on the JVM and in Node. A million steps in every build;
 * {@code -Dorrery.proof.steps=10000000} for more, {@code -Dorrery.proof.seed} for others.
 */
class BitEqualityTest {
    private static final int STEPS = Integer.getInteger("orrery.proof.steps", 1_000_000);
    private static final int SEED = Integer.getInteger("orrery.proof.seed", 42);
    private static final Path MODULE = Path.of("target", "proof", "proof.js");

    @Test
    void shouldGiveTheSameBitsOnTheJvmAndInNode() {
        long start = System.nanoTime();
        String here = Proof.run(SEED, STEPS);
        long middle = System.nanoTime();
        String there = node(SEED, STEPS);
        System.out.printf(
                "%,d steps from seed %d: %s (JVM %.1f s, Node %.1f s)%n",
                STEPS, SEED, here, (middle - start) / 1e9, (System.nanoTime() - middle) / 1e9);
        assertThat(there).as("seed " + SEED).isEqualTo(here);
        assertThat(Integer.parseInt(here.split(" ")[1]))
                .as("bumps, so that obstacles were met")
                .isGreaterThan(STEPS / 200);
    }

    @Test
    void shouldTellSeedsAndLengthsApart() {
        assertThat(Proof.run(1, 1000)).isNotEqualTo(Proof.run(2, 1000)).isNotEqualTo(Proof.run(1, 1001));
        assertThat(node(1, 1000)).isEqualTo(Proof.run(1, 1000));
    }

    private static String node(int seed, int steps) {
        String script = "const { run } = await import(process.argv[1]);"
                + " console.log(run(Number(process.argv[2]), Number(process.argv[3])));";
        return Node.run(script, MODULE.toUri().toString(), String.valueOf(seed), String.valueOf(steps));
    }
}
