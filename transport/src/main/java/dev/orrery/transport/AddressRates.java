package dev.orrery.transport;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A rate for each client address (IPv6: for each /64). An address is forgotten when its bucket is full again, so memory is bounded by
 * those that were here within the last {@code burst / perSecond} seconds. May be used by any thread.
 */
public final class AddressRates {
    private static final int SWEEP_EVERY = 1_024;

    private final Rate rate;
    private final ConcurrentHashMap<InetAddress, Bucket> buckets = new ConcurrentHashMap<>();
    private final AtomicLong taken = new AtomicLong();

    public AddressRates(Rate rate) {
        this.rate = rate;
    }

    /** Whether the address may do it once more now. */
    public boolean take(InetAddress address, long nowNanos) {
        if (taken.incrementAndGet() % SWEEP_EVERY == 0) {
            buckets.keySet()
                    .forEach(key -> buckets.computeIfPresent(
                            key, (same, bucket) -> bucket.isFull(rate, nowNanos) ? null : bucket));
        }
        boolean[] allowed = new boolean[1];
        buckets.compute(Addresses.household(address), (key, known) -> {
            Bucket bucket = known == null ? new Bucket(rate, nowNanos) : known;
            allowed[0] = bucket.take(1, rate, nowNanos);
            return bucket;
        });
        return allowed[0];
    }

    /** Whether {@link #take} would let the address do it now; takes nothing. */
    public boolean allows(InetAddress address, long nowNanos) {
        boolean[] allowed = {true};
        buckets.computeIfPresent(Addresses.household(address), (key, bucket) -> {
            allowed[0] = bucket.holds(1, rate, nowNanos);
            return bucket;
        });
        return allowed[0];
    }

    /** Addresses that are remembered. */
    int size() {
        return buckets.size();
    }
}
