package dev.orrery.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class TransportSuiteTest {
    private static final Footprint SMALL = new Footprint(ServerProcess.Kind.ORRERY, 5_000, 1_144, 0.9, 20);

    private static List<Load.Window> windows(double... micros) {
        return DoubleStream.of(micros)
                .mapToObj(each -> new Load.Window(1_000, 1, 1, each, 0.3, 100))
                .toList();
    }

    private static Race race(List<Load.Window> orrery) {
        return new Race(1_000, Map.of(ServerProcess.Kind.PLAIN, windows(8, 10, 30), ServerProcess.Kind.ORRERY, orrery));
    }

    private static Report report(Race race) {
        return TransportSuite.report(List.of(race), List.of(SMALL));
    }

    @Test
    void shouldTellTheRatioOfMedians() {
        Report report = report(race(windows(9, 99, 12.5)));
        assertThat(report.table()).containsPattern("orrery +1.000 +12[.,]50 +1[.,]25 +0[.,]42–9[.,]90 +30 %");
        assertThat(report.figures().toText()).contains("\"ratioToPlain\":1.25");
        assertThat(report.failures()).isEmpty();
    }

    @Test
    void shouldFailAboveTheRatio() {
        assertThat(report(race(windows(12.6, 12.6, 12.6))).failures())
                .containsExactly("at 1,000 connections a player-tick costs 1.26 of plain Netty's, above 1.25");
    }

    @Test
    void shouldFailWhenAWindowDoesNotCount() {
        assertThat(report(race(List.of(
                                new Load.Window(1_000, 0.98, 1, 8, 0.3, 100),
                                new Load.Window(1_000, 1, 0.98, 8, 0.3, 100),
                                new Load.Window(1_000, 1, 1, 8, 0.81, 100))))
                        .failures())
                .satisfiesExactly(
                        failure -> assertThat(failure).endsWith("% of the frames came"),
                        failure -> assertThat(failure).endsWith("% of the inputs came"),
                        failure ->
                                assertThat(failure).endsWith("round 3 does not count: the load took 81 % of its core"));
    }

    @Test
    void shouldFailWhenAConnectionOrAFrameTakesTooMuch() {
        Footprint large = new Footprint(ServerProcess.Kind.ORRERY, 5_000, 1_145, 1, 20);
        assertThat(TransportSuite.report(List.of(), List.of(large)).failures())
                .containsExactly(
                        "an idle connection takes 6,145 bytes, above 6,144",
                        "a frame takes 1.00 bytes of heap, not below 1");
    }

    @Test
    void shouldHaveNoLimitForPlainNetty() {
        Footprint plain = new Footprint(ServerProcess.Kind.PLAIN, 9_000, 0, 200, 200);
        assertThat(TransportSuite.report(List.of(), List.of(plain)).failures()).isEmpty();
    }

    @Test
    void shouldReadRangesOfCores() {
        assertThat(Cores.parse("0-2,7")).containsExactly(0, 1, 2, 7);
    }
}
