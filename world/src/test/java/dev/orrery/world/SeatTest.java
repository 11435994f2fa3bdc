package dev.orrery.world;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import dev.orrery.wire.Counters;
import dev.orrery.wire.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A player outlives their connections, for as long as the grace lasts. */
final class SeatTest {
    private static final int GRACE_MILLIS = 3_000;
    private static final int GRACE_TICKS = GRACE_MILLIS / 100;

    private final Counters<WorldCounter> counters = new Counters<>(WorldCounter.class);
    private final List<String> left = new ArrayList<>();
    private final List<List<Entry>> journal = new ArrayList<>();
    private final WalkGame game = new WalkGame();
    private final Tick tick = new Tick(
            game,
            game.plan(),
            Settings.DEFAULT,
            1,
            new Identity("a", "/walk/a", "", "", GRACE_MILLIS),
            (number, entries) -> journal.add(List.copyOf(entries)),
            counters,
            seat -> left.add(seat.player()));
    private final Mirror mirror = new Mirror();

    @Test
    void shouldKeepActorOfADroppedPlayerStandingStill() throws Exception {
        Guest ada = enter("ada");
        walk(ada, 1);
        run(1);
        double x = x("ada");
        ada.seat().drop(ada.line());
        run(GRACE_TICKS);
        assertThat(player("ada").get("away")).isEqualTo(new Json.Bool(true));
        assertThat(x("ada")).isEqualTo(x);
        assertThat(left).isEmpty();
    }

    @Test
    void shouldTakeOutWhoDoesNotComeBack() throws Exception {
        Guest ada = enter("ada");
        ada.seat().drop(ada.line());
        run(1 + GRACE_TICKS);
        assertThat(mirror.players).isEmpty();
        assertThat(mirror.actors).hasSize(1);
        assertThat(left).containsExactly("ada");
        assertThat(ada.seat().take(tick.line("again"))).isFalse();
        assertThat(counters.count(WorldCounter.GRACES_ENDED)).isEqualTo(1);
    }

    @Test
    void shouldGiveBackActorToWhoComesBack() throws Exception {
        Guest ada = enter("ada");
        int actor = actor("ada");
        ada.seat().drop(ada.line());
        run(GRACE_TICKS);
        Guest back = ada.again(tick);
        run(1);
        Json welcome =
                Mirror.decode(back.line().greeting().getFirst()).arguments().getFirst();
        assertThat(welcome.get("actor").number(0)).isEqualTo(actor);
        assertThat(welcome.get("session").text("")).isEqualTo("new secret of ada");
        assertThat(player("ada").get("away")).isEqualTo(Json.NULL);
        double x = x("ada");
        walk(back, 1);
        run(2 * GRACE_TICKS);
        assertThat(x("ada")).isGreaterThan(x);
        assertThat(actor("ada")).isEqualTo(actor);
        assertThat(counters.count(WorldCounter.JOINS)).isEqualTo(1);
    }

    @Test
    void shouldLetNewerConnectionTakeOver() throws Exception {
        Guest ada = enter("ada");
        walk(ada, 1);
        run(1);
        double x = x("ada");
        Guest second = ada.again(tick);
        ada.seat().drop(ada.line());
        walk(ada, 1);
        run(1);
        assertThat(x("ada")).as("what the old connection held is let go").isEqualTo(x);
        walk(second, 1);
        run(1);
        assertThat(x("ada")).isEqualTo(x + 22.5);
        assertThat(counters.count(WorldCounter.DROPS)).isZero();
    }

    @Test
    void shouldTellOtherSettingsASecondAheadAndStepWithThemFromTheirTickOn() throws Exception {
        Guest ada = enter("ada");
        Settings faster = new Settings(50, 7.5, 5, 0.1, 100, 5);
        long[] fromTick = new long[1];
        assertThat(tick.retune(old -> faster, retuned -> fromTick[0] = retuned.fromTick()))
                .isTrue();
        long announced = tick.readings().tick() + 1;
        FrameSet frames = tick.run();
        assertThat(frames.events())
                .singleElement()
                .satisfies(packet -> assertThat(packet.text())
                        .contains("[\"settings\",{\"settings\":{\"tickRate\":50,\"movementSpeed\":7.5,")
                        .endsWith("\"atTick\":" + fromTick[0] + "}]"));
        mirror.receive(frames.update());
        assertThat(fromTick[0] - announced).isEqualTo(10);
        Guest late = enter("bob");
        assertThat(late.line().greeting())
                .hasSize(2)
                .last()
                .satisfies(packet -> assertThat(packet.text()).contains("[\"settings\",{"));
        while (tick.readings().tick() < fromTick[0] + 3) {
            walk(ada, 0.125);
            double before = x("ada");
            run(1);
            boolean holds = tick.readings().tick() >= fromTick[0];
            // Both settings move 22.5 px a tick at full throttle: the speed doubles and the tick halves.
            assertThat(x("ada") - before).isEqualTo(0.125 * 22.5);
            assertThat(tick.readings().settings().tickRate()).isEqualTo(holds ? 50 : 100);
        }
        assertThat(tick.readings().announced()).isEmpty();
    }

    @Test
    void shouldKeepOrderOfSeveralAnnouncedSettings() throws Exception {
        Settings slow = new Settings(200, 1, 5, 0.1, 100, 5);
        Settings fast = new Settings(20, 1, 5, 0.1, 100, 5);
        List<Long> ticks = new ArrayList<>();
        tick.retune(old -> fast, retuned -> ticks.add(retuned.fromTick()));
        tick.retune(old -> slow, retuned -> ticks.add(retuned.fromTick()));
        run(1);
        tick.retune(old -> Settings.DEFAULT, retuned -> ticks.add(retuned.fromTick()));
        run(1);
        // With 20 ms a tick, whatever is told now must be 50 ticks away to be a second away.
        assertThat(ticks).containsExactly(11L, 51L, 52L);
        run(10);
        assertThat(tick.readings().settings()).isEqualTo(fast);
        run(42);
        assertThat(tick.readings().settings()).isEqualTo(Settings.DEFAULT);
    }

    @Test
    void shouldSayWhatTheOperatorAnnounces() {
        tick.command(new Command(
                Command.ANNOUNCE, new Json.Obj(java.util.Map.of("text", new Json.Str("ahoy"))), Command.OPERATOR));
        assertThat(tick.run().events())
                .singleElement()
                .satisfies(packet -> assertThat(packet.text())
                        .endsWith("[\"event\",{\"tick\":1,\"name\":\"announcement\",\"text\":\"ahoy\"}]"));
    }

    @Test
    void shouldRefuseMoreThanTheInboxHolds() {
        Command command = new Command("noise", Json.NULL, Command.OPERATOR);
        for (int i = 0; i < 1_024; i++) {
            assertThat(tick.command(command)).isTrue();
        }
        assertThat(tick.command(command)).isFalse();
        assertThat(counters.count(WorldCounter.COMMANDS_REFUSED)).isEqualTo(1);
        tick.run();
        assertThat(journal.getLast()).hasSize(64);
        assertThat(tick.command(command)).isTrue();
    }

    /** Random joins, drops, resumes, leaves and settings: one actor a player at every tick, and the journal gives the same world. */
    @Test
    void shouldKeepOneActorAPlayerWhateverTheirConnectionsDo() throws Exception {
        List<Guest> guests = new ArrayList<>();
        guests.add(enter("p0"));
        for (int t = 1; t <= 3_000; t++) {
            int dice = Rand.below(100, 5, t, 0, 0);
            if (dice < 4) {
                guests.add(Guest.join(tick, "p" + t));
            } else if (!guests.isEmpty()) {
                int index = Rand.below(guests.size(), 5, t, 0, 1);
                Guest guest = guests.get(index);
                if (dice < 14) {
                    guest.seat().drop(guest.line());
                } else if (dice < 24 && !guest.seat().hasLeft()) {
                    guests.set(index, guest.again(tick));
                } else if (dice < 26) {
                    guest.seat().leave();
                } else if (dice == 26) {
                    int tickRate = 20 + t % 200;
                    tick.retune(old -> new Settings(tickRate, 3.75, 5, 0.1, 100, 5), retuned -> {});
                } else {
                    guest.line().window().offer(t, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, new int[] {t % 64});
                }
            }
            run(1);
            assertThat(mirror.actors).hasSize(mirror.players.size() + 1);
        }
        guests.removeIf(guest -> guest.seat().hasLeft());
        assertThat(mirror.players.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        guests.stream().map(guest -> guest.seat().player()).toList());
        World replica = new World(game, game.plan(), Settings.DEFAULT, 1);
        journal.forEach(replica::step);
        assertThat(replica.digest().low()).isEqualTo(tick.digest().low());
        assertThat(replica.digest().high()).isEqualTo(tick.digest().high());
        assertThat(counters.count(WorldCounter.GRACES_ENDED)).isGreaterThan(5);
    }

    private Guest enter(String player) throws Exception {
        Guest guest = Guest.join(tick, player);
        FrameSet frames = tick.run();
        mirror.receive(requireNonNull(frames.state()));
        return guest;
    }

    private void run(int ticks) throws Exception {
        for (int i = 0; i < ticks; i++) {
            mirror.receive(tick.run().update());
        }
    }

    private void walk(Guest guest, double dx) {
        Walk walk = new Walk();
        walk.dx = dx;
        int[] row = new int[1];
        new WalkKind().write(walk, row, 0);
        guest.line().window().offer(tick.readings().tick(), InputWindow.NEXT_TICK, InputWindow.NO_VIEW, row);
    }

    private int actor(String player) {
        return (int) player(player).get("actor").number(0);
    }

    private Json player(String id) {
        return requireNonNull(mirror.players.get(id));
    }

    private double x(String player) {
        return mirror.x(actor(player));
    }
}
