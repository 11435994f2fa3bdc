package dev.orrery.transport;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.ManagementFactory;

/** What the process holds. */
final class Memory {
    static final long MEGABYTE = 1_048_576;

    private Memory() {}

    /** Bytes on the heap after a collection, and in Netty's buffers outside of it. */
    static long used() {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return heap + direct();
    }

    private static long direct() {
        return ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider pool
                ? pool.metric().usedDirectMemory()
                : 0;
    }
}
