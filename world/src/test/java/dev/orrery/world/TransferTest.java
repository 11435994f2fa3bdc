package dev.orrery.world;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.rules.Settings;
import dev.orrery.wire.Counters;
import dev.orrery.wire.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Worlds that send each other players and commands. */
final class TransferTest {
    /** Whoever comes near the right end goes to another world, and tells it. */
    private static final class Gate implements Game {
        @Override
        public Plan plan() {
            return Plan.of("gate", new Object()).player(Walker.class, Walk.class);
        }

        @Override
        public void join(World world, Player player) {
            player.control(world.spawn(new Walker())).x = 990;
        }

        @Override
        public void arrive(World world, Player player, Object actor) {
            Walker walker = (Walker) player.control(world.spawn(actor));
            walker.x -= 900;
        }

        @Override
        public void leave(World world, Player player) {
            world.despawn(player.actor());
        }

        @Override
        public void command(World world, Command command) {
            world.say(command.name() + " from " + command.from());
        }

        @Override
        public void tick(World world) {
            for (Player player : world.players()) {
                if (player.actor() instanceof Walker walker && walker.x >= 1000) {
                    walker.crowded = true;
                    world.transfer(player);
                    world.transfer(player);
                    world.send(World.OTHERS, new Command("gone", Json.NULL, "a"));
                }
            }
        }
    }

    private final List<List<Entry>> journal = new ArrayList<>();
    private final List<List<Entry>> sourceJournal = new ArrayList<>();
    private final Tick from = tick((number, entries) -> sourceJournal.add(List.copyOf(entries)));
    private final Tick to = tick((number, entries) -> journal.add(List.copyOf(entries)));

    private static Tick tick(Journal journal) {
        Game game = new Gate();
        return new Tick(
                game,
                game.plan(),
                Settings.DEFAULT,
                1,
                new Identity("a", "/gate/a", "", "", 1_000),
                journal,
                new Counters<>(WorldCounter.class),
                seat -> {});
    }

    @Test
    void shouldTakeActorAlongAsItIsAndTellBothWorlds() throws Exception {
        Guest ada = Guest.join(from, "ada");
        Mirror here = new Mirror();
        here.receive(from.run().state());
        assertThat(here.actors).hasSize(1);
        assertThat(from.effects()).isEmpty();
        ada.line().window().offer(1, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, new int[] {64});
        here.receive(from.run().update());
        assertThat(here.actors).isEmpty();
        assertThat(here.players).isEmpty();
        assertThat(from.effects()).hasSize(2);
        Effect.Send sent = (Effect.Send) from.effects().getFirst().effect();
        Effect.Transfer transfer = (Effect.Transfer) from.effects().getLast().effect();
        from.run();
        assertThat(from.effects()).as("performed once").isEmpty();

        Seat seat = to.seat(transfer.player(), transfer.name());
        assertThat(to.arrive(seat, transfer.kind(), transfer.row())).isTrue();
        assertThat(to.command(sent.command())).isTrue();
        FrameSet frames = to.run();
        assertThat(frames.events())
                .singleElement()
                .satisfies(packet -> assertThat(packet.text()).contains("gone from a"));
        Line line = to.line("secret");
        assertThat(seat.take(line)).isTrue();
        Mirror there = new Mirror();
        there.receive(to.run().state());
        int actor = (int) requireNonNull(there.players.get("ada")).get("actor").number(0);
        assertThat(there.x(actor)).isEqualTo(100);
        assertThat(requireNonNull(there.actors.get(actor)).get("crowded")).isEqualTo(new Json.Bool(true));
        assertThat(requireNonNull(there.players.get("ada")).get("away")).isEqualTo(Json.NULL);

        assertReplays(journal, to);
        assertReplays(sourceJournal, from);
    }

    private static void assertReplays(List<List<Entry>> journal, Tick tick) {
        World replica = new World(new Gate(), new Gate().plan(), Settings.DEFAULT, 1);
        journal.forEach(replica::step);
        assertThat(replica.digest().low()).isEqualTo(tick.digest().low());
        assertThat(replica.digest().high()).isEqualTo(tick.digest().high());
        assertThat(replica.readings()).isEqualTo(tick.readings());
    }

    /** Whoever the leaving takes along, in {@code leave}, goes too. */
    @Test
    void shouldTakeAlongWhomTheGameSendsWhileAnotherLeaves() {
        Game game = new Crew();
        Tick crew = new Tick(
                game,
                game.plan(),
                Settings.DEFAULT,
                1,
                new Identity("a", "/gate/a", "", "", 1_000),
                Journal.NONE,
                new Counters<>(WorldCounter.class),
                seat -> {});
        Guest.join(crew, "captain");
        Guest.join(crew, "mate");
        crew.run();
        assertThat(crew.effects())
                .hasSize(2)
                .allSatisfy(effect -> assertThat(effect.effect()).isInstanceOf(Effect.Transfer.class));
        assertThat(crew.readings().players()).isZero();
    }

    /** The captain goes at once, and the mate behind the captain. */
    private static final class Crew implements Game {
        @Override
        public Plan plan() {
            return Plan.of("crew", new Object()).player(Walker.class, Walk.class);
        }

        @Override
        public void join(World world, Player player) {}

        @Override
        public void leave(World world, Player player) {
            world.players().forEach(world::transfer);
        }

        @Override
        public void tick(World world) {
            for (Player player : world.players()) {
                if (player.id().equals("captain")) {
                    world.transfer(player);
                }
            }
        }
    }

    @Test
    void shouldTakeOutArrivalWhoNeverConnects() throws Exception {
        Seat seat = to.seat("ada", "Ada");
        to.arrive(seat, "walker", new int[] {0, 0});
        for (int t = 0; t <= 300; t++) {
            to.run();
            assertThat(seat.hasLeft())
                    .as("a ticket's time, however short the grace")
                    .isEqualTo(t == 300);
        }
        to.run();
        assertThat(to.readings().players()).isZero();
        assertThat(to.readings().actors()).isZero();
        assertThat(to.isIdle()).isTrue();
    }
}
