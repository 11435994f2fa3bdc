package dev.orrery.server;

import dev.orrery.transport.Socket;
import dev.orrery.wire.BinaryPacket;
import dev.orrery.wire.CellArea;
import dev.orrery.wire.CellGrid;
import dev.orrery.wire.Counters;
import dev.orrery.wire.WordReader;
import dev.orrery.world.Aside;
import dev.orrery.world.FrameComposer;
import dev.orrery.world.FrameSet;
import dev.orrery.world.Line;
import dev.orrery.world.OwnRow;
import dev.orrery.world.TickBlocks;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The frames of one client, composed out of blocks that all share. A client that does not acknowledge what it was sent is sent no more
 * until it does, and then everything at once: state is conflated, never queued. Owned by the connection's thread.
 */
final class FrameStream {
    private static final long HEARTBEAT_NANOS = TimeUnit.MILLISECONDS.toNanos(FrameComposer.HEARTBEAT_MILLIS);
    /** Beside its round trip, a client may take so long to acknowledge a frame. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** A longer one is the client's own making. */
    private static final long MAX_ROUND_TRIP_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** A client is told everything again, or a wrong cell, no more often than this. */
    private static final long REPAIR_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Line line;
    private final Socket socket;
    private final Workbench workbench;
    private final Counters<ServerCounter> counters;
    private final LongSupplier nanoTime;
    private final FrameComposer composer;
    private final Unacknowledged unacknowledged = new Unacknowledged();
    private boolean isStalled;
    private boolean isRestartDue;
    private long repairedAtNanos;
    private long sentAtNanos;

    FrameStream(
            CellGrid grid,
            Line line,
            Socket socket,
            Workbench workbench,
            Counters<ServerCounter> counters,
            LongSupplier nanoTime) {
        this.line = line;
        this.socket = socket;
        this.workbench = workbench;
        this.counters = counters;
        this.nanoTime = nanoTime;
        this.composer = new FrameComposer(grid, workbench.scratch);
        this.repairedAtNanos = nanoTime.getAsLong() - REPAIR_NANOS;
        line.speak(Line.Speech.NOTHING);
    }

    /** Whether nothing more may be sent until the client acknowledges what it has been sent. */
    boolean isStalled() {
        return isStalled;
    }

    /** The newest tick that a frame has told of. */
    long newestTick() {
        return unacknowledged.newestTick();
    }

    /** What a word says of frames. */
    void heard(WordReader word) {
        // Who cannot read on acknowledges all there is: nothing of it is of use any more.
        long newest = unacknowledged.newestTick();
        unacknowledged.acknowledge(word.isAnew() ? newest : word.tick(newest));
        isStalled &= !unacknowledged.isEmpty();
        if (word.isAnew()) {
            isRestartDue = true;
            line.speak(Line.Speech.FRAMES);
        }
        boolean isWrong = word.wrongCell() != WordReader.NO_CELL;
        if (isWrong && !isRestartDue && isRepairDue() && composer.heal(word.wrongCell())) {
            repairedAtNanos = nanoTime.getAsLong();
            counters.increment(ServerCounter.CELLS_HEALED);
        }
    }

    private boolean isRepairDue() {
        return nanoTime.getAsLong() - repairedAtNanos >= REPAIR_NANOS;
    }

    /** A tick has been stepped. */
    void published(FrameSet frames, boolean isWritable) {
        Aside aside = frames.aside(line);
        if (aside.own() != null) {
            composer.own(aside.own());
        }
        composer.tardy(aside.tardyTicks());
        TickBlocks blocks = frames.blocks();
        CellArea area = line.area();
        if (blocks == null || area == null) {
            return;
        }
        composer.look(area);
        OwnRow own = line.own();
        if (!composer.offer(blocks) && own != null) {
            composer.own(own);
        }
        long now = nanoTime.getAsLong();
        isStalled = isStalled || isTooMuchOnTheWay(now);
        if (isStalled || !isWritable) {
            counters.increment(ServerCounter.FRAMES_WITHHELD);
            return;
        }
        if (isRestartDue && isRepairDue()) {
            isRestartDue = false;
            repairedAtNanos = now;
            composer.restart();
        }
        send(blocks.tick(), now);
    }

    private boolean isTooMuchOnTheWay(long now) {
        return unacknowledged.isTooMuch(now, PATIENCE_NANOS)
                && unacknowledged.isTooMuch(
                        now, PATIENCE_NANOS + Math.clamp(socket.roundTripNanos(), 0, MAX_ROUND_TRIP_NANOS));
    }

    private void send(long tick, long now) {
        byte[] frame = composer.next(FrameComposer.BUDGET_BITS, line.home(), now - sentAtNanos >= HEARTBEAT_NANOS);
        if (frame != null) {
            BinaryPacket packet = workbench.packet();
            packet.fill(frame, composer.length());
            socket.sendHere(packet);
            unacknowledged.add(tick, composer.length(), now, composer.hasFull());
            sentAtNanos = now;
        }
        BitSet missing = composer.missing();
        if (missing != null) {
            line.want(missing);
        }
    }
}
