package dev.orrery.world;

import dev.orrery.wire.Counters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The players of a replica, as if each of them were told of it in frames by a server and acknowledged them at once: what clients are sent
 * can be computed from a recording. Whoever is away hears nothing, and everything anew when they are back. Owned by one thread.
 */
public final class Audience {
    private final World world;
    private final Publisher publisher;
    private final FrameComposer.Scratch scratch = new FrameComposer.Scratch();
    private final Map<String, Listener> listeners = new LinkedHashMap<>();

    public Audience(World world) {
        this.world = world;
        Identity nowhere = new Identity("", "", "", "", 0);
        this.publisher = new Publisher(world, nowhere, new Counters<>(WorldCounter.class));
    }

    /**
     * The world has been stepped: everyone who is there is told.
     *
     * @param frames takes who is sent a frame, and its bytes
     */
    public void tell(BiConsumer<Player, byte[]> frames) {
        listeners.values().removeIf(listener -> !listener.isHere());
        List<Seat> seats = new ArrayList<>();
        for (Player player : world.players()) {
            if (!player.isAway()) {
                seats.add(listeners.computeIfAbsent(player.id(), id -> new Listener(player)).seat);
            }
        }
        FrameSet told = publisher.publish(seats);
        for (Listener listener : listeners.values()) {
            byte[] frame = listener.hear(told);
            if (frame != null) {
                frames.accept(listener.player, frame);
            }
        }
    }

    private final class Listener {
        private final Player player;
        private final Seat seat;
        private final Line line;
        private final FrameComposer composer = new FrameComposer(world.grid(), scratch);
        private int silentMillis;

        private Listener(Player player) {
            this.player = player;
            line = new Line("", new InputWindow(world.plan().playerInput(), world.tick()));
            line.speak(Line.Speech.FRAMES);
            seat = new Seat(player.id(), player.name(), player.input());
            seat.take(line);
            seat.follow();
        }

        private boolean isHere() {
            return !player.isGone() && !player.isAway();
        }

        private byte @Nullable [] hear(FrameSet told) {
            OwnRow own = told.aside(line).own();
            if (own != null) {
                composer.own(own);
            }
            if (told.blocks() == null || line.area() == null) {
                return null;
            }
            composer.look(line.area());
            if (!composer.offer(told.blocks()) && line.own() != null) {
                composer.own(line.own());
            }
            silentMillis += world.settings().tickRate();
            boolean beat = silentMillis >= FrameComposer.HEARTBEAT_MILLIS;
            byte[] frame = composer.next(FrameComposer.BUDGET_BITS, line.home(), beat);
            if (composer.missing() != null) {
                line.want(composer.missing());
            }
            if (frame == null) {
                return null;
            }
            silentMillis = 0;
            return Arrays.copyOf(frame, composer.length());
        }
    }
}
