package dev.orrery.server;

import dev.orrery.transport.Ack;
import dev.orrery.transport.Arguments;
import dev.orrery.transport.CloseReason;
import dev.orrery.transport.Feed;
import dev.orrery.transport.Socket;
import dev.orrery.transport.SocketListener;
import dev.orrery.wire.Counters;
import dev.orrery.wire.EncodedPacket;
import dev.orrery.wire.Json;
import dev.orrery.wire.JsonValue;
import dev.orrery.world.FrameSet;
import dev.orrery.world.InputWindow;
import dev.orrery.world.Line;
import dev.orrery.world.WorldCounter;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A player's connection: inputs go into their seat's window, frame sets become packets. A client that does not keep up
 * gets nothing until its connection is writable again, and then the full state once: nothing queues up. Owned by the
 * connection's thread.
 */
final class PlayerConnection implements SocketListener, Session.Connection {
    private static final double NANOS_PER_MILLISECOND = 1e6;
    /** Events that wait for one client. */
    private static final int MAX_EVENTS = 1_024;

    private final Instance instance;
    private final Socket socket;
    private final String player;
    private final Line line;
    private final Counters<ServerCounter> serverCounters;
    private final Counters<WorldCounter> worldCounters;
    private final LongSupplier nanoTime;
    private final int[] input;
    private final ArrayDeque<EncodedPacket> events = new ArrayDeque<>();
    private Runnable unfollow = () -> {};
    private boolean welcomed;
    /** Whether the client has shown that it has got its welcome, and with it the newest secret. */
    private boolean confirmed;

    private long welcomedAtNanos;

    private boolean stateNeeded = true;
    private long heldVersion;
    /** Events up to here are sent or kept; -1 before the first frame set. */
    private long seenEvents = -1;

    PlayerConnection(
            Instance instance,
            Socket socket,
            String player,
            Line line,
            Counters<ServerCounter> serverCounters,
            Counters<WorldCounter> worldCounters,
            LongSupplier nanoTime) {
        this.instance = instance;
        this.socket = socket;
        this.player = player;
        this.line = line;
        this.serverCounters = serverCounters;
        this.worldCounters = worldCounters;
        this.nanoTime = nanoTime;
        this.input = new int[instance.playerInput().rowLength()];
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
        worldCounters.increment(
                switch (line.window().offer((long) seq, (long) stamp, (long) view, input)) {
                    case ACCEPTED -> WorldCounter.INPUTS_ACCEPTED;
                    case LATE -> WorldCounter.INPUTS_LATE;
                    case STALE -> WorldCounter.INPUTS_STALE;
                    case EARLY -> WorldCounter.INPUTS_EARLY;
                });
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
        if (greeting.isEmpty() || !keep(frames)) {
            return;
        }
        if (!socket.isWritable()) {
            stateNeeded = true;
            serverCounters.increment(ServerCounter.UPDATES_WITHHELD);
            return;
        }
        if (!welcomed) {
            welcomed = true;
            welcomedAtNanos = nanoTime.getAsLong();
            greeting.forEach(socket::send);
        } else if (!confirmed && socket.answeredPingAtNanos() - welcomedAtNanos > 0) {
            confirm();
        }
        sendWorld(frames);
        for (EncodedPacket event = events.poll(); event != null; event = events.poll()) {
            socket.send(event);
        }
        EncodedPacket ack = frames.ack(line);
        if (ack != null) {
            socket.send(ack);
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
     * Keeps events until they can be sent. Overflow, here or on the way from the world: the client is disconnected, as it
     * would miss one.
     */
    private boolean keep(FrameSet frames) {
        List<EncodedPacket> happened = frames.events();
        boolean gap = seenEvents >= 0 && frames.eventsBefore() != seenEvents;
        seenEvents = frames.eventsBefore() + happened.size();
        if (gap || events.size() + happened.size() > MAX_EVENTS) {
            serverCounters.increment(ServerCounter.EVENTS_OVERFLOWED);
            end(Farewell.TOO_SLOW);
            return false;
        }
        events.addAll(happened);
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
