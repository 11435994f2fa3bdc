package dev.orrery.testkit;

import dev.orrery.wire.Json;
import dev.orrery.wire.WireException;
import dev.orrery.world.FrameSet;
import dev.orrery.world.InputWindow;
import dev.orrery.world.Line;
import dev.orrery.world.Seat;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A player with a client in virtual time. It joins, stamps its inputs with the tick it expects, keeps a lead that follows what the server
 * says of late ones, loses its connection as the network has it, and comes back on a new one. What it wants, its mind decides.
 */
final class SimulatedPlayer {
    private static final int HEARTBEAT_MILLIS = 250;
    private static final int FIRST_LEAD_TICKS = 2;
    private static final int CALM_TICKS = 50;
    private static final long RETRY_MICROS = 1_000_000;

    private final String id;
    private final Mind mind;
    private final Simulation simulation;
    private final SimulatedServer server;
    private final VirtualTime time;
    private final SplittableRandom random;
    private final int[] wanted;
    private @Nullable Seat seat;
    private @Nullable Link link;
    private long bornMicros;
    private long seq;

    /** One connection; the server's side of it is its line. */
    private final class Link {
        final Pipeline up = new Pipeline(time, simulation.network(), random.split());
        final Pipeline down = new Pipeline(time, simulation.network(), random.split());

        @Nullable
        Line line;

        @Nullable
        InputOracle oracle;

        long heardTick = -1;
        long sentMicros;
        int leadTicks = FIRST_LEAD_TICKS;
        int calmTicks;
        boolean open = true;

        void close() {
            open = false;
            up.cut();
            down.cut();
            if (seat != null && line != null) {
                seat.drop(line);
            }
        }
    }

    SimulatedPlayer(String id, Mind mind, Simulation simulation, SimulatedServer server, VirtualTime time, int number) {
        this.id = id;
        this.mind = mind;
        this.simulation = simulation;
        this.server = server;
        this.time = time;
        this.random = new SplittableRandom(simulation.seed() * 1_000_003L + number);
        this.wanted = simulation.inputKind().initial();
    }

    String id() {
        return id;
    }

    /** What must act of the connection that plays; null while none does. */
    @Nullable
    InputOracle oracle() {
        return link == null || !link.open ? null : link.oracle;
    }

    /** Asks to join after a while. */
    void start(long inMicros) {
        time.in(inMicros, () -> {
            bornMicros = time.nowMicros();
            connect();
            think();
        });
    }

    // ---- connections ----

    /** On a new connection; what is held is held on, as soon as the world is seen again. */
    private void connect() {
        if (link != null) {
            link.close();
        }
        Link fresh = new Link();
        link = fresh;
        fresh.up.send(() -> arrived(fresh));
        long cutIn = Pipeline.nextIn(simulation.network().cutsPerMinute(), random);
        time.in(cutIn, () -> {
            if (link == fresh && fresh.open) {
                cut();
                time.in(1_000 * random.nextLong(simulation.network().awayMillis() + 1L), () -> {
                    if (link == fresh) {
                        connect();
                    }
                });
            }
        });
    }

    private void cut() {
        if (link != null) {
            link.close();
        }
    }

    /** The server's side: it takes the seat that there is, or a new one. */
    private void arrived(Link fresh) {
        Line line = server.line(id);
        Seat taken = seat;
        if (taken == null || !taken.take(line)) {
            taken = server.tick().seat(id, id);
            taken.take(line);
            if (!server.tick().join(taken)) {
                time.in(RETRY_MICROS, this::connect);
                return;
            }
            seat = taken;
        }
        fresh.line = line;
        fresh.oracle = new InputOracle(
                simulation.inputKind().initial(), server.tick().readings().tick());
    }

    /** The world has sent the player elsewhere, which is here again: the client follows on a new connection. */
    void sentTo(Seat newSeat) {
        seat = newSeat;
        if (link != null && link.open) {
            connect();
        }
    }

    // ---- what it hears ----

    /** The server sends what a tick gave. */
    void send(FrameSet frames) {
        Link to = link;
        if (to != null && to.open && to.line != null && !to.line.greeting().isEmpty()) {
            var ack = frames.aside(to.line).ack();
            String text = ack == null ? null : ack.text();
            to.down.send(() -> hear(to, frames.tick(), text));
        }
    }

    private void hear(Link from, long tick, @Nullable String ack) {
        if (tick <= from.heardTick) {
            throw simulation.failure(tick, id + " has heard of tick " + from.heardTick + " before", null);
        }
        from.heardTick = tick;
        if (ack == null) {
            return;
        }
        int late = (int) body(ack).get("late").number(0);
        from.calmTicks = late > 0 ? 0 : from.calmTicks + 1;
        if (late > 0) {
            from.leadTicks = Math.min(InputWindow.TICKS - 2, from.leadTicks + late);
        } else if (from.calmTicks >= CALM_TICKS && from.leadTicks > 1) {
            from.leadTicks--;
            from.calmTicks = 0;
        }
    }

    private static Json body(String packet) {
        try {
            return Json.parse(packet.substring(packet.indexOf('['))).get(1);
        } catch (WireException e) {
            throw new IllegalStateException("the server sent " + packet, e);
        }
    }

    // ---- what it does ----

    private void think() {
        double seconds = (time.nowMicros() - bornMicros) / 1e6;
        int[] before = wanted.clone();
        Mind.Deed deed = mind.decide(seconds, wanted, random);
        boolean changed = !Arrays.equals(before, wanted);
        switch (deed) {
            case PLAY, MISBEHAVE -> steer(changed, deed == Mind.Deed.MISBEHAVE);
            case CUT -> cut();
            case BACK -> connect();
            case LEAVE -> leave();
        }
        time.in(1_000L * server.tickMillis(), this::think);
    }

    private void leave() {
        Link old = link;
        if (old != null) {
            old.up.send(() -> {
                if (seat != null) {
                    seat.leave();
                }
                old.close();
                if (link == old) {
                    link = null;
                }
            });
        }
    }

    private void steer(boolean changed, boolean misbehaves) {
        Link to = link;
        if (to == null || !to.open || to.heardTick < 0) {
            return;
        }
        boolean due = time.nowMicros() - to.sentMicros >= 1_000L * HEARTBEAT_MILLIS;
        if (!changed && !due && !misbehaves) {
            return;
        }
        to.sentMicros = time.nowMicros();
        long stamp = random.nextInt(8) == 0 ? InputWindow.NEXT_TICK : to.heardTick + to.leadTicks;
        offer(to, ++seq, stamp);
        if (misbehaves) {
            offer(to, seq, stamp);
            offer(to, seq - random.nextInt(20), stamp - random.nextInt(30));
            for (int i = 0; i < 8; i++) {
                offer(to, ++seq, stamp + random.nextInt(100) - 30);
            }
        }
    }

    private void offer(Link to, long number, long stamp) {
        int[] row = wanted.clone();
        long view = Math.max(0, to.heardTick - 1);
        to.up.send(() -> {
            if (to.line != null && to.oracle != null) {
                InputWindow.Outcome expected = to.oracle.offer(number, Math.max(0, stamp), row);
                InputWindow.Outcome outcome = to.line.window().offer(number, Math.max(0, stamp), view, row);
                if (outcome != expected) {
                    throw simulation.failure(
                            server.world().tick(),
                            "input " + number + " of " + id + ", stamped " + stamp + ", must be " + expected
                                    + " and is " + outcome,
                            null);
                }
            }
        });
    }
}
