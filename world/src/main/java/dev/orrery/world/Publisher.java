package dev.orrery.world;

import dev.orrery.wire.CellArea;
import dev.orrery.wire.Counters;
import dev.orrery.wire.EncodedPacket;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a tick changed becomes frames and events, encoded once for all, as far as anybody wants them. Owned by the world's thread. */
final class Publisher {
    private static final int HEARTBEAT_MILLIS = 1_000;

    private final World world;
    private final JsonFrames json;
    private final BlockEncoder encoder;
    private final Sight sight;
    private final Counters<WorldCounter> counters;
    private final BitSet wanted = new BitSet();
    private long version;
    private long events;
    private int quietTicks;

    // What the connections of a tick want.
    private boolean eventsWanted;
    private boolean stateWanted;
    private boolean framesWanted;
    private @Nullable Map<Line, Aside> asides;

    Publisher(World world, Identity identity, Counters<WorldCounter> counters) {
        this.world = world;
        this.json = new JsonFrames(identity);
        this.encoder = new BlockEncoder(world.plan(), world.grid());
        this.sight = new Sight(world.plan(), world.grid());
        this.counters = counters;
    }

    void greet(List<Seat> greeted) {
        for (Seat seat : greeted) {
            Player player = world.player(seat.player());
            Line line = seat.known();
            if (player != null && line != null) {
                List<EncodedPacket> greeting = new ArrayList<>();
                greeting.add(json.welcome(world, player, line.session()));
                world.announced().forEach(retuned -> greeting.add(json.settings(retuned)));
                if (line.speech() != Line.Speech.EVENTS) {
                    greeting.add(json.directory(world));
                }
                line.greet(greeting);
            }
        }
    }

    FrameSet publish(Collection<Seat> seats) {
        ask(seats);
        EncodedPacket update = eventsWanted || !framesWanted ? update() : null;
        List<EncodedPacket> happened = json.events(world);
        EncodedPacket directory = framesWanted ? json.directoryChange(world) : null;
        long before = events;
        events += happened.size() + (directory == null ? 0 : 1);
        return new FrameSet(
                world.tick(),
                version,
                update,
                stateWanted ? state() : null,
                before,
                happened,
                framesWanted ? encoder.encode(world, wanted) : null,
                directory,
                asides == null ? Map.of() : asides);
    }

    /** Who wants to be told how, and what is told to one alone. */
    private void ask(Collection<Seat> seats) {
        eventsWanted = false;
        stateWanted = false;
        framesWanted = false;
        asides = null;
        wanted.clear();
        for (Seat seat : seats) {
            Line line = seat.known();
            if (line == null) {
                continue;
            }
            Aside aside;
            if (line.speech() == Line.Speech.EVENTS) {
                eventsWanted = true;
                stateWanted |= line.takeStateWish();
                aside = line.takeAnswer() ? answer(line) : Aside.NONE;
            } else {
                framesWanted = true;
                aside = watch(seat, line);
            }
            if (aside != Aside.NONE) {
                asides = asides == null ? new IdentityHashMap<>() : asides;
                asides.put(line, aside);
            }
        }
    }

    private Aside answer(Line line) {
        InputWindow window = line.window();
        return new Aside(json.ack(world.tick(), window.takenSeq(), window.takenLate()), 0, null);
    }

    /** Who is told in frames sees what is around their actor, and may know something of that alone. */
    private Aside watch(Seat seat, Line line) {
        int tardyTicks = line.takeAnswer() ? line.window().takenLate() : 0;
        Player player = seat.in(world);
        Body body = player == null ? null : player.body();
        if (line.speech() == Line.Speech.FRAMES) {
            CellArea before = line.area();
            CellArea area = sight.of(body, before);
            if (area != before) {
                line.see(area);
                sight.addNew(area, before, wanted);
            }
            line.takeWanted(wanted);
            if (body != null) {
                line.stand(Members.cellOf(body, world.grid()));
            }
        }
        OwnRow own = body == null || body.kind().ownCodec().length() == 0
                ? null
                : OwnRow.of(body, world.plan().kinds().size());
        boolean learns = own != null && line.learn(own);
        return tardyTicks > 0 || learns ? new Aside(null, tardyTicks, learns ? own : null) : Aside.NONE;
    }

    private @Nullable EncodedPacket update() {
        EncodedPacket update = json.update(world);
        quietTicks = update == null ? quietTicks + 1 : 0;
        if (quietTicks * world.settings().tickRate() >= HEARTBEAT_MILLIS) {
            update = json.heartbeat(world.tick());
            quietTicks = 0;
        }
        version += update == null ? 0 : 1;
        return update;
    }

    private EncodedPacket state() {
        counters.increment(WorldCounter.STATES_ENCODED);
        return json.state(world);
    }
}
