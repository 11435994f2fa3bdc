package dev.orrery.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.wire.EncodedPacket;
import dev.orrery.wire.SocketPacket;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that do not fetch what is sent to them: bounded memory, and nobody else notices. */
@Timeout(120)
final class StalledReaderIT {
    private static final int EVENTS = 3_000;
    private static final int EVENT_BYTES = 10_240;
    /** How far readers may lie behind: less than their own queues hold. */
    private static final int WINDOW = 20;

    private static final int QUEUED_BYTES = 4 * 1_048_576;
    private static final String FILLING = "x".repeat(EVENT_BYTES);
    /** What a collection leaves behind and Netty keeps for the next buffers. */
    private static final long NOISE = 6 * Memory.MEGABYTE;

    private static Scene scene() throws IOException {
        return Scene.withLimits(l -> l.maxQueuedBytes = QUEUED_BYTES);
    }

    private static EncodedPacket event(int number) {
        return SocketPacket.event(Scene.TARGET, "bulk", SocketPacket.NO_ID, number, FILLING);
    }

    /** Takes every event, in order. */
    private static final class Reader {
        private final Attacker client;
        private final AtomicInteger heard = new AtomicInteger();
        private volatile String wrong = "";

        private Reader(Attacker client) {
            this.client = client;
            Thread.ofPlatform().daemon().start(this::read);
        }

        private void read() {
            while (heard.get() < EVENTS && wrong.isEmpty()) {
                String next = client.next();
                if (next.startsWith("42/target,[\"bulk\"," + heard.get() + ",\"x") && next.endsWith("x\"]")) {
                    heard.incrementAndGet();
                } else {
                    wrong = next.substring(0, Math.min(60, next.length()));
                }
            }
        }
    }

    private static void keepUp(int said, Reader... readers) {
        for (Reader reader : readers) {
            Scene.await("readers follow", () -> reader.heard.get() >= said - WINDOW || !reader.wrong.isEmpty());
            assertThat(reader.wrong).isEmpty();
        }
    }

    @Test
    void shouldCloseWhoDoesNotReadAndServeTheOthersWhenThirtyMegabytesAreBroadcast() throws Exception {
        try (Scene scene = scene()) {
            Attacker stalled = scene.attacker(Attacker.ADDRESS, 4_096);
            assertThat(stalled.join(Scene.TARGET)).startsWith("40/target,");
            Reader[] readers = {new Reader(scene.inside()), new Reader(scene.inside())};
            long bound = QUEUED_BYTES + Limits.DEFAULT.maxPendingBytes() + 2L * event(0).size();
            long before = Memory.used();
            long most = before;
            int closedAt = 0;
            for (int i = 0; i < EVENTS; i++) {
                scene.target.send(event(i));
                keepUp(i, readers);
                if (i % 100 == 0) {
                    most = Math.max(most, Memory.used());
                }
                if (closedAt == 0 && scene.count(Counter.QUEUES_OVERFLOWED) > 0) {
                    closedAt = i;
                }
            }
            keepUp(EVENTS + WINDOW, readers);
            assertThat(most - before).as("growth").isLessThan(bound + NOISE);
            assertThat(scene.count(Counter.QUEUES_OVERFLOWED)).isEqualTo(1);
            assertThat(scene.ends).containsExactly(CloseReason.TOO_SLOW);
            assertThat(closedAt * (long) EVENT_BYTES).as("what it was owed").isGreaterThan(QUEUED_BYTES);
            stalled.awaitEnd();
        }
    }

    /** Who begins to read again within its last second learns why it was closed. */
    @Test
    void shouldSayWhyToWhoReadsAgain() throws Exception {
        try (Scene scene = scene()) {
            Attacker stalled = scene.inside();
            EncodedPacket large =
                    SocketPacket.event(Scene.TARGET, "bulk", SocketPacket.NO_ID, "x".repeat(QUEUED_BYTES / 4));
            for (int i = 0; i < 100 && scene.count(Counter.QUEUES_OVERFLOWED) == 0; i++) {
                scene.target.send(large);
                Thread.sleep(1);
            }
            assertThat(stalled.end()).isEqualTo("closed 1013");
            assertThat(stalled.reason()).isEqualTo(CloseReason.TOO_SLOW.sentence());
        }
    }

    @Test
    void shouldDropVolatileEventsForWhoDoesNotRead() throws Exception {
        try (Scene scene = scene()) {
            Attacker stalled = scene.attacker(Attacker.ADDRESS, 4_096);
            assertThat(stalled.join(Scene.TARGET)).startsWith("40/target,");
            Reader reader = new Reader(scene.inside());
            long before = Memory.used();
            for (int i = 0; i < EVENTS; i++) {
                scene.target.asVolatile().send(event(i));
                keepUp(i + WINDOW, reader);
            }
            keepUp(EVENTS + WINDOW, reader);
            assertThat(Memory.used() - before).isLessThan(NOISE);
            assertThat(scene.count(Counter.VOLATILE_DROPPED)).isBetween(EVENTS / 2L, (long) EVENTS);
            assertThat(scene.count(Counter.QUEUES_OVERFLOWED)).isZero();
            assertThat(scene.target.socketCount()).isEqualTo(2);
        }
    }

    @Test
    void shouldCloseWhoPollsNoMore() throws Exception {
        try (Scene scene = scene()) {
            Attacker stalled = scene.attacker();
            String sid = stalled.enter(Scene.TARGET);
            long before = Memory.used();
            int fitting = QUEUED_BYTES / event(1_000).size();
            for (int i = 0; i < 1_000; i++) {
                scene.target.asVolatile().send(event(i));
            }
            scene.awaitCount(Counter.VOLATILE_DROPPED, 1_000);
            for (int i = 0; i < fitting - 5; i++) {
                scene.target.send(event(i));
            }
            Thread.sleep(300);
            assertThat(Memory.used() - before).isLessThan(QUEUED_BYTES + NOISE);
            assertThat(scene.count(Counter.QUEUES_OVERFLOWED)).isZero();
            for (int i = 0; i < 20; i++) {
                scene.target.send(event(i));
            }
            scene.awaitCount(Counter.QUEUES_OVERFLOWED, 1);
            scene.awaitEnds(1, CloseReason.TOO_SLOW);
            assertThat(stalled.poll(sid).status()).isEqualTo(400);
        }
    }
}
