package dev.orrery.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * A node as its operator sees it. May be used by any thread.
 *
 * @param startedAtNanos time of {@link Workers#nanoTime}
 * @param cpu of the process
 * @param drain takes nobody any more, and gives players so many milliseconds to leave
 */
record Node(
        ServerConfig config, Host host, Instances instances, long startedAtNanos, ProcessCpu cpu, LongConsumer drain) {

    String game() {
        return host.plan().name();
    }

    String phase() {
        return (instances.isDraining() ? Instance.Phase.DRAINING : Instance.Phase.RUNNING).word();
    }

    /** Threads that were lost to ticks that hung; if there are any, the node should be restarted. */
    long hung() {
        return host.counters().count(ServerCounter.WORKERS_ABANDONED);
    }

    long uptimeMillis() {
        return TimeUnit.NANOSECONDS.toMillis(host.workers().nanoTime() - startedAtNanos);
    }

    int players() {
        return instances.all().stream()
                .mapToInt(instance -> instance.readings().players())
                .sum();
    }

    /** Seats of all instances, or of the one that would be opened. */
    int capacity() {
        int seats = instances.all().stream().mapToInt(Instance::capacity).sum();
        return Math.max(seats, instances.settings().maxPlayers());
    }

    /** What its instances need together; CPU and memory are those of the process. */
    ServerMetrics metrics() {
        List<Session.Connection> connections = new ArrayList<>();
        double messageRate = 0;
        long stateSize = 0;
        for (Instance instance : instances.all()) {
            connections.addAll(instance.sessions().connections());
            messageRate += instance.meter().rates().messagesPerSecond();
            stateSize += instance.readings().stateBytes();
        }
        Runtime runtime = Runtime.getRuntime();
        return new ServerMetrics(
                connections.size(),
                messageRate,
                stateSize,
                cpu.share(host.workers().nanoTime()),
                runtime.totalMemory() - runtime.freeMemory(),
                Latency.medianMillis(connections));
    }

    /** The load formula over the sums of its instances, except that CPU counts as the share of all cores. */
    double currentLoad(ServerMetrics metrics) {
        int count = Math.max(1, instances.all().size());
        ServerMetrics.LoadLimits one = host.config().loadLimits();
        ServerMetrics.LoadLimits all = new ServerMetrics.LoadLimits(
                one.maxMessageRate() * count, one.maxStateSize() * count, one.cpuThreshold());
        return metrics.load(capacity(), all);
    }
}
