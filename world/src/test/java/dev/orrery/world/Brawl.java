package dev.orrery.world;

import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import dev.orrery.wire.Counters;
import dev.orrery.wire.Json;
import java.util.ArrayList;
import java.util.List;

/** A {@link BrawlGame} that is played at random by a seed, everything that can enter a world included. */
final class Brawl {
    static final Identity IDENTITY = new Identity("a", "/brawl/a", "", "", 3_000);
    private static final int PLAYERS = 5;

    final BrawlGame game = new BrawlGame();
    final Plan plan = game.plan();
    final Counters<WorldCounter> counters = new Counters<>(WorldCounter.class);
    final List<GameFailure> failures = new ArrayList<>();
    final List<String> refused = new ArrayList<>();
    final List<Long> hashes = new ArrayList<>();
    final Recorder recorder;
    final Tick tick;
    private final int seed;
    private final List<Guest> guests = new ArrayList<>();
    private final long[] seqs = new long[PLAYERS];
    private final boolean[] here = new boolean[PLAYERS];

    Brawl(int seed, int snapshotEveryTicks) {
        this.seed = seed;
        recorder = Recorder.whole(plan, "", seed, Settings.DEFAULT, snapshotEveryTicks);
        tick = new Tick(game, plan, Settings.DEFAULT, seed, IDENTITY, recorder, counters, new TickListener() {
            @Override
            public void left(Seat seat) {}

            @Override
            public void refused(Seat seat) {
                refused.add(seat.player());
            }

            @Override
            public void failed(GameFailure failure) {
                failures.add(failure);
            }
        });
        for (int i = 0; i < PLAYERS; i++) {
            guests.add(Guest.join(tick, "player" + i));
            here[i] = true;
        }
    }

    void run(int ticks) {
        for (int i = 0; i < ticks; i++) {
            int now = (int) tick.readings().tick();
            for (int player = 0; player < PLAYERS; player++) {
                act(player, now);
            }
            if (Rand.below(60, seed, now, 0, 1) == 0) {
                tick.command(new Command("order", new Json.Str("any"), Command.OPERATOR));
            }
            if (Rand.below(80, seed, now, 0, 2) == 0) {
                int rate = 40 + 20 * Rand.below(5, seed, now, 0, 3);
                tick.retune(
                        s -> new Settings(rate, s.movementSpeed(), s.broadcastFrames(), 0.2, 100, 5), retuned -> {});
            }
            tick.advance();
            hashes.add((long) tick.digest().low() << 32 | tick.digest().high() & 0xFFFF_FFFFL);
        }
    }

    /** Steers, shoots, loses the connection, comes back, leaves and joins again. */
    private void act(int player, int now) {
        Guest guest = guests.get(player);
        int dice = Rand.below(200, seed, now, player, 4);
        if (guest.seat().hasLeft()) {
            here[player] = false;
            if (dice < 10) {
                guests.set(player, Guest.join(tick, "player" + player));
                seqs[player] = 0;
                here[player] = true;
            }
        } else if (!here[player]) {
            if (dice < 10) {
                guests.set(player, guest.again(tick));
                seqs[player] = 0;
                here[player] = true;
            }
        } else if (dice == 0) {
            guest.seat().leave();
        } else if (dice < 4) {
            guest.seat().drop(guest.line());
            here[player] = false;
        } else if (dice < 80) {
            int[] input = {
                Rand.below(33, seed, now, player, 5) - 16,
                Rand.below(33, seed, now, player, 6) - 16,
                dice < 30 ? now % 255 + 1 : 0
            };
            long view = Math.max(0, now - Rand.below(12, seed, now, player, 7));
            guest.line().window().offer(++seqs[player], now + Rand.below(4, seed, now, player, 8), view, input);
        }
    }
}
