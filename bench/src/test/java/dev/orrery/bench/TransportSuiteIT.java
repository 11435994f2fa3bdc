package dev.orrery.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** That all processes of the measurement start, talk and end; the figures are nobody's here. */
class TransportSuiteIT {
    @Test
    void shouldMeasureBothServers() throws Exception {
        TransportPlan plan = new TransportPlan(List.of(Room.SIZE), false, 1, 1, 0.2, 0.2, 1, Room.SIZE, 10_000);
        Report report = TransportSuite.run(plan);
        assertThat(report.table())
                .containsPattern("plain +100 +[0-9.,]+ +1[.,]00 ")
                .containsPattern("orrery +100 +[0-9.,]+ +[0-9.,]+ ")
                .doesNotContain("NaN");
        assertThat(report.figures().get("footprints").toText()).contains("plain", "orrery");
    }
}
