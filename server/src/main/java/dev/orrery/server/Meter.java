package dev.orrery.server;

import java.util.concurrent.atomic.LongAdder;

/**
 * What an instance costs: counted as it happens, turned into rates once a second. {@link #message} and {@link #tick} may be
 * called by any thread, {@link #sample} by one at a time.
 */
final class Meter {
    private static final double NANOS_PER_SECOND = 1e9;
    /** Shorter stretches tell more of chance than of load. */
    private static final long MIN_SAMPLE_NANOS = 200_000_000;

    private final LongAdder messages = new LongAdder();
    private final LongAdder tickNanos = new LongAdder();
    private long sampledMessages;
    private long sampledTickNanos;
    private long sampledAtNanos;
    private volatile Rates rates = new Rates(0, 0);

    /**
     * Averages over the last stretch.
     *
     * @param messagesPerSecond from clients
     * @param cpu share of one core that ticks took
     */
    record Rates(double messagesPerSecond, double cpu) {}

    Meter(long nowNanos) {
        sampledAtNanos = nowNanos;
    }

    /** A client has said something. */
    void message() {
        messages.increment();
    }

    /** A tick has taken so long. */
    void tick(long nanos) {
        tickNanos.add(nanos);
    }

    void sample(long nowNanos) {
        long elapsed = nowNanos - sampledAtNanos;
        if (elapsed < MIN_SAMPLE_NANOS) {
            return;
        }
        long messagesNow = messages.sum();
        long tickNanosNow = tickNanos.sum();
        rates = new Rates(
                (messagesNow - sampledMessages) / (elapsed / NANOS_PER_SECOND),
                (tickNanosNow - sampledTickNanos) / (double) elapsed);
        sampledMessages = messagesNow;
        sampledTickNanos = tickNanosNow;
        sampledAtNanos = nowNanos;
    }

    Rates rates() {
        return rates;
    }
}
