package dev.orrery.world;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import dev.orrery.wire.Counters;
import dev.orrery.wire.EncodedPacket;
import dev.orrery.wire.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TickTest {
    private static final int SEED = 7;
    private static final Identity IDENTITY =
            new Identity("a", "/walk/a", "/games/walk/00/rules.js", "0123456789abcdef", 30_000);

    private final Counters<WorldCounter> counters = new Counters<>(WorldCounter.class);
    private final List<List<Entry>> journal = new ArrayList<>();
    private final Tick tick = tick((number, entries) -> journal.add(List.copyOf(entries)));

    private Tick tick(Game game, Journal to) {
        return new Tick(game, game.plan(), Settings.DEFAULT, SEED, IDENTITY, to, counters, seat -> {});
    }

    private Tick tick(Journal to) {
        WalkGame game = new WalkGame();
        return tick(game, to);
    }

    @Test
    void shouldGreetNewcomerAndGiveThemTheStateOfTheSameTick() throws Exception {
        tick.run();
        Guest ada = join("ada");
        assertThat(ada.line().greeting()).isEmpty();
        FrameSet frames = tick.run();
        String welcome = text(ada.line().greeting().getFirst());
        assertThat(welcome).startsWith("42/walk/a,[\"welcome\",{\"player\":\"ada\",\"actor\":");
        Json body = Mirror.decode(ada.line().greeting().getFirst()).arguments().getFirst();
        assertThat(body.get("tick").number(0)).isEqualTo(2);
        assertThat(body.get("settings").get("movementSpeed").number(0)).isEqualTo(3.75);
        Mirror mirror = new Mirror();
        mirror.receive(frames.state());
        assertThat(mirror.tick).isEqualTo(2);
        assertThat(mirror.actors).hasSize(2).containsKey((int) body.get("actor").number(0));
        assertThat(mirror.players).containsOnlyKeys("ada");
    }

    @Test
    void shouldMoveOnceHoweverManyInputsComeInOneTick() throws Exception {
        Guest ada = join("ada");
        Mirror mirror = new Mirror();
        mirror.receive(tick.run().state());
        int id = mirror.actors.keySet().stream().max(Integer::compare).orElseThrow();
        double before = mirror.x(id);
        for (int seq = 0; seq < 8; seq++) {
            ada.line().window().offer(seq, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, walk(1));
        }
        FrameSet frames = tick.run();
        mirror.receive(frames.update());
        assertThat(mirror.x(id) - before).isEqualTo(22.5);
        assertThat(text(requireNonNull(frames.aside(ada.line()).ack())))
                .isEqualTo("42/walk/a,[\"ack\",{\"tick\":2,\"seq\":7,\"late\":0}]");
    }

    @Test
    void shouldTakeLeaverOutForAllOthers() throws Exception {
        Guest ada = join("ada");
        join("bob");
        Mirror mirror = new Mirror();
        mirror.receive(tick.run().state());
        assertThat(mirror.actors).hasSize(3);
        ada.seat().leave();
        mirror.receive(tick.run().update());
        assertThat(mirror.actors).hasSize(2);
        assertThat(mirror.players).containsOnlyKeys("bob");
        assertThat(counters.count(WorldCounter.LEAVES)).isEqualTo(1);
    }

    @Test
    void shouldAdmitNobodyWhoLeftBeforeTheirFirstTick() {
        Guest ada = join("ada");
        ada.seat().leave();
        tick.run();
        assertThat(journal.getLast()).isEmpty();
    }

    @Test
    void shouldSendHeartbeatOnceASecondWhileNothingChanges() {
        Game still = new Game() {
            @Override
            public Plan plan() {
                return Plan.of("still", new Object()).player(Walker.class, Walk.class);
            }

            @Override
            public void join(World world, Player player) {}

            @Override
            public void leave(World world, Player player) {}
        };
        Tick quiet = tick(still, Journal.NONE);
        int updates = 0;
        for (int i = 0; i < 30; i++) {
            updates += quiet.run().update() == null ? 0 : 1;
        }
        assertThat(updates).isEqualTo(3);
    }

    /** At tick 5 every walker dies and its player gets a new one; leavers' walkers stay. */
    private static final class Lives implements Game {
        @Override
        public Plan plan() {
            return Plan.of("lives", new Object()).player(Walker.class, Walk.class);
        }

        @Override
        public void join(World world, Player player) {
            if (!player.id().equals("spectator")) {
                player.control(world.spawn(new Walker())).x = 100;
            }
        }

        @Override
        public void leave(World world, Player player) {}

        @Override
        public void tick(World world) {
            if (world.tick() == 5) {
                for (Player player : world.players()) {
                    world.despawn(player.actor());
                    player.control(world.spawn(new Walker())).x = 500;
                }
            }
        }
    }

    @Test
    void shouldTellOfANewActorAndSteerItByWhatIsHeld() throws Exception {
        Game game = new Lives();
        Tick lives = tick(game, Journal.NONE);
        Guest ada = Guest.join(lives, "ada");
        Mirror mirror = new Mirror();
        mirror.receive(lives.run().state());
        for (int t = 2; t <= 9; t++) {
            ada.line().window().offer(t, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, walk(1));
            mirror.receive(lives.run().update());
        }
        int actor = (int) requireNonNull(mirror.players.get("ada")).get("actor").number(0);
        assertThat(mirror.actors).containsOnlyKeys(actor);
        assertThat(mirror.x(actor)).isEqualTo(500 + 4 * 22.5);
    }

    @Test
    void shouldTellWhenASpectatorGetsAnActor() throws Exception {
        Game game = new Lives();
        Tick lives = tick(game, Journal.NONE);
        Guest.join(lives, "spectator");
        Mirror mirror = new Mirror();
        mirror.receive(lives.run().state());
        assertThat(requireNonNull(mirror.players.get("spectator")).get("actor")).isEqualTo(Json.NULL);
        for (int t = 2; t <= 5; t++) {
            mirror.receive(lives.run().update());
        }
        assertThat(mirror.actors.keySet()).containsExactly((int)
                requireNonNull(mirror.players.get("spectator")).get("actor").number(0));
    }

    @Test
    void shouldLetTheActorOfALeaverStandStill() throws Exception {
        Game game = new Lives();
        Tick lives = tick(game, Journal.NONE);
        Guest ada = Guest.join(lives, "ada");
        ada.line().window().offer(1, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, walk(1));
        Mirror mirror = new Mirror();
        mirror.receive(lives.run().state());
        ada.seat().leave();
        for (int t = 2; t <= 4; t++) {
            mirror.receive(lives.run().update());
        }
        assertThat(mirror.x(mirror.actors.keySet().iterator().next())).isEqualTo(100 + 22.5);
        assertThat(mirror.players).isEmpty();
    }

    /** The thesis: a world is a pure function of its journal; and what a client holds is one of its frames. */
    @Test
    void shouldGiveSameWorldFromJournalAndSameViewFromFrames() throws Exception {
        Guest watcher = join("watcher");
        Mirror follower = new Mirror();
        follower.receive(tick.run().state());
        List<Guest> seats = new ArrayList<>();
        String newest = "";
        int seq = 0;
        for (int t = 2; t <= 500; t++) {
            int dice = Rand.below(100, SEED, t, 0, 0);
            if (dice < 10) {
                seats.add(join("p" + t));
            } else if (dice < 18 && !seats.isEmpty()) {
                seats.remove(Rand.below(seats.size(), SEED, t, 0, 1)).seat().leave();
            }
            for (int i = 0; i < seats.size(); i++) {
                if (Rand.below(4, SEED, t, i, 2) == 0) {
                    seats.get(i)
                            .line()
                            .window()
                            .offer(seq++, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, walk(Rand.signed(SEED, t, i, 3)));
                }
            }
            watcher.line().wantState();
            FrameSet frames = tick.run();
            follower.receive(frames.update());
            Mirror newcomer = new Mirror();
            newcomer.receive(frames.state());
            assertThat(follower.actors).isEqualTo(newcomer.actors);
            assertThat(follower.players).isEqualTo(newcomer.players);
            newest = text(requireNonNull(frames.state()));
        }
        WalkGame game = new WalkGame();
        World replica = new World(game, game.plan(), Settings.DEFAULT, SEED);
        journal.forEach(replica::step);
        assertThat(counters.count(WorldCounter.LEAVES)).isGreaterThan(10);
        assertThat(replica.digest().low()).isEqualTo(tick.digest().low());
        assertThat(replica.digest().high()).isEqualTo(tick.digest().high());
        assertThat(text(new JsonFrames(IDENTITY).state(replica))).isEqualTo(newest);
    }

    @Test
    void shouldTellByTheHashWhenOneEntryDiffers() {
        Guest ada = join("ada");
        for (int t = 1; t <= 20; t++) {
            ada.line().window().offer(t, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, walk(t % 3 - 1));
            tick.run();
        }
        for (int spoiled = 1; spoiled < journal.size(); spoiled++) {
            WalkGame game = new WalkGame();
            World replica = new World(game, game.plan(), Settings.DEFAULT, SEED);
            for (int t = 0; t < journal.size(); t++) {
                replica.step(t == spoiled ? List.of(new Entry.Steered("ada", new int[] {5}, 1)) : journal.get(t));
            }
            assertThat(replica.digest().low())
                    .as("entry of tick %d spoiled", spoiled + 1)
                    .isNotEqualTo(tick.digest().low());
        }
    }

    private Guest join(String player) {
        return Guest.join(tick, player);
    }

    private static int[] walk(double dx) {
        Walk walk = new Walk();
        walk.dx = dx;
        int[] row = new int[1];
        new WalkKind().write(walk, row, 0);
        return row;
    }

    private static String text(EncodedPacket packet) {
        return packet.text();
    }
}
