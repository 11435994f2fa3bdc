package dev.orrery.arena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.arena.rules.Drive;
import dev.orrery.arena.rules.Harbour;
import dev.orrery.arena.rules.Shell;
import dev.orrery.arena.rules.Ship;
import dev.orrery.client.Seen;
import dev.orrery.client.SeenGame;
import dev.orrery.client.View;
import dev.orrery.rules.Digest;
import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import dev.orrery.wire.BlockException;
import dev.orrery.wire.CellArea;
import dev.orrery.wire.CellGrid;
import dev.orrery.wire.Counters;
import dev.orrery.wire.JsonWriter;
import dev.orrery.world.FrameComposer;
import dev.orrery.world.FrameSet;
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
import java.util.Base64;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * A fight in the arena as one client on a bad network is told of it: every frame, and a digest of what the client must see then. The same
 * for the same seed. Clients in other languages read what it writes.
 */
final class FrameRun {
    private static final int PLAYERS = 10;
    /** Frames of one tick in so many are not composed, the client having no room; some of the others leave out cells. */
    private static final int STALLS = 30;

    private final int seed;
    private final int ticks;
    private final Tick tick;
    private final CellGrid grid;
    private final List<Seat> seats = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final FrameComposer composer;
    private final View view;
    private final JsonWriter out;
    private final int[] row;
    private CellArea area = new CellArea(1, 1, 2, 2);
    private int stalledTicks;

    private FrameRun(int seed, int ticks, JsonWriter out) {
        this.seed = seed;
        this.ticks = ticks;
        this.out = out;
        Arena game = new Arena();
        Plan plan = game.plan();
        Identity identity = new Identity("run", "/arena/run", "", "", 30_000);
        tick = new Tick(
                game,
                plan,
                Settings.DEFAULT,
                seed,
                identity,
                Journal.NONE,
                new Counters<>(WorldCounter.class),
                seat -> {});
        grid = tick.grid();
        composer = new FrameComposer(grid, new FrameComposer.Scratch());
        view = new View(game(), grid, Settings.DEFAULT);
        row = new int[plan.playerInput().rowLength()];
        for (int i = 0; i < PLAYERS; i++) {
            Seat seat = tick.seat("player-" + i, "Player " + i);
            Line line = tick.line("secret");
            line.speak(Line.Speech.FRAMES);
            seat.take(line);
            seats.add(seat);
            lines.add(line);
        }
    }

    /** The arena as its clients know it. */
    static SeenGame game() {
        return SeenGame.of(new Harbour()).player(Ship.class, Drive.class).actor(Shell.class);
    }

    /** Plays a run, and writes it as one JSON object. */
    static void write(int seed, int ticks, JsonWriter out) throws BlockException {
        new FrameRun(seed, ticks, out).run();
    }

    private int dice(int bound, int salt) {
        return Rand.below(
                bound, seed, tick.readings().tick() > 0 ? (int) tick.readings().tick() : 0, salt, 0);
    }

    private void run() throws BlockException {
        out.beginObject().name("seed").value(seed);
        out.name("kinds").beginArray().value("ship").value("shell").endArray();
        out.name("grid").beginObject().name("columns").value(grid.columns());
        out.name("rows").value(grid.rows()).name("size").value(grid.size()).endObject();
        out.name("settings");
        settings(Settings.DEFAULT);
        out.name("steps").beginArray();
        for (int i = 0; i < ticks; i++) {
            step();
        }
        out.endArray().endObject();
    }

    private void step() throws BlockException {
        for (int i = 0; i < PLAYERS; i++) {
            if (dice(60, 10 + i) == 0 || tick.readings().tick() == i / 2) {
                tick.join(seats.get(i));
            }
            if (dice(4, 30 + i) == 0) {
                steer(i);
            }
        }
        if (dice(40, 2) == 0) {
            Settings settings = new Settings(50 + 10 * dice(10, 3), 3 + dice(3, 4), 5, 0.1, 100, 5);
            tick.retune(old -> settings, retuned -> {
                view.announce(retuned.settings(), retuned.fromTick());
                out.beginObject().name("announce").beginObject().name("settings");
                settings(retuned.settings());
                out.name("atTick").value(retuned.fromTick()).endObject().endObject();
            });
        }
        FrameSet frames = tick.run();
        look();
        hear(frames);
    }

    private void steer(int player) {
        row[0] = 64 * (dice(3, 50 + player) - 1);
        row[1] = 64 * (dice(3, 70 + player) - 1);
        row[2] = dice(9, 90 + player) == 0 ? 1 + dice(255, 91) : row[2];
        row[3] = dice(3, 110 + player) == 0 ? 1 + (row[3] + 1) % 255 : row[3];
        lines.get(player).window().offer(tick.readings().tick(), InputWindow.NEXT_TICK, InputWindow.NO_VIEW, row);
    }

    /** The client's eye wanders about. */
    private void look() {
        double x = dice(2_000, 130) * 0.2
                + 800
                + 700 * StrictMath.sin(tick.readings().tick() / 17.0);
        double y = dice(2_000, 131) * 0.2
                + 800
                + 700 * StrictMath.cos(tick.readings().tick() / 13.0);
        area = CellArea.around(x, y, 350, 50, grid, area);
        composer.look(area);
    }

    private void hear(FrameSet frames) throws BlockException {
        composer.offer(Objects.requireNonNull(frames.blocks()));
        stalledTicks = stalledTicks > 0 ? stalledTicks - 1 : dice(STALLS, 5) == 0 ? dice(11, 6) : 0;
        if (stalledTicks > 0) {
            return;
        }
        if (dice(30, 8) == 0) {
            composer.heal(dice(grid.count(), 9));
        }
        composer.tardy(dice(10, 7) == 0 ? 1 + dice(3, 7) : 0);
        if (composer.isWaiting()) {
            want();
            return;
        }
        if (composer.isSilent()) {
            composer.pass();
            return;
        }
        BitSet withheld = new BitSet();
        for (int cell = 0; cell < grid.count() && dice(3, 140) == 0; cell++) {
            withheld.set(cell, dice(4, 150 + cell) == 0);
        }
        byte[] frame = Arrays.copyOf(composer.compose(withheld), composer.length());
        want();
        view.read(frame);
        assertThat(view.wrongCell()).isEqualTo(-1);
        expectTrue();
        record(frame);
    }

    private void want() {
        BitSet wanted = new BitSet();
        composer.addWanted(wanted);
        lines.getFirst().want(wanted);
    }

    /** Where a cell is at the newest tick, its ships are where they are. */
    private void expectTrue() {
        for (int cell : view.cells()) {
            if (view.tickOf(cell) == tick.readings().tick()) {
                for (Seen seen : view.actorsOf(cell)) {
                    if (seen.kind().equals("ship")) {
                        Ship ship = Objects.requireNonNull(tick.world().get(Ship.class, seen.id()));
                        assertThat(seen.row()[0] * 0x1p-8).isEqualTo(ship.x);
                        assertThat(seen.row()[1] * 0x1p-8).isEqualTo(ship.y);
                    }
                }
            }
        }
    }

    private void record(byte[] frame) {
        out.beginObject().name("frame").value(Base64.getEncoder().encodeToString(frame));
        Digest seen = digest(view);
        int actors = view.cells().stream()
                .mapToInt(cell -> view.actorsOf(cell).size())
                .sum();
        out.name("tick").value(view.tick()).name("tardy").value(view.tardyTicks());
        out.name("seen").beginArray().value(seen.low()).value(seen.high()).endArray();
        out.name("actors").value(actors).endObject();
    }

    /** Of all that is seen: cells with their ticks, and in them the actors with what everyone is told of them and of their inputs. */
    static Digest digest(View view) {
        Digest digest = new Digest();
        for (int cell : view.cells()) {
            digest.add(-1 - cell, (int) view.tickOf(cell), new int[0], 0, 0);
            for (Seen seen : view.actorsOf(cell)) {
                int kind = seen.kind().equals("ship") ? 0 : 1;
                int[] told = seen.told();
                digest.add(seen.id(), kind, told, 0, told.length);
                if (kind == 0) {
                    int[] input = seen.toldInput();
                    digest.add(seen.id(), kind, input, 0, input.length);
                }
            }
        }
        return digest;
    }

    private void settings(Settings settings) {
        out.beginObject().name("tickRate").value(settings.tickRate());
        out.name("movementSpeed").value(settings.movementSpeed());
        out.name("broadcastFrames").value(settings.broadcastFrames());
        out.name("smoothing").value(settings.smoothing());
        out.name("maxPlayers").value(settings.maxPlayers());
        out.name("reconnectAttempts").value(settings.reconnectAttempts()).endObject();
    }
}
