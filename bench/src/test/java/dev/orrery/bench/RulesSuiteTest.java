package dev.orrery.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class RulesSuiteTest {
    private static final Figure JVM = new Figure("JVM", 8, 50, "1 2");
    private static final Figure NODE = new Figure("Node", 8, 75, "1 2");

    private static Report report(Figure other, int moduleBytes) {
        return RulesSuite.report(List.of(JVM, other), List.of(JVM), moduleBytes);
    }

    @Test
    void shouldTellRatiosToTheJvm() {
        Report report = report(NODE, 10_240);
        assertThat(report.table()).containsPattern("Node +8 +75[.,]0 +1[.,]50");
        assertThat(report.figures().toText()).contains("\"ratioToJvm\":1.5");
        assertThat(report.failures()).isEmpty();
    }

    @Test
    void shouldFailWhenTheModuleOutgrowsItsLimit() {
        assertThat(report(NODE, 10_241).failures()).containsExactly("rules.js is bigger than its limit");
    }

    @Test
    void shouldFailWhenARuntimeEndsElsewhere() {
        assertThat(report(new Figure("Node", 8, 75, "1 3"), 1).failures())
                .singleElement()
                .asString()
                .startsWith("Node in batches of 8 ended elsewhere");
    }

    @Test
    void shouldSayWhichBenchmarksThereAre() throws BenchException {
        assertThat(Suite.named("")).containsExactly(Suite.values());
        assertThat(Suite.named("rules")).containsExactly(Suite.RULES);
        assertThatThrownBy(() -> Suite.named("speed"))
                .hasMessageContaining("only [rules, world, bytes, view, transport, room]");
    }
}
