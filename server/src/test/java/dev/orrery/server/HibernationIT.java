package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.world.WorldCounter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What instances cost in which nobody is. */
final class HibernationIT {
    private static final int INSTANCES = 1_000;
    private static final long MAX_BYTES = 65_536;
    private static final long QUIET_MILLIS = 3_000;
    private static final long PATIENCE_MILLIS = 60_000;

    @TempDir
    private Path data;

    private OrreryServer start(int hibernateAfterMillis, int closeAfterMillis) throws Exception {
        InstanceConfig instances = InstanceConfig.DEFAULT;
        return OrreryServer.start(
                ServerConfig.of("127.0.0.1", 0, data)
                        .withInstances(new InstanceConfig(
                                INSTANCES + 1,
                                instances.graceMillis(),
                                hibernateAfterMillis,
                                closeAfterMillis,
                                instances.drainMillis(),
                                instances.hangAfterMillis(),
                                instances.loadLimits())),
                new MeetGame());
    }

    @Test
    void shouldKeepEmptyInstancesSmallAndAsleep() throws Exception {
        try (OrreryServer server = start(500, 600_000)) {
            awaitHibernation(server, 1);
            long before = usedBytes();
            List<Instance> opened = new ArrayList<>();
            for (int i = 0; i < INSTANCES; i++) {
                opened.add(Objects.requireNonNull(server.instances().openAnother()));
            }
            awaitHibernation(server, INSTANCES + 1);
            long bytes = (usedBytes() - before) / INSTANCES;
            System.out.println("an empty instance: " + bytes + " bytes");
            assertThat(bytes).isLessThanOrEqualTo(MAX_BYTES);

            long ticks = server.count(WorldCounter.TICKS);
            long cpuBefore = worldCpuNanos();
            TimeUnit.MILLISECONDS.sleep(QUIET_MILLIS);
            double share = (worldCpuNanos() - cpuBefore) / (double) TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS);
            System.out.println("share of a core for " + INSTANCES + " of them: " + share);
            assertThat(server.count(WorldCounter.TICKS)).isEqualTo(ticks);
            // Once a second each is looked at: whether its time to close has come.
            assertThat(share).isLessThan(0.05);
            assertThat(opened)
                    .allSatisfy(instance -> assertThat(instance.isHibernating()).isTrue());
        }
    }

    @Test
    void shouldWakeWhenSomebodyComesAndCloseAllButOneThatNobodyComesTo() throws Exception {
        try (OrreryServer server = start(200, 1_000)) {
            awaitHibernation(server, 1);
            Instance first = server.instances().all().getFirst();
            long tick = first.readings().tick();
            server.instances().openAnother();
            server.instances().openAnother();
            await(() -> server.instances().all().size() == 1);
            assertThat(server.count(ServerCounter.INSTANCES_CLOSED)).isEqualTo(2);
            Instance last = server.instances().all().getFirst();
            assertThat(last.command(new dev.orrery.world.Command("noise", dev.orrery.wire.Json.NULL, "operator")))
                    .isTrue();
            await(() -> last.readings().tick() > (last == first ? tick : 0) && last.isHibernating());
            assertThat(last.phase()).isEqualTo(Instance.Phase.RUNNING);
        }
    }

    private static void awaitHibernation(OrreryServer server, int count) throws InterruptedException {
        await(() -> server.instances().all().stream()
                        .filter(Instance::isHibernating)
                        .count()
                == count);
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static long usedBytes() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** CPU time of the threads that step worlds. */
    private static long worldCpuNanos() {
        var threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (var info : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (info != null && info.getThreadName().startsWith("world-")) {
                sum += Math.max(0, threads.getThreadCpuTime(info.getThreadId()));
            }
        }
        return sum;
    }
}
