package dev.orrery.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PipelineTest {
    private record Arrival(int number, long millis) {}

    private final VirtualTime time = new VirtualTime();
    private final List<Arrival> arrivals = new ArrayList<>();

    private Pipeline pipeline(Network network) {
        return new Pipeline(time, network, new SplittableRandom(5));
    }

    /** One every ten milliseconds. */
    private void send(Pipeline pipeline, int count) {
        for (int i = 0; i < count; i++) {
            int number = i;
            time.at(
                    10_000L * i,
                    () -> pipeline.send(() -> arrivals.add(new Arrival(number, time.nowMicros() / 1_000))));
        }
        while (time.next()) {
            // until nothing is under way
        }
    }

    @Test
    void shouldKeepTheOrderAndTheDelay() {
        send(pipeline(new Network(50, 40, 0, 0, 0, 0, 0, 0)), 200);
        assertThat(arrivals).extracting(Arrival::number).isSorted().hasSize(200);
        assertThat(arrivals).allMatch(arrival -> arrival.millis() - 10L * arrival.number() >= 50);
        assertThat(arrivals).allMatch(arrival -> arrival.millis() - 10L * arrival.number() <= 90);
        assertThat(arrivals).anyMatch(arrival -> arrival.millis() - 10L * arrival.number() > 80);
    }

    @Test
    void shouldHoldBackAndThenBurst() {
        send(pipeline(new Network(0, 0, 60, 1_000, 0, 0, 0, 0)), 1_000);
        assertThat(arrivals).extracting(Arrival::number).isSorted().hasSize(1_000);
        int burst = 0;
        for (int i = 10; i < 1_000; i++) {
            burst += arrivals.get(i).millis() == arrivals.get(i - 10).millis() ? 1 : 0;
        }
        assertThat(burst).isGreaterThan(10);
    }

    @Test
    void shouldLoseWhatIsUnderWayWhenCut() {
        Pipeline pipeline = pipeline(new Network(50, 0, 0, 0, 0, 0, 0, 0));
        time.at(505_000, pipeline::cut);
        send(pipeline, 100);
        assertThat(arrivals).hasSize(46); // what was sent up to 455 ms
    }

    @Test
    void shouldDoThingsInTheirOrder() {
        List<String> done = new ArrayList<>();
        time.at(5, () -> done.add("b"));
        time.at(5, () -> done.add("c"));
        time.at(1, () -> {
            done.add("a");
            time.in(4, () -> done.add("d"));
            time.at(0, () -> done.add("at once"));
        });
        while (time.next()) {
            // on
        }
        assertThat(done).containsExactly("a", "at once", "b", "c", "d");
        assertThat(time.nowMicros()).isEqualTo(5);
    }
}
