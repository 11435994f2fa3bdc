package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import dev.orrery.wire.Counters;
import dev.orrery.wire.Json;
import dev.orrery.wire.PacketLimits;
import dev.orrery.wire.SocketDecoder;
import dev.orrery.world.Effect;
import dev.orrery.world.Identity;
import dev.orrery.world.Journal;
import dev.orrery.world.Line;
import dev.orrery.world.Tick;
import dev.orrery.world.WorldCounter;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sessions over a world in virtual time: a tick is run, and 100 ms are over. */
final class SessionsTest {
    private static final int GRACE_MILLIS = 30_000;
    private static final int TICK_MILLIS = 100;
    private static final int DROPS = 1_000;
    private static final int SEED = 11;

    private final Counters<ServerCounter> counters = new Counters<>(ServerCounter.class);
    private final MeetGame game = new MeetGame();
    private @Nullable Sessions sessions;
    private final Tick tick = new Tick(
            game,
            game.plan(),
            Settings.DEFAULT,
            SEED,
            new Identity("a", "/meet/a", "", "", GRACE_MILLIS),
            Journal.NONE,
            new Counters<>(WorldCounter.class),
            seat -> sessions().left(seat));

    /** A connection whose client the test plays. */
    private static final class Client implements Session.Connection {
        private final String player;
        private final Line line;
        private @Nullable Farewell farewell;

        private Client(String player, Line line) {
            this.player = player;
            this.line = line;
        }

        @Override
        public Line line() {
            return line;
        }

        @Override
        public void end(Farewell reason) {
            farewell = reason;
        }

        @Override
        public void move(Invitation there) {
            throw new IllegalStateException("nobody moves in this test");
        }

        @Override
        public long roundTripNanos() {
            return -1;
        }

        private Json welcome() throws Exception {
            String packet = line.greeting().getFirst().text().substring(1);
            return Objects.requireNonNull(new SocketDecoder(PacketLimits.DEFAULT).text(packet))
                    .arguments()
                    .getFirst();
        }

        private String secret() throws Exception {
            return welcome().get("session").text("");
        }

        private int actor() throws Exception {
            return (int) welcome().get("actor").number(0);
        }
    }

    SessionsTest() {
        sessions = new Sessions(tick, counters);
    }

    /**
     * 1,000 drops of 0.1 to 60 s: within the grace it is the same player with the same actor, behind it both are gone, and at no
     * tick has a player two actors or none.
     */
    @Test
    void shouldGiveBackPlayerAndActorWithinTheGraceAndNeverAfterIt() throws Exception {
        Client other = enter("other");
        Client client = enter("p0");
        Set<Integer> actors = new HashSet<>();
        int resumed = 0;
        for (int drop = 1; drop <= DROPS; drop++) {
            int awayMillis = 100 + Rand.below(59_901, SEED, drop, 0, 0);
            // Right at the grace's end it is the tick's own roundness that decides.
            int awayTicks = awayMillis / TICK_MILLIS;
            actors.add(client.actor());
            String secret = client.secret();
            sessions().ended(client, client.player, false);
            for (int t = 0; t < awayTicks; t++) {
                run();
                boolean isOver = t * TICK_MILLIS >= GRACE_MILLIS;
                assertThat(tick.readings().actors()).isEqualTo(isOver ? 1 : 2);
            }
            boolean isOver = (awayTicks - 1) * TICK_MILLIS >= GRACE_MILLIS;
            if (isOver) {
                assertThatExceptionOfType(RefusedException.class)
                        .isThrownBy(() -> sessions().resume(secret, Client::new))
                        .withMessage(Refusal.SESSION_UNKNOWN.sentence());
                client = enter("p" + drop);
                assertThat(actors).doesNotContain(client.actor());
            } else {
                Client back = sessions().resume(secret, Client::new);
                run();
                assertThat(back.player).isEqualTo(client.player);
                assertThat(back.actor()).isEqualTo(client.actor());
                assertThat(back.secret()).isNotEqualTo(secret);
                client = back;
                resumed++;
            }
            assertThat(tick.readings().players()).isEqualTo(2);
            assertThat(sessions().taken(0)).isEqualTo(2);
        }
        assertThat(resumed).isBetween(DROPS / 3, DROPS * 2 / 3);
        assertThat(counters.count(ServerCounter.SESSIONS_RESUMED)).isEqualTo(resumed);
        assertThat(other.farewell).isNull();
    }

    @Test
    void shouldLetNobodyInWithASessionThatWasRenewed() throws Exception {
        Client first = enter("ada");
        String stolen = first.secret();
        sessions().ended(first, "ada", false);
        Client second = sessions().resume(stolen, Client::new);
        run();
        sessions().confirm(second, "ada");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> sessions().resume(stolen, Client::new));
        assertThat(second.farewell).isNull();
        assertThat(sessions().connections()).containsExactly(second);
    }

    /** The new secret may have been lost with the connection that should have brought it. */
    @Test
    void shouldTakeTheOldSecretUntilTheNewOneIsKnownToHaveArrived() throws Exception {
        Client first = enter("ada");
        String secret = first.secret();
        sessions().ended(first, "ada", false);
        Client broken = sessions().resume(secret, Client::new);
        sessions().ended(broken, "ada", false);
        Client second = sessions().resume(secret, Client::new);
        run();
        assertThat(second.actor()).isEqualTo(first.actor());
    }

    @Test
    void shouldLetANewerConnectionTakeOver() throws Exception {
        Client first = enter("ada");
        Client second = sessions().resume(first.secret(), Client::new);
        assertThat(first.farewell).isEqualTo(Farewell.TAKEN_OVER);
        sessions().ended(first, "ada", true);
        run();
        assertThat(tick.readings().players()).isEqualTo(1);
        assertThat(tick.readings().away()).isZero();
        Client third = sessions().enter(ticket("ada"), 100, 0, Client::new);
        assertThat(second.farewell).isEqualTo(Farewell.TAKEN_OVER);
        run();
        assertThat(third.actor()).isEqualTo(first.actor());
        assertThat(tick.readings().actors()).isEqualTo(1);
    }

    @Test
    void shouldTakeOutWhoLeavesByWishAtOnce() throws Exception {
        Client ada = enter("ada");
        sessions().ended(ada, "ada", true);
        run();
        assertThat(tick.readings().players()).isZero();
        assertThat(sessions().taken(0)).isZero();
    }

    @Test
    void shouldGiveNewActorToWhoJoinsAgainInTheTickInWhichTheyLeft() throws Exception {
        Client ada = enter("ada");
        sessions().ended(ada, "ada", true);
        Client again = sessions().enter(ticket("ada"), 100, 0, Client::new);
        run();
        assertThat(again.actor()).isNotEqualTo(ada.actor());
        assertThat(tick.readings().players()).isEqualTo(1);
        assertThat(tick.readings().actors()).isEqualTo(1);
    }

    @Test
    void shouldHoldSeatsForTicketsUntilTheyExpire() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(sessions().reserve(ticket("p" + i), 100, 0)).isTrue();
        }
        assertThat(sessions().reserve(ticket("late"), 100, 0)).isFalse();
        assertThat(sessions().reserve(new Ticket("a", "late", "Late", 60_000, ""), 100, 30_000))
                .isTrue();
        assertThat(sessions().closeIfEmpty(30_000)).isFalse();
        assertThat(sessions().closeIfEmpty(60_000)).isTrue();
        assertThat(sessions().reserve(ticket("later"), 100, 60_000)).isFalse();
    }

    @Test
    void shouldLetNobodyInWithoutASeatThatWasHeld() throws Exception {
        for (int i = 0; i < 2; i++) {
            sessions().enter(ticket("p" + i), 2, 0, Client::new);
        }
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> sessions().enter(ticket("late"), 2, 0, Client::new))
                .withMessage(Refusal.FULL.sentence());
        assertThat(sessions().reserve(ticket("p0"), 2, 0))
                .as("sits here already")
                .isTrue();
        assertThat(sessions().taken(0)).isEqualTo(2);
    }

    @Test
    void shouldHoldOneSeatForAPlayerHoweverManyTicketsTheyAskFor() {
        for (int i = 0; i < 50; i++) {
            assertThat(sessions().reserve(ticket("ada"), 2, 0)).isTrue();
        }
        assertThat(sessions().taken(0)).isEqualTo(1);
        assertThat(sessions().holds("ada")).isTrue();
    }

    @Test
    void shouldLetNobodyInOnceItIsClosed() throws Exception {
        Client ada = enter("ada");
        assertThat(sessions().close()).containsExactly(ada);
        String secret = ada.secret();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> sessions().resume(secret, Client::new))
                .withMessage(Refusal.INSTANCE_CLOSED.sentence());
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> sessions().enter(ticket("bob"), 100, 0, Client::new));
        assertThat(sessions().expect(ticket("cy"), new Effect.Transfer("cy", "Cy", "guest", new int[1])))
                .isFalse();
    }

    private Sessions sessions() {
        return Objects.requireNonNull(sessions);
    }

    private Client enter(String player) throws Exception {
        Client client = sessions().enter(ticket(player), 100, 0, Client::new);
        run();
        sessions().confirm(client, player);
        return client;
    }

    private static Ticket ticket(String player) {
        return new Ticket("a", player, player, 30_000, "jti of " + player);
    }

    private void run() {
        tick.run();
    }
}
