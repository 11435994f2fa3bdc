package dev.orrery.world;

import dev.orrery.wire.Counters;
import dev.orrery.wire.EncodedPacket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a tick changed becomes frames, encoded once for all. Owned by the world's thread. */
final class Publisher {
    private static final int HEARTBEAT_MILLIS = 1_000;

    private final World world;
    private final JsonFrames frames;
    private final Counters<WorldCounter> counters;
    private long version;
    private long events;
    private int quietTicks;

    Publisher(World world, Identity identity, Counters<WorldCounter> counters) {
        this.world = world;
        this.frames = new JsonFrames(identity);
        this.counters = counters;
    }

    void greet(List<Seat> greeted) {
        for (Seat seat : greeted) {
            Player player = world.player(seat.player());
            Line line = seat.known();
            if (player != null && line != null) {
                List<EncodedPacket> greeting = new ArrayList<>();
                greeting.add(frames.welcome(world, player, line.session()));
                world.announced().forEach(retuned -> greeting.add(frames.settings(retuned)));
                line.greet(greeting);
            }
        }
    }

    FrameSet publish(Collection<Seat> seats) {
        EncodedPacket update = frames.update(world);
        quietTicks = update == null ? quietTicks + 1 : 0;
        if (quietTicks * world.settings().tickRate() >= HEARTBEAT_MILLIS) {
            update = frames.heartbeat(world.tick());
            quietTicks = 0;
        }
        if (update != null) {
            version++;
        }
        List<EncodedPacket> happened = frames.events(world);
        long before = events;
        events += happened.size();
        return new FrameSet(world.tick(), version, update, state(seats), before, happened, acks(seats));
    }

    private @Nullable EncodedPacket state(Collection<Seat> seats) {
        boolean wanted = false;
        for (Seat seat : seats) {
            Line line = seat.known();
            wanted |= line != null && line.takeStateWish();
        }
        if (!wanted) {
            return null;
        }
        counters.increment(WorldCounter.STATES_ENCODED);
        return frames.state(world);
    }

    private Map<Line, EncodedPacket> acks(Collection<Seat> seats) {
        Map<Line, EncodedPacket> acks = null;
        for (Seat seat : seats) {
            Line line = seat.known();
            if (line != null && line.takeAnswer()) {
                if (acks == null) {
                    acks = new IdentityHashMap<>();
                }
                InputWindow window = line.window();
                acks.put(line, frames.ack(world.tick(), window.takenSeq(), window.takenLate()));
            }
        }
        return acks == null ? Map.of() : acks;
    }
}
