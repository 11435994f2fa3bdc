package dev.orrery.server;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Which share of all cores the process takes, over the last stretch that is long enough to tell: whoever asks more often gets the
 * same again. May be used by any thread; guarded by itself.
 */
final class ProcessCpu {
    private static final long MIN_STRETCH_NANOS = 500_000_000;

    private long sampledAtNanos;
    private long sampledCpuNanos;
    private double share;

    ProcessCpu(long nowNanos) {
        sampledAtNanos = nowNanos;
        sampledCpuNanos = cpuNanos();
    }

    synchronized double share(long nowNanos) {
        long elapsed = nowNanos - sampledAtNanos;
        if (elapsed >= MIN_STRETCH_NANOS) {
            long cpuNow = cpuNanos();
            int cores = Runtime.getRuntime().availableProcessors();
            share = Math.clamp((cpuNow - sampledCpuNanos) / (double) elapsed / cores, 0, 1);
            sampledAtNanos = nowNanos;
            sampledCpuNanos = cpuNow;
        }
        return share;
    }

    /** Time that all threads have run; 0 where the system does not tell. */
    private static long cpuNanos() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? Math.max(0, system.getProcessCpuTime())
                : 0;
    }
}
