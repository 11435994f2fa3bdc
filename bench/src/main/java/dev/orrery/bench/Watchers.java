package dev.orrery.bench;

import dev.orrery.client.Seen;
import dev.orrery.client.SeenGame;
import dev.orrery.client.View;
import dev.orrery.rules.Settings;
import dev.orrery.wire.BlockException;
import dev.orrery.wire.Counters;
import dev.orrery.world.FrameComposer;
import dev.orrery.world.FrameSet;
import dev.orrery.world.Game;
import dev.orrery.world.Identity;
import dev.orrery.world.InputWindow;
import dev.orrery.world.Journal;
import dev.orrery.world.Line;
import dev.orrery.world.Plan;
import dev.orrery.world.Seat;
import dev.orrery.world.Tick;
import dev.orrery.world.WorldCounter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/** A world of players who are told of it in frames: what the world's thread and the connections' do in each tick, without the network. */
final class Watchers {
    private final Tick tick;
    private final List<Line> lines = new ArrayList<>();
    private final List<FrameComposer> composers = new ArrayList<>();
    private final int[][] rows;
    private final Hand hand;
    private byte[] newest = {};
    private int ticks;

    /** What a player wants from a tick on; rows are reused. */
    interface Hand {
        /** @return whether it is something else than before */
        boolean steer(int player, int tick, int[] row);
    }

    /** @param perTick players who join in each tick at first */
    Watchers(Game game, Settings settings, int players, int perTick, Hand hand) {
        this.hand = hand;
        Plan plan = game.plan();
        Identity identity = new Identity("bench", "/bench/view", "", "", 30_000);
        tick = new Tick(
                game, plan, settings, 1, identity, Journal.NONE, new Counters<>(WorldCounter.class), seat -> {});
        FrameComposer.Scratch scratch = new FrameComposer.Scratch();
        rows = new int[players][plan.playerInput().rowLength()];
        for (int i = 0; i < players; i++) {
            Seat seat = tick.seat("player-" + i, "Player " + i);
            Line line = tick.line("secret");
            line.speak(Line.Speech.FRAMES);
            seat.take(line);
            tick.join(seat);
            lines.add(line);
            composers.add(new FrameComposer(tick.grid(), scratch));
            if (i % perTick == perTick - 1) {
                tick.run();
            }
        }
    }

    Tick tick() {
        return tick;
    }

    Line line(int player) {
        return lines.get(player);
    }

    /** Inputs arrive. */
    void steer() {
        for (int player = 0; player < rows.length; player++) {
            boolean changed = hand.steer(player, ticks, rows[player]);
            if (changed || (ticks + player) % 2 == 0) {
                lines.get(player).window().offer(ticks, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, rows[player]);
            }
        }
        ticks++;
    }

    /** The world's thread. */
    FrameSet step() {
        return tick.run();
    }

    /**
     * A connection's thread: composes a player's frame.
     *
     * @return its bytes, 0 if there is none
     */
    int compose(int player, FrameSet frames) {
        FrameComposer composer = composers.get(player);
        Line line = lines.get(player);
        if (line.area() == null) {
            return 0;
        }
        composer.look(line.area());
        composer.offer(Objects.requireNonNull(frames.blocks()));
        byte[] frame = composer.next(FrameComposer.BUDGET_BITS, line.home(), false);
        if (frame != null) {
            newest = frame;
        }
        BitSet missing = composer.missing();
        if (missing != null) {
            line.want(missing);
        }
        return frame == null ? 0 : composer.length();
    }

    /** A client that looks on with a player, and finds every frame true. */
    final class Client {
        private final int player;
        private final View view;

        Client(SeenGame game, int player) {
            this.player = player;
            this.view = new View(game, tick.grid(), tick.readings().settings());
        }

        View view() {
            return view;
        }

        /** @return bytes of the frame, 0 if there was none */
        int hear(FrameSet frames) throws BenchException {
            int bytes = compose(player, frames);
            if (bytes > 0) {
                try {
                    view.read(Arrays.copyOf(newest, bytes));
                } catch (BlockException e) {
                    throw new BenchException("a client cannot read a frame", e);
                }
                if (view.wrongCell() >= 0) {
                    throw new BenchException(
                            "a client has another world in cell " + view.wrongCell() + " at tick " + view.tick());
                }
            }
            compare();
            return bytes;
        }

        /** Where a cell is at the newest tick, everyone in it is where they are. */
        private void compare() throws BenchException {
            for (int cell : view.cells()) {
                if (view.tickOf(cell) == tick.readings().tick()) {
                    for (Seen seen : view.actorsOf(cell)) {
                        Object actor = tick.world().get(Object.class, seen.id());
                        if (actor == null || !Places.isAt(actor, seen.row())) {
                            throw new BenchException("actor " + seen.id() + " is elsewhere at tick " + view.tick());
                        }
                    }
                }
            }
        }
    }
}
