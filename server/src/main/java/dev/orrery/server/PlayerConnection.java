package dev.orrery.server;

import dev.orrery.transport.Ack;
import dev.orrery.transport.Arguments;
import dev.orrery.transport.CloseReason;
import dev.orrery.transport.Feed;
import dev.orrery.transport.Socket;
import dev.orrery.transport.SocketListener;
import dev.orrery.wire.BlockException;
import dev.orrery.wire.Counters;
import dev.orrery.wire.EncodedPacket;
import dev.orrery.wire.Json;
import dev.orrery.wire.JsonValue;
import dev.orrery.wire.WireException;
import dev.orrery.wire.WordReader;
import dev.orrery.world.FrameSet;
import dev.orrery.world.InputWindow;
import dev.orrery.world.Line;
import dev.orrery.world.WorldCounter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A player's connection: inputs go into their seat's window, frame sets become packets. A client that does not keep up
 * gets nothing until its connection is writable again, and then the full state once: nothing queues up. One that speaks Orrery's parser
 * is told of the world in frames, see {@link FrameStream}, unless it says {@code plain}. Owned by the connection's thread.
 */
final class PlayerConnection implements SocketListener, Session.Connection {
    private static final double NANOS_PER_MILLISECOND = 1e6;
    /** Events that wait for one client. */
    private static final int MAX_EVENTS = 1_024;
    /** Divergences that one connection may have logged. */
    private static final int MAX_DIVERGENCES = 3;

    private static final Logger LOG = LoggerFactory.getLogger(PlayerConnection.class);

    private final Instance instance;
    private final Socket socket;
    private final Workbench workbench;
    private final String player;
    private final Line line;
    private final Counters<ServerCounter> serverCounters;
    private final Counters<WorldCounter> worldCounters;
    private final LongSupplier nanoTime;
    private final int[] input;
    private final ArrayDeque<EncodedPacket> events = new ArrayDeque<>();
    /** Whether any of them waits: a tick mostly has none, and does not look. */
    private boolean eventsWait;

    /** Null if the client is told of the world in events. */
    private @Nullable FrameStream stream;

    private long inputs;
    private int divergences;
    private Runnable unfollow = () -> {};
    private boolean welcomed;
    /** Whether the client has shown that it has got its welcome, and with it the newest secret. */
    private boolean confirmed;

    private long welcomedAtNanos;

    private boolean stateNeeded = true;
    /** Waits for the connection to be writable, and for the state: the newest says all. Only of who is told in events. */
    private @Nullable EncodedPacket ack;

    private long heldVersion;
    /** Events up to here are sent or kept; -1 before the first frame set. */
    private long seenEvents = -1;

    PlayerConnection(
            Instance instance,
            Socket socket,
            Workbench workbench,
            String player,
            Line line,
            Counters<ServerCounter> serverCounters,
            Counters<WorldCounter> worldCounters,
            LongSupplier nanoTime) {
        this.instance = instance;
        this.socket = socket;
        this.workbench = workbench;
        this.player = player;
        this.line = line;
        this.serverCounters = serverCounters;
        this.worldCounters = worldCounters;
        this.nanoTime = nanoTime;
        this.input = new int[instance.playerInput().rowLength()];
        this.stream = socket.isFramed()
                ? new FrameStream(instance.grid(), line, socket, workbench, serverCounters, nanoTime)
                : null;
    }

    @Override
    public Line line() {
        return line;
    }

    @Override
    public long roundTripNanos() {
        return socket.roundTripNanos();
    }

    @Override
    public void event(String name, Arguments arguments, Ack ack) {
        instance.meter().message();
        switch (name) {
            case "welcomed" -> confirm();
            case "input" -> input(arguments.first());
            case "clock" -> {
                Instance.TickTime newest = instance.newestTick();
                double elapsedMillis = (nanoTime.getAsLong() - newest.dueNanos()) / NANOS_PER_MILLISECOND;
                ack.reply(newest.tick(), elapsedMillis);
            }
            case "plain" -> {
                stream = null;
                line.speak(Line.Speech.EVENTS);
            }
            case "diverged" -> diverged(arguments.first());
            default -> serverCounters.increment(ServerCounter.EVENTS_UNKNOWN);
        }
    }

    /** {@code input {seq, tick?, view?, …fields}} */
    private void input(Json json) {
        double seq = json.get("seq").number(-1);
        double stamp = json.get("tick").number(InputWindow.NEXT_TICK);
        double view = json.get("view").number(InputWindow.NO_VIEW);
        if (seq < 0 || stamp < 0 || view < 0 || !instance.playerInput().read(json, input)) {
            worldCounters.increment(WorldCounter.INPUTS_MALFORMED);
            return;
        }
        offer((long) seq, (long) stamp, (long) view);
    }

    /** Inputs of words are numbered as they come. */
    @Override
    public void binary(byte[] message) throws WireException {
        instance.meter().message();
        FrameStream frames = stream;
        if (frames == null) {
            return; // it has said plain, but this was under way
        }
        WordReader word = workbench.word;
        try {
            word.begin(message);
            frames.heard(word);
            for (int i = 0; i < word.inputs(); i++) {
                word.next(instance.playerInput().wholeCodec(), input);
                long stamp = Math.max(1, word.stamp(instance.newestTick().tick()));
                boolean saw = word.view() != WordReader.NO_VIEW;
                long view = saw ? Math.max(1, word.tick(frames.newestTick()) - word.view()) : InputWindow.NO_VIEW;
                offer(++inputs, stamp, view);
            }
            word.end();
        } catch (BlockException e) {
            throw new WireException(WireException.Reason.BAD_WORD);
        }
        confirm();
    }

    private void offer(long seq, long stamp, long view) {
        worldCounters.increment(
                switch (line.window().offer(seq, stamp, view, input)) {
                    case ACCEPTED -> WorldCounter.INPUTS_ACCEPTED;
                    case LATE -> WorldCounter.INPUTS_LATE;
                    case STALE -> WorldCounter.INPUTS_STALE;
                    case EARLY -> WorldCounter.INPUTS_EARLY;
                });
    }

    /** {@code diverged {tick, actor, kind, field, predicted, actual}}: what a client computes otherwise than the server. */
    private void diverged(Json json) {
        serverCounters.increment(ServerCounter.DIVERGENCES);
        String kind = json.get("kind").text("");
        String field = json.get("field").text("");
        if (stream != null && divergences < MAX_DIVERGENCES && instance.hasField(kind, field)) {
            divergences++;
            LOG.warn(
                    "instance {}: a client computes {}.{} of actor {} otherwise at tick {}: {} and not {} quanta; its rules or its map"
                            + " are not the server's",
                    instance.id(),
                    kind,
                    field,
                    (long) json.get("actor").number(0),
                    (long) json.get("tick").number(0),
                    (long) json.get("predicted").number(0),
                    (long) json.get("actual").number(0));
        }
    }

    /** The socket has entered: the world's ticks reach it from now on. */
    void follow(Feed<FrameSet> ticks) {
        unfollow = ticks.follow(socket, this::published);
    }

    @Override
    public void end(Farewell reason) {
        socket.emit("closed", Map.of("code", reason.code(), "message", reason.sentence()));
        socket.disconnect();
    }

    @Override
    public void move(Invitation there) {
        socket.emit("moved", (JsonValue) there::write);
        socket.disconnect();
    }

    private void published(FrameSet frames) {
        List<EncodedPacket> greeting = line.greeting();
        if (greeting.isEmpty() || !isComplete(frames)) {
            return;
        }
        boolean writable = socket.isWritable();
        if (writable) {
            if (!welcomed) {
                welcomed = true;
                welcomedAtNanos = nanoTime.getAsLong();
                greeting.forEach(socket::send);
            } else if (!confirmed && socket.answeredPingAtNanos() - welcomedAtNanos > 0) {
                confirm();
            }
        }
        FrameStream inFrames = stream;
        if (inFrames != null) {
            if (writable && !inFrames.isStalled()) {
                sendEvents(); // kept from earlier ticks: settings may hold by now
            }
            inFrames.published(frames, writable);
            if (frames.directory() != null) {
                events.add(frames.directory());
                eventsWait = true;
            }
        } else if (writable) {
            sendWorld(frames);
        } else {
            stateNeeded = true;
            serverCounters.increment(ServerCounter.UPDATES_WITHHELD);
        }
        if (!frames.events().isEmpty()) {
            events.addAll(frames.events());
            eventsWait = true;
        }
        if (writable && (inFrames == null || !inFrames.isStalled())) {
            sendEvents();
        }
        if (inFrames == null) {
            acknowledge(frames.aside(line).ack(), writable);
        }
    }

    private void acknowledge(@Nullable EncodedPacket newest, boolean writable) {
        ack = newest == null ? ack : newest;
        if (ack != null && writable && !stateNeeded) {
            socket.send(ack);
            ack = null;
        }
    }

    private void sendEvents() {
        if (!eventsWait) {
            return;
        }
        eventsWait = false;
        for (EncodedPacket event = events.poll(); event != null; event = events.poll()) {
            socket.send(event);
        }
    }

    /** The client has got its welcome: it says so, or it has answered a ping that was sent behind it. */
    private void confirm() {
        if (welcomed && !confirmed) {
            confirmed = true;
            instance.sessions().confirm(this, player);
        }
    }

    /**
     * Whether no event was lost on the way from the world, and those that wait here are not too many. If not, the client is disconnected, as it
     * would miss one.
     */
    private boolean isComplete(FrameSet frames) {
        int happened = frames.events().size() + (frames.directory() == null ? 0 : 1);
        boolean gap = seenEvents >= 0 && frames.eventsBefore() != seenEvents;
        seenEvents = frames.eventsBefore() + happened;
        if (gap || happened > 0 && events.size() + happened >= MAX_EVENTS) {
            serverCounters.increment(ServerCounter.EVENTS_OVERFLOWED);
            end(Farewell.TOO_SLOW);
            return false;
        }
        return true;
    }

    private void sendWorld(FrameSet frames) {
        EncodedPacket update = frames.update();
        EncodedPacket state = frames.state();
        if (!stateNeeded && update != null && frames.version() == heldVersion + 1) {
            socket.send(update);
            heldVersion = frames.version();
        } else if (stateNeeded || frames.version() != heldVersion) {
            stateNeeded = state == null;
            if (state == null) {
                line.wantState();
            } else {
                socket.send(state);
                heldVersion = frames.version();
            }
        }
    }

    @Override
    public void closed(CloseReason reason) {
        unfollow.run();
        instance.sessions().ended(this, player, reason == CloseReason.CLIENT_LEFT);
    }
}
