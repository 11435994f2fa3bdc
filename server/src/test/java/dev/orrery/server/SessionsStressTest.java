package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import dev.orrery.wire.Counters;
import dev.orrery.wire.EncodedPacket;
import dev.orrery.world.Effect;
import dev.orrery.world.Identity;
import dev.orrery.world.InputWindow;
import dev.orrery.world.Journal;
import dev.orrery.world.Line;
import dev.orrery.world.Tick;
import dev.orrery.world.WorldCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Connection threads that do everything at once, while the world's thread ticks: nobody gets lost, and nobody is there twice. */
final class SessionsStressTest {
    private static final int THREADS = 4;
    private static final int STEPS = 20_000;
    private static final int PLAYERS = 12;
    private static final int SEED = 23;

    private final AtomicReference<@Nullable Sessions> sessions = new AtomicReference<>();
    private final Counters<WorldCounter> counters = new Counters<>(WorldCounter.class);
    private final MeetGame game = new MeetGame();
    private final Tick tick = new Tick(
            game,
            game.plan(),
            Settings.DEFAULT,
            SEED,
            new Identity("a", "/meet/a", "", "", 300),
            Journal.NONE,
            counters,
            seat -> sessions().left(seat));

    private static final class Client implements Session.Connection {
        private final String player;
        private final Line line;
        private volatile boolean ended;

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
            ended = true;
        }

        @Override
        public void move(Invitation there) {
            ended = true;
        }

        @Override
        public long roundTripNanos() {
            return -1;
        }
    }

    @Test
    void shouldLoseNobodyAndHaveNobodyTwice() throws Exception {
        sessions.set(new Sessions(tick, new Counters<>(ServerCounter.class)));
        CountDownLatch running = new CountDownLatch(THREADS);
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Client> clients = new ConcurrentLinkedQueue<>();
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    churn(thread, clients);
                } catch (Throwable e) {
                    failures.add(e);
                } finally {
                    running.countDown();
                }
            });
        }
        while (running.getCount() > 0) {
            tick.run();
        }
        assertThat(failures).isEmpty();
        // Whoever still plays by the word of the sessions is greeted, and alone with their name, once the inbox is
        // read.
        for (int t = 0; t < 40; t++) {
            tick.run();
        }
        List<Session.Connection> playing = sessions().connections();
        assertThat(playing).allSatisfy(connection -> {
            assertThat(((Client) connection).ended).isFalse();
            List<EncodedPacket> greeting = connection.line().greeting();
            assertThat(greeting).isNotEmpty();
        });
        assertThat(tick.readings().players() - tick.readings().away()).isEqualTo(playing.size());
        assertThat(sessions().sitting()).hasSize(tick.readings().players());
        assertThat(tick.readings().actors()).isEqualTo(tick.readings().players());
        clients.forEach(client -> sessions().ended(client, client.player, true));
        for (int t = 0; t < 500; t++) { // arrivals that nobody claims wait for a ticket's time
            tick.run();
        }
        assertThat(tick.readings().players()).isZero();
        assertThat(tick.readings().actors()).isZero();
        assertThat(sessions().taken(Long.MAX_VALUE)).isZero();
        assertThat(counters.count(WorldCounter.GRACES_ENDED)).isPositive();
        assertThat(counters.count(WorldCounter.RESUMES)).isPositive();
    }

    private void churn(int thread, ConcurrentLinkedQueue<Client> clients) throws Exception {
        List<Client> mine = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            int dice = Rand.below(100, SEED, step, thread, 0);
            String player = "p" + Rand.below(PLAYERS, SEED, step, thread, 1);
            Client client = mine.isEmpty() ? null : mine.get(Rand.below(mine.size(), SEED, step, thread, 2));
            if (dice < 15) {
                Ticket ticket = new Ticket("a", player, player, Long.MAX_VALUE, "");
                try {
                    Client entered = sessions().enter(ticket, 1_000, 0, Client::new);
                    mine.add(entered);
                    clients.add(entered);
                } catch (RefusedException e) {
                    assertThat(e.refusal()).isEqualTo(Refusal.FULL);
                }
            } else if (dice < 18) {
                sessions().expect(new Ticket("a", player, player, 0, ""), transfer(player));
            } else if (dice < 20) {
                sessions().dismiss(player);
            } else if (dice < 21) {
                sessions().comeHome(transfer(player), new Forward(nowhere(), player, player, 0));
            } else if (client != null) {
                if (dice < 50) {
                    sessions().ended(client, client.player, dice < 30);
                } else if (dice < 60) {
                    sessions().confirm(client, client.player);
                } else {
                    client.line().window().offer(step, InputWindow.NEXT_TICK, InputWindow.NO_VIEW, new int[] {step % 64
                    });
                }
            }
            if (step % 16 == 0) {
                Thread.yield();
            }
        }
    }

    private static Effect.Transfer transfer(String player) {
        return new Effect.Transfer(player, player, "guest", new int[1]);
    }

    /** Where a forward leads is not looked at here. */
    @SuppressWarnings("NullAway")
    private static Instance nowhere() {
        return null;
    }

    private Sessions sessions() {
        return Objects.requireNonNull(sessions.get());
    }
}
