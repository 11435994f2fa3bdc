package dev.orrery.world;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.client.Own;
import dev.orrery.client.Seen;
import dev.orrery.client.SeenGame;
import dev.orrery.client.View;
import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import dev.orrery.wire.BlockException;
import dev.orrery.wire.CellArea;
import dev.orrery.wire.CellGrid;
import dev.orrery.wire.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Clients on bad networks: each sees, cell by cell, bit for bit what was in the server's world at the cell's newest tick. */
final class FrameSimulationTest {
    private static final int SEEDS = Integer.getInteger("orrery.seeds", 200);
    private static final int TICKS = 200;
    private static final int CLIENTS = 5;
    /** So little that thrifty clients hardly ever get everything. */
    private static final int BUDGET_BITS = 60;

    private static final CellGrid GRID = new CellGrid(6, 6, 500);

    @Test
    void shouldShowEachClientTheWorldAsItIs() throws Exception {
        long frames = 0;
        int thrifty = 0;
        int passed = 0;
        int lost = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            Run run = new Run(seed);
            frames += run.run();
            thrifty += run.clients.stream().mapToInt(client -> client.thrifty).sum();
            passed += run.clients.stream().mapToInt(client -> client.passed).sum();
            lost += run.clients.stream().mapToInt(client -> client.lost).sum();
        }
        assertThat(frames).isGreaterThan((long) SEEDS * TICKS);
        assertThat(thrifty).isGreaterThan(SEEDS);
        assertThat(passed).isPositive();
        assertThat(lost).isGreaterThan(SEEDS);
    }

    /** Frames that are damaged on the way are refused or misread, and nothing else; a client that begins anew sees well again. */
    @Test
    void shouldBearDamagedFrames() throws Exception {
        int refused = 0;
        for (int seed = 1; seed <= SEEDS / 4; seed++) {
            Run run = new Run(seed);
            run.clients.forEach(client -> client.damage = 10);
            run.run();
            refused += run.clients.stream().mapToInt(client -> client.refused).sum();
        }
        assertThat(refused).isGreaterThan(SEEDS);
    }

    /** Whoever steps by other settings than the server, as by other rules or another map, is found by the checks within some ticks. */
    @Test
    void shouldFindWhoComputesOtherwise() throws Exception {
        int found = 0;
        int changes = 0;
        for (int seed = 1; seed <= 20; seed++) {
            Run run = new Run(seed);
            run.clients.forEach(client -> client.isDeaf = true);
            run.run();
            changes += run.changedAt > 0 && run.changedAt < TICKS - 50 ? run.clients.size() : 0;
            for (Client client : run.clients) {
                boolean inTime = client.foundAt >= run.changedAt && client.foundAt <= run.changedAt + 50;
                found += run.changedAt > 0 && run.changedAt < TICKS - 50 && inTime ? 1 : 0;
                assertThat(client.foundAt == 0 || client.foundAt >= run.changedAt)
                        .isTrue();
            }
        }
        assertThat(changes).isGreaterThan(20);
        assertThat(found).isEqualTo(changes);
    }

    /** One world, and clients who see parts of it. */
    private static final class Run {
        private final int seed;
        private final RoverGame game = new RoverGame();
        private final Plan plan = game.plan();
        private final World world;
        private final BlockEncoder encoder;
        private final List<Client> clients = new ArrayList<>();
        private final Map<Long, List<List<String>>> truth = new HashMap<>();
        private final boolean[] here = new boolean[CLIENTS];
        /** From which tick on other settings held for the first time; 0 if they never did. */
        private long changedAt;

        Run(int seed) {
            this.seed = seed;
            world = new World(game, plan, Settings.DEFAULT, seed);
            assertThat(world.grid()).isEqualTo(GRID);
            encoder = new BlockEncoder(plan, GRID);
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Client(this, i));
            }
        }

        int dice(int bound, int salt) {
            return Rand.below(bound, seed, (int) world.tick(), salt, 0);
        }

        long run() throws BlockException {
            long frames = 0;
            for (int i = 0; i < TICKS; i++) {
                world.step(entries());
                BitSet wanted = new BitSet();
                for (Client client : clients) {
                    client.look();
                    client.feed.addWanted(wanted);
                }
                TickBlocks blocks = encoder.encode(world, wanted);
                remember();
                for (Client client : clients) {
                    frames += client.hear(blocks);
                }
            }
            return frames;
        }

        private List<Entry> entries() {
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                String player = "player" + i;
                int what = dice(100, i);
                if (!here[i]) {
                    here[i] = what < 20;
                    if (here[i]) {
                        entries.add(new Entry.Joined(player, player));
                    }
                } else if (what < 2) {
                    here[i] = false;
                    entries.add(new Entry.Left(player));
                } else if (what < 30) {
                    int[] row = {dice(3, 10 + i) * 64 - 64, dice(129, 20 + i) - 64, dice(4, 30 + i)};
                    entries.add(new Entry.Steered(player, row, 1));
                }
            }
            if (dice(40, 50) == 0) {
                entries.add(new Entry.Commanded(new Command("shake", Json.NULL, "test")));
            }
            if (dice(60, 51) == 0) {
                Settings settings = new Settings(50 + 10 * dice(10, 52), 3 + dice(3, 53), 5, 0.1, 100, 5);
                long from = world.tick() + 30;
                changedAt = changedAt == 0 && settings.movementSpeed() * settings.tickRate() != 375 ? from : changedAt;
                entries.add(new Entry.Retuned(settings, from));
                clients.forEach(client -> client.announce(settings, from));
            }
            return entries;
        }

        private void remember() {
            List<List<String>> cells = new ArrayList<>();
            for (int cell = 0; cell < GRID.count(); cell++) {
                cells.add(new ArrayList<>());
            }
            for (int slot = 1; slot < world.bodies().slots(); slot++) {
                Body body = world.bodies().at(slot);
                if (body != null) {
                    cells.get(Members.cellOf(body, GRID)).add(text(body));
                }
            }
            truth.put(world.tick(), cells);
        }

        private static String text(Body body) {
            int[] seen = new int[body.row.length];
            int count = body.kind().copyVisible(body.row, seen);
            return body.kind().name()
                    + body.id()
                    + Arrays.toString(Arrays.copyOf(seen, count))
                    + Arrays.toString(body.toldInput());
        }
    }

    private static final class Client {
        private final Run run;
        private final int number;
        private final FrameComposer feed = new FrameComposer(GRID, new FrameComposer.Scratch());
        private View view;
        private double x;
        private double y;
        private CellArea area = new CellArea(0, 0, 5, 5);
        private int stalledTicks;
        /** One frame in so many is damaged; 0 for none. */
        private int damage;

        private int refused;
        /** Does not hear of other settings, and therefore is not compared but by itself. */
        private boolean isDeaf;

        private long foundAt;
        private final Map<Long, Settings> announced = new HashMap<>();
        private final boolean isThrifty;
        private int passed;
        private int lost;
        private boolean hasLost;
        private boolean isFirst = true;
        private int thrifty;
        private int tardyTicks;
        private @Nullable OwnRow own;
        private int[] ownInts = {};
        private int ownId;

        Client(Run run, int number) {
            this.run = run;
            this.number = number;
            this.isThrifty = number == 0;
            view = newView();
        }

        private static View newView() {
            SeenGame game = SeenGame.of(new Object())
                    .player(Rover.class, Wheel.class)
                    .actor(Rocket.class)
                    .actor(Crate.class)
                    .actor(Round.class);
            return new View(game, GRID, Settings.DEFAULT);
        }

        void announce(Settings settings, long from) {
            announced.put(from, settings);
            if (!isDeaf) {
                view.announce(settings, from);
            }
        }

        private int dice(int bound, int salt) {
            return run.dice(bound, 100 + 20 * number + salt);
        }

        /** Each client's eye wanders about by itself, and now and then jumps. */
        void look() {
            boolean jumps = dice(80, 0) == 0;
            x = jumps ? dice(3_000, 1) : Math.clamp(x + dice(120, 2) - 55, 0, 3_000);
            y = jumps ? dice(3_000, 3) : Math.clamp(y + dice(120, 4) - 55, 0, 3_000);
            area = CellArea.around(x, y, 600, 100, GRID, area);
            feed.look(area);
        }

        int hear(TickBlocks blocks) throws BlockException {
            learn();
            if (dice(70, 18) == 0) {
                lost++;
                hasLost = true;
                return 0; // as if its connection's thread were too slow: then it begins anew
            }
            assertThat(feed.offer(blocks)).isEqualTo(!hasLost || isFirst);
            hasLost = false;
            isFirst = false;
            stalledTicks = stalledTicks > 0 ? stalledTicks - 1 : dice(20, 5) == 0 && !isThrifty ? dice(15, 6) : 0;
            if (stalledTicks > 0) {
                return 0;
            }
            if (dice(25, 13) == 0) {
                feed.heal(dice(GRID.count(), 14));
            }
            if (feed.isSilent() && dice(10, 15) > 0) {
                feed.pass();
                passed++;
                return 0;
            }
            BitSet withheld = new BitSet();
            if (isThrifty) {
                feed.thrift(BUDGET_BITS, GRID.of(x, y), withheld);
                thrifty += withheld.isEmpty() ? 0 : 1;
            } else if (dice(3, 7) == 0) {
                for (int cell = 0; cell < GRID.count(); cell++) {
                    withheld.set(cell, Rand.below(4, run.seed, (int) run.world.tick(), number, cell) == 0);
                }
            }
            byte[] frame = Arrays.copyOf(feed.compose(withheld), feed.length());
            if (damage > 0 && dice(damage, 8) == 0) {
                misread(frame);
                return 1;
            }
            if (isDeaf) {
                doubt(frame);
                return 1;
            }
            long known = view.tick();
            view.read(frame);
            assertThat(view.tardyTicks()).isEqualTo(tardyTicks);
            assertThat(view.divergence()).isNull();
            tardyTicks = 0;
            compare();
            expectOwn();
            expectCaughtUp(withheld, known);
            expectWithheld(withheld);
            expectNobodyStarves();
            return 1;
        }

        /** What the world would say to this client alone. */
        private void learn() {
            if (dice(15, 16) == 0) {
                int ticks = 1 + dice(3, 17);
                tardyTicks += ticks;
                feed.tardy(ticks);
            }
            Player player = run.world.player("player" + number);
            Body body = player == null ? null : player.body();
            if (body == null) {
                return;
            }
            OwnRow now = OwnRow.of(body, run.plan.kinds().size());
            if (!now.equals(own)) {
                own = now;
                ownInts = new int[body.kind().ownCodec().length()];
                body.kind().ownCodec().copySeen(body.row, ownInts);
                ownId = body.id();
                feed.own(now);
            }
        }

        private void expectOwn() {
            Own seen = view.own();
            if (own == null) {
                assertThat(seen).isNull();
                return;
            }
            assertThat(Objects.requireNonNull(seen).actor()).isEqualTo(ownId);
            ActorKind kind = Objects.requireNonNull(run.plan.kindNamed(seen.kind()));
            int[] ints = new int[kind.ownCodec().length()];
            kind.ownCodec().copySeen(seen.row(), ints);
            assertThat(ints).isEqualTo(ownInts);
        }

        /** However small the budget, every cell's turn comes before it is so far behind that it must come in full. */
        private void expectNobodyStarves() {
            for (int cell : view.cells()) {
                boolean isFresh = !isThrifty || view.tick() - view.tickOf(cell) <= FrameComposer.MAX_TICKS;
                assertThat(isFresh)
                        .as("seed %d, tick %d, cell %d", run.seed, view.tick(), cell)
                        .isTrue();
            }
        }

        /** What is not withheld is up to date, unless it was further behind than blocks are kept: then it comes in full with the next tick. */
        private void expectCaughtUp(BitSet withheld, long known) {
            for (int cell : view.cells()) {
                long at = view.tickOf(cell);
                boolean current = at == view.tick() || withheld.get(cell) || known - (at + 1) >= 8;
                assertThat(current)
                        .as("seed %d, tick %d, client %d, cell %d at tick %d", run.seed, view.tick(), number, cell, at)
                        .isTrue();
            }
        }

        /** Nor is anything told of what is withheld, or the budget would mean nothing. */
        private void expectWithheld(BitSet withheld) {
            for (int cell = withheld.nextSetBit(0); cell >= 0; cell = withheld.nextSetBit(cell + 1)) {
                assertThat(view.tickOf(cell))
                        .as("seed %d, tick %d, client %d, cell %d", run.seed, view.tick(), number, cell)
                        .isLessThan(view.tick());
            }
        }

        private void doubt(byte[] frame) {
            try {
                if (foundAt == 0) {
                    view.read(frame);
                    foundAt = view.wrongCell() >= 0 ? view.tick() : 0;
                }
            } catch (BlockException e) {
                foundAt = run.world.tick();
            }
        }

        private void misread(byte[] frame) {
            frame[dice(frame.length, 9)] ^= (byte) (1 << dice(8, 10));
            try {
                view.read(dice(3, 11) == 0 ? Arrays.copyOf(frame, dice(frame.length, 12)) : frame);
            } catch (BlockException e) {
                refused++;
            }
            tardyTicks = 0;
            view = newView();
            announced.forEach((from, settings) -> view.announce(settings, from));
            feed.restart();
        }

        private void compare() {
            assertThat(view.tick()).isEqualTo(run.world.tick());
            assertThat(view.wrongCell()).isEqualTo(-1);
            for (int cell : view.cells()) {
                long at = view.tickOf(cell);
                List<String> seen = new ArrayList<>();
                for (Seen actor : view.actorsOf(cell)) {
                    seen.add(text(actor));
                }
                List<String> there = Objects.requireNonNull(run.truth.get(at)).get(cell);
                if (!seen.equals(there)) {
                    throw new AssertionError("seed " + run.seed + ", tick " + run.world.tick() + ", client " + number
                            + ", cell " + cell + " at tick " + at + ":\nseen   " + seen + "\nthere  " + there);
                }
            }
        }

        private String text(Seen actor) {
            ActorKind kind = run.plan.kindNamed(actor.kind());
            int[] row = new int[actor.row().length];
            int count = Objects.requireNonNull(kind).copyVisible(actor.row(), row);
            return actor.kind()
                    + actor.id()
                    + Arrays.toString(Arrays.copyOf(row, count))
                    + Arrays.toString(actor.input());
        }
    }
}
