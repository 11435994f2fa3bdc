package dev.orrery.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import dev.orrery.wire.Counters;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AllocationTest {
    private static final int PLAYERS = 100;
    private static final int WARM_UP_TICKS = 3_000;
    private static final int TICKS = 1_000;
    private static final int LIMIT_BYTES = 4 * 1024;

    /** A hundred players of whom a tenth steers anew in each tick, journal and step-back included. */
    @Test
    void shouldNeedNoMoreThanFourKibibytesATick() {
        FleetGame fleet = new FleetGame();
        Recorder recorder = Recorder.flight(fleet.plan(), "", 1, Settings.DEFAULT);
        Tick tick = new Tick(
                fleet,
                fleet.plan(),
                Settings.DEFAULT,
                1,
                Brawl.IDENTITY,
                recorder,
                new Counters<>(WorldCounter.class),
                seat -> {});
        List<Guest> guests = new ArrayList<>();
        for (int i = 0; i < PLAYERS; i++) {
            guests.add(Guest.join(tick, "player" + i));
        }
        run(tick, guests, WARM_UP_TICKS);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        run(tick, guests, TICKS);
        long perTick = (threads.getCurrentThreadAllocatedBytes() - before) / TICKS;
        assertThat(tick.readings().players()).isEqualTo(PLAYERS);
        assertThat(perTick).as("bytes of heap per tick").isBetween(1L, (long) LIMIT_BYTES);
        System.out.println("heap per tick of " + PLAYERS + " players: " + perTick + " bytes");
    }

    private static void run(Tick tick, List<Guest> guests, int ticks) {
        int[] row = new int[3];
        for (int i = 0; i < ticks; i++) {
            int now = (int) tick.readings().tick();
            for (int player = now % 10; player < PLAYERS; player += 10) {
                row[0] = Rand.below(33, 1, now, player, 0) - 16;
                row[1] = Rand.below(33, 1, now, player, 1) - 16;
                guests.get(player).line().window().offer(now + 1, InputWindow.NEXT_TICK, now, row);
            }
            tick.advance();
        }
    }
}
