package dev.orrery.testkit;

import java.util.SplittableRandom;

/** One direction of one connection in virtual time: what goes in comes out later, in order, at times drawn from a seed. */
final class Pipeline {
    private static final double MICROS_PER_MINUTE = 60e6;

    private final VirtualTime time;
    private final Network network;
    private final SplittableRandom random;
    private long stallAtMicros;
    private long lastMicros;
    private boolean cut;

    Pipeline(VirtualTime time, Network network, SplittableRandom random) {
        this.time = time;
        this.network = network;
        this.random = random;
        stallAtMicros = time.nowMicros() + nextIn(network.stallsPerMinute(), random);
    }

    /** Micros until something that happens so often does again. */
    static long nextIn(double perMinute, SplittableRandom random) {
        return perMinute == 0
                ? Long.MAX_VALUE / 4
                : (long) (-Math.log(1 - random.nextDouble()) * MICROS_PER_MINUTE / perMinute);
    }

    void send(Runnable arrival) {
        long due = time.nowMicros()
                + 1_000L * network.delayMillis()
                + random.nextLong(1_000L * network.jitterMillis() + 1);
        if (time.nowMicros() >= stallAtMicros) {
            due += 1_000 * random.nextLong(network.stallMillis() + 1);
            stallAtMicros = time.nowMicros() + nextIn(network.stallsPerMinute(), random);
        }
        lastMicros = Math.max(lastMicros, due);
        time.at(lastMicros, () -> {
            if (!cut) {
                arrival.run();
            }
        });
    }

    /** What is on its way never arrives. */
    void cut() {
        cut = true;
    }
}
