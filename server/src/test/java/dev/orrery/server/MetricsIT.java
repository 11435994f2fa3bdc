package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.transport.Counter;
import dev.orrery.wire.Json;
import dev.orrery.wire.WireException;
import dev.orrery.world.WorldCounter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus gets, by the grammar of its text format. */
final class MetricsIT {
    private static final Pattern COMMENT = Pattern.compile(
            "# (HELP [a-zA-Z_:][a-zA-Z0-9_:]* .+|TYPE [a-zA-Z_:][a-zA-Z0-9_:]* (counter|gauge|histogram))");
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\\"n])*\",?)*})?"
                    + " (NaN|[+-]Inf|-?\\d+(?:\\.\\d+)?(?:E-?\\d+)?)");
    private static final String[] SIX = {
        "connections", "message_rate", "state_bytes", "cpu", "memory_bytes", "network_latency_seconds"
    };

    @TempDir
    private Path data = Path.of("");

    private Managed managed;

    @BeforeEach
    void start() throws Exception {
        managed = new Managed(data);
    }

    @AfterEach
    void stop() {
        managed.close();
    }

    /** Values by name and labels; every line is looked at. */
    private Map<String, Double> scrape() throws Exception {
        AdminClient.Reply reply = managed.operator().get("/metrics");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("content-type")).startsWith("text/plain; version=0.0.4");
        assertThat(reply.body()).endsWith("\n");
        Map<String, Double> samples = new HashMap<>();
        Set<String> described = new HashSet<>();
        for (String line : reply.body().split("\n", -1)) {
            if (line.startsWith("#")) {
                assertThat(line).matches(COMMENT);
                described.add(line.split(" ", -1)[2]);
            } else if (!line.isEmpty()) {
                assertThat(line).matches(SAMPLE);
                int space = line.lastIndexOf(' ');
                String name = line.substring(0, space);
                assertThat(samples).as("each sample once").doesNotContainKey(name);
                assertThat(described)
                        .containsAnyOf(
                                name.replaceAll("\\{.*", ""), name.replaceAll("_(bucket|count|sum)(\\{.*)?$", ""));
                samples.put(name, Double.valueOf(line.substring(space + 1)));
            }
        }
        return samples;
    }

    @Test
    void shouldHaveTheSixReadingsOfNodeAndInstances() throws Exception {
        managed.operator().send("POST", "/api/v1/instances", "");
        try (Visitor ada = Visitor.join(managed.server(), "Ada")) {
            Map<String, Double> samples = scrape();
            for (Json instance :
                    managed.operator().get("/api/v1/instances").json().list()) {
                String labels =
                        "{game=\"meet\",instance=\"" + instance.get("id").text("") + "\"}";
                for (String reading : SIX) {
                    assertThat(samples).containsKey("orrery_instance_" + reading + labels);
                }
                assertThat(samples)
                        .containsEntry("orrery_instance_capacity" + labels, 100.0)
                        .containsEntry("orrery_instance_tick_interval_seconds" + labels, 0.1)
                        .containsEntry("orrery_instance_hibernating" + labels, 0.0)
                        .containsKey("orrery_instance_tick_duration_seconds" + labels)
                        .containsKey("orrery_instance_load" + labels)
                        .containsKey("orrery_instance_players" + labels)
                        .containsKey("orrery_instance_away" + labels)
                        .containsEntry("orrery_instance_phase" + labels.replace("}", ",phase=\"running\"}"), 1.0)
                        .containsEntry("orrery_instance_phase" + labels.replace("}", ",phase=\"draining\"}"), 0.0);
            }
            for (String reading : SIX) {
                assertThat(samples).containsKey("orrery_node_" + reading);
            }
            assertThat(samples)
                    .containsEntry("orrery_node_connections", 1.0)
                    .containsEntry("orrery_node_instances", 2.0)
                    .containsEntry("orrery_node_draining", 0.0)
                    .containsEntry("orrery_node_hung", 0.0);
            ada.send("clock", 0);
        }
    }

    @Test
    void shouldHaveEveryCounterThereIs() throws Exception {
        Map<String, Double> samples = scrape();
        Json list = managed.operator().get("/api/v1/counters").json();
        Set<String> names = new HashSet<>();
        list.list().forEach(counter -> names.add(counter.get("name").text("")));
        expect("server", ServerCounter.values(), samples, names);
        expect("world", WorldCounter.values(), samples, names);
        expect("transport", Counter.values(), samples, names);
        expect("malformed", WireException.Reason.values(), samples, names);
        assertThat(list.list()).hasSameSizeAs(names);
        assertThat(list.get(0).get("meaning").text("")).isEqualTo(ServerCounter.TICKETS_ISSUED.meaning());
    }

    private static void expect(String module, Enum<?>[] counters, Map<String, Double> samples, Set<String> names) {
        for (Enum<?> counter : counters) {
            String name = module + "_" + counter.name().toLowerCase(Locale.ROOT);
            assertThat(samples).containsKey("orrery_" + name + "_total");
            assertThat(names).contains(name);
        }
    }

    @Test
    void shouldTellHowLateTicksBegin() throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (scrape().getOrDefault("orrery_tick_start_delay_seconds_count", 0.0) < 3) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
        Map<String, Double> samples = scrape();
        assertThat(samples)
                .containsKey("orrery_tick_start_delay_seconds_bucket{le=\"0.001\"}")
                .containsKey("orrery_tick_start_delay_seconds_sum");
        assertThat(samples.get("orrery_tick_start_delay_seconds_bucket{le=\"+Inf\"}"))
                .isEqualTo(samples.get("orrery_tick_start_delay_seconds_count"));
        Json delay = managed.operator().get("/api/v1/node").json().get("tickDelay");
        assertThat(delay.get("p50").number(-1)).isGreaterThanOrEqualTo(0);
        assertThat(delay.get("p99").number(-1))
                .isGreaterThanOrEqualTo(delay.get("p50").number(-1));
    }

    @Test
    void shouldCountOn() throws Exception {
        Map<String, Double> before = scrape();
        try (Visitor ada = Visitor.join(managed.server(), "Ada")) {
            Map<String, Double> after = scrape();
            assertThat(after.get("orrery_server_tickets_issued_total")).isEqualTo(1);
            assertThat(after.get("orrery_world_joins_total")).isEqualTo(1);
            assertThat(after.get("orrery_transport_sockets_connected_total")).isEqualTo(1);
            assertThat(after.get("orrery_world_ticks_total")).isGreaterThan(before.get("orrery_world_ticks_total"));
            ada.send("unheard-of", 1);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (scrape().getOrDefault("orrery_server_events_unknown_total", 0.0) < 1) {
                assertThat(System.nanoTime()).isLessThan(deadline);
            }
        }
    }
}
