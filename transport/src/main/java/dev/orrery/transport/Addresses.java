package dev.orrery.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * What each client address has open, and how fast it opens more. IPv6 addresses count by their /64, as a household has that
 * many. An address is remembered as long as it has something open or its bucket is not full, so memory is bounded by the limits
 * of the addresses that are here now. May be used by any thread.
 */
final class Addresses {
    private static final int HOUSEHOLD_BYTES = 8;

    private final Limits limits;
    private final ConcurrentHashMap<InetAddress, Usage> usages = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();

    Addresses(Limits limits) {
        this.limits = limits;
    }

    /** What is counted for one address. Changed only within the map's compute. */
    private static final class Usage {
        private int connections;
        private int sessions;
        private final Bucket connects;
        private final Bucket handshakes;

        private Usage(Limits limits, long nowNanos) {
            connects = new Bucket(limits.connects(), nowNanos);
            handshakes = new Bucket(limits.handshakes(), nowNanos);
        }

        private boolean isIdle(Limits limits, long nowNanos) {
            return connections == 0
                    && sessions == 0
                    && connects.isFull(limits.connects(), nowNanos)
                    && handshakes.isFull(limits.handshakes(), nowNanos);
        }
    }

    /** Counts a connection of the port; false, and counts none, if there are too many. */
    boolean admit() {
        if (connections.incrementAndGet() > limits.maxConnections()) {
            connections.decrementAndGet();
            return false;
        }
        return true;
    }

    /** A connection that was admitted has ended. */
    void dismiss() {
        connections.decrementAndGet();
    }

    /** Counts a connection of an address; false, and counts none, if there are too many or they come too fast. */
    boolean connect(InetAddress address) {
        long now = System.nanoTime();
        return change(
                address,
                usage -> usage.connections < limits.maxConnectionsPerAddress()
                        && usage.connects.take(1, limits.connects(), now),
                1,
                0);
    }

    /** A connection that was counted has ended. */
    void disconnect(InetAddress address) {
        change(address, usage -> true, -1, 0);
    }

    /** Counts a session; false, and counts none, if there are too many or they come too fast. */
    boolean open(InetAddress address) {
        long now = System.nanoTime();
        return change(
                address,
                usage -> usage.sessions < limits.maxSessionsPerAddress()
                        && usage.handshakes.take(1, limits.handshakes(), now),
                0,
                1);
    }

    /** A session that was counted has ended. */
    void close(InetAddress address) {
        change(address, usage -> true, 0, -1);
    }

    int connectionCount() {
        return connections.get();
    }

    /** Addresses that are remembered. */
    int size() {
        return usages.size();
    }

    /** Forgets who has nothing open any more. Called from time to time. */
    void sweep() {
        long now = System.nanoTime();
        usages.keySet()
                .forEach(
                        key -> usages.computeIfPresent(key, (same, usage) -> usage.isIdle(limits, now) ? null : usage));
    }

    private boolean change(InetAddress address, Predicate<Usage> allowed, int ofConnections, int ofSessions) {
        boolean[] done = new boolean[1];
        usages.compute(household(address), (key, known) -> {
            Usage usage = known == null ? new Usage(limits, System.nanoTime()) : known;
            done[0] = allowed.test(usage);
            if (done[0]) {
                usage.connections += ofConnections;
                usage.sessions += ofSessions;
            }
            return usage;
        });
        return done[0];
    }

    /** What counts as one address. */
    static InetAddress household(InetAddress address) {
        if (!(address instanceof Inet6Address)) {
            return address;
        }
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, HOUSEHOLD_BYTES, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an IPv6 address", e);
        }
    }
}
