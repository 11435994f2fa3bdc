package dev.orrery.bench;

import dev.orrery.arena.Arena;
import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import dev.orrery.wire.Counters;
import dev.orrery.world.Effect;
import dev.orrery.world.Identity;
import dev.orrery.world.InputWindow;
import dev.orrery.world.Line;
import dev.orrery.world.Outgoing;
import dev.orrery.world.Plan;
import dev.orrery.world.Recorder;
import dev.orrery.world.Seat;
import dev.orrery.world.Tick;
import dev.orrery.world.WorldCounter;
import java.util.ArrayList;
import java.util.List;

/**
 * A world of the demo game full of players who steer as people do: each changes course in a twentieth of the ticks, and presses
 * a button now and then. Owned by one thread.
 */
final class Crowd {
    private static final double TURN_PROBABILITY = 0.05;
    private static final double PRESS_PROBABILITY = 0.02;
    /** Of a drive, in quanta. */
    private static final int FULL = 64;

    private static final String PREFIX = "player-";

    /** Ticks that what a player sees lies behind. */
    private static final int VIEW_LAG = 2;

    private final Arena game = new Arena();
    private final Plan plan = game.plan();
    private final int seed;
    private final Recorder recorder;
    private final Tick tick;
    private final List<Line> lines = new ArrayList<>();
    private final int[][] rows;
    private int presses;

    /** @param whole whether everything is kept, to be replayed, or as much as a running instance keeps */
    Crowd(int players, int seed, boolean whole) {
        this.seed = seed;
        recorder = whole
                ? Recorder.whole(plan, "", seed, Settings.DEFAULT, 0)
                : Recorder.flight(plan, "", seed, Settings.DEFAULT);
        tick = new Tick(
                game,
                plan,
                Settings.DEFAULT,
                seed,
                new Identity("bench", "/arena/bench", "", "", 30_000),
                recorder,
                new Counters<>(WorldCounter.class),
                seat -> {});
        rows = new int[players][plan.playerInput().rowLength()];
        for (int i = 0; i < players; i++) {
            Seat seat = tick.seat(PREFIX + i, "Player " + i);
            Line line = tick.line("secret");
            seat.take(line);
            tick.join(seat);
            lines.add(line);
            if (i % 50 == 49) {
                tick.advance(); // no more than the inbox holds
            }
        }
        while (tick.readings().players() < players) {
            tick.advance();
        }
    }

    Arena game() {
        return game;
    }

    Plan plan() {
        return plan;
    }

    Recorder recorder() {
        return recorder;
    }

    Tick tick() {
        return tick;
    }

    int players() {
        return rows.length;
    }

    /** Whom the newest tick has sent elsewhere comes home, as there is no other world. On the world's thread. */
    void comeHome() {
        for (Outgoing outgoing : tick.effects()) {
            if (outgoing.effect() instanceof Effect.Transfer transfer) {
                Seat seat = tick.seat(transfer.player(), transfer.name());
                Line line = tick.line("secret");
                tick.arrive(seat, transfer.kind(), transfer.row());
                seat.take(line);
                lines.set(Integer.parseInt(transfer.player().substring(PREFIX.length())), line);
            }
        }
    }

    /** Steers as the next tick wants; what arrives on connection threads of a server. */
    void steer() {
        int now = (int) tick.readings().tick();
        for (int player = 0; player < rows.length; player++) {
            int[] row = rows[player];
            boolean turns = Rand.unit(seed, now, player, 0) < TURN_PROBABILITY;
            boolean presses = Rand.unit(seed, now, player, 1) < PRESS_PROBABILITY;
            if (turns) {
                row[0] = Rand.below(2 * FULL + 1, seed, now, player, 2) - FULL;
                row[1] = Rand.below(2 * FULL + 1, seed, now, player, 3) - FULL;
            }
            if (presses) {
                row[2 + Rand.below(row.length - 2, seed, now, player, 4)] = 1 + this.presses++ % 255;
            }
            boolean says = turns || presses || (now + player) % 2 == 0; // a heartbeat every 200 ms
            if (says) {
                lines.get(player).window().offer(now, InputWindow.NEXT_TICK, Math.max(1, now - VIEW_LAG + 1), row);
            }
        }
    }
}
