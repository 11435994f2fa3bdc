package dev.orrery.server;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What Prometheus scrapes, read anew each time: no registry, and nothing that would have to be kept in step. */
final class Exposition {
    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    private static final double MILLIS_PER_SECOND = 1_000;

    private final Node node;

    Exposition(Node node) {
        this.node = node;
    }

    /** One instance, read once: its gauges belong together. */
    private record Reading(Instance instance, ServerMetrics metrics) {}

    /** In the text format, version 0.0.4. */
    byte[] text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write(out, snapshots(), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return out.toByteArray();
    }

    private MetricSnapshots snapshots() {
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        ofNode(all);
        ofInstances(all);
        for (Count count : Count.all(node.host())) {
            all.metricSnapshot(CounterSnapshot.builder()
                    .name("orrery_" + count.name())
                    .help(count.meaning())
                    .dataPoint(CounterDataPointSnapshot.builder()
                            .value(count.count())
                            .build())
                    .build());
        }
        return all.build();
    }

    private void ofNode(MetricSnapshots.Builder all) {
        ServerMetrics metrics = node.metrics();
        ofNode(all, "connections", "clients that are connected", metrics.connections());
        ofNode(all, "message_rate", "messages from clients a second", metrics.messageRate());
        ofNode(all, "state_bytes", "bytes of state of all worlds", metrics.stateSize());
        ofNode(all, "cpu", "share of all cores that the process takes", metrics.cpu());
        ofNode(all, "memory_bytes", "heap in use", metrics.memory());
        ofNode(all, "network_latency_seconds", "median round trip of the clients", seconds(metrics.networkLatency()));
        ofNode(all, "load", "the load formula over all instances, 1 being full", node.currentLoad(metrics));
        ofNode(
                all,
                "instances",
                "instances that are not closed",
                node.instances().all().size());
        ofNode(all, "players", "players in all worlds", node.players());
        ofNode(all, "capacity", "seats of all instances", node.capacity());
        ofNode(
                all,
                "draining",
                "1 if nobody is taken any more",
                node.instances().isDraining() ? 1 : 0);
        ofNode(all, "hung", "threads lost to ticks that hung; if any, the node should be restarted", node.hung());
        ofNode(all, "uptime_seconds", "time since the start", node.uptimeMillis() / MILLIS_PER_SECOND);
        tickDelays(all);
    }

    private static void ofNode(MetricSnapshots.Builder all, String name, String help, double value) {
        all.metricSnapshot(GaugeSnapshot.builder()
                .name("orrery_node_" + name)
                .help(help)
                .dataPoint(GaugeDataPointSnapshot.builder().value(value).build())
                .build());
    }

    private void tickDelays(MetricSnapshots.Builder all) {
        Delays.Snapshot delays = node.host().tickDelays().snapshot();
        all.metricSnapshot(HistogramSnapshot.builder()
                .name("orrery_tick_start_delay_seconds")
                .help("how late ticks begin, of all worlds")
                .dataPoint(HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(delays.boundSeconds(), delays.counts()))
                        .sum(delays.sumSeconds())
                        .build())
                .build());
    }

    private void ofInstances(MetricSnapshots.Builder all) {
        List<Reading> readings = new ArrayList<>();
        for (Instance instance : node.instances().all()) {
            readings.add(new Reading(instance, instance.metrics()));
        }
        gauge(
                all,
                readings,
                "connections",
                "clients that are connected",
                r -> r.metrics().connections());
        gauge(
                all,
                readings,
                "message_rate",
                "messages from clients a second",
                r -> r.metrics().messageRate());
        gauge(
                all,
                readings,
                "state_bytes",
                "bytes of the world's state",
                r -> r.metrics().stateSize());
        gauge(
                all,
                readings,
                "cpu",
                "share of one core that its ticks take",
                r -> r.metrics().cpu());
        gauge(
                all,
                readings,
                "memory_bytes",
                "estimate from its state and its players",
                r -> r.metrics().memory());
        gauge(
                all,
                readings,
                "network_latency_seconds",
                "median round trip of the clients",
                r -> seconds(r.metrics().networkLatency()));
        gauge(
                all,
                readings,
                "load",
                "the load formula, 1 being full",
                r -> r.instance().currentLoad());
        gauge(all, readings, "capacity", "seats", r -> r.instance().capacity());
        gauge(
                all,
                readings,
                "players",
                "players in its world",
                r -> r.instance().readings().players());
        gauge(
                all,
                readings,
                "away",
                "of those, who have lost their connection",
                r -> r.instance().readings().away());
        gauge(
                all,
                readings,
                "actors",
                "actors of its world",
                r -> r.instance().readings().actors());
        gauge(
                all,
                readings,
                "tick",
                "the newest tick",
                r -> r.instance().readings().tick());
        gauge(all, readings, "tick_interval_seconds", "length of a tick, as set", r -> tickSeconds(r.instance()));
        gauge(
                all,
                readings,
                "tick_duration_seconds",
                "time that a tick takes, mean of the last second",
                r -> r.metrics().cpu() * tickSeconds(r.instance()));
        gauge(
                all,
                readings,
                "hibernating",
                "1 while it does not tick because nobody is in it",
                r -> r.instance().isHibernating() ? 1 : 0);
        phases(all, readings);
    }

    private void gauge(
            MetricSnapshots.Builder all,
            List<Reading> readings,
            String name,
            String help,
            ToDoubleFunction<Reading> value) {
        GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder().name("orrery_instance_" + name).help(help);
        for (Reading reading : readings) {
            gauge.dataPoint(GaugeDataPointSnapshot.builder()
                    .labels(labels(reading.instance()))
                    .value(value.applyAsDouble(reading))
                    .build());
        }
        all.metricSnapshot(gauge.build());
    }

    private void phases(MetricSnapshots.Builder all, List<Reading> readings) {
        GaugeSnapshot.Builder gauge =
                GaugeSnapshot.builder().name("orrery_instance_phase").help("1 for the phase in which it is");
        for (Reading reading : readings) {
            Instance.Phase now = reading.instance().phase();
            for (Instance.Phase phase : Instance.Phase.values()) {
                gauge.dataPoint(GaugeDataPointSnapshot.builder()
                        .labels(labels(reading.instance()).add("phase", phase.word()))
                        .value(phase == now ? 1 : 0)
                        .build());
            }
        }
        all.metricSnapshot(gauge.build());
    }

    private Labels labels(Instance instance) {
        return Labels.of("instance", instance.id(), "game", node.game());
    }

    private static double tickSeconds(Instance instance) {
        return instance.readings().settings().tickRate() / MILLIS_PER_SECOND;
    }

    /** Not a number if it is not known. */
    private static double seconds(double millis) {
        return millis < 0 ? Double.NaN : millis / MILLIS_PER_SECOND;
    }
}
