package dev.orrery.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.util.ArrayList;

/**
 * The sessions of one event loop that have something to send: whatever is queued while the loop does one thing leaves in one
 * write and one flush for each of them. Owned by the loop's thread.
 */
final class Flusher implements Runnable {
    private static final int SPARE_BYTES = 4_096;

    private final EventLoop loop;
    private ArrayList<EngineSession> dirty = new ArrayList<>();
    private ArrayList<EngineSession> flushing = new ArrayList<>();
    private final SpareBuffer spare = new SpareBuffer(SPARE_BYTES);

    Flusher(EventLoop loop) {
        this.loop = loop;
    }

    /** The session is flushed when the loop has done what it is doing. */
    void add(EngineSession session) {
        if (dirty.isEmpty()) {
            loop.execute(this);
        }
        dirty.add(session);
    }

    /**
     * An empty direct buffer for one write, which releases it, to a channel in which nothing waits. Nearly always that write is over
     * when its flush returns, so one buffer serves the batches of all connections.
     */
    ByteBuf batch(int bytes) {
        return bytes > SPARE_BYTES ? Unpooled.directBuffer(bytes) : spare.take();
    }

    /** When the loop has ended. */
    void close() {
        spare.close();
    }

    @Override
    public void run() {
        final ArrayList<EngineSession> now = dirty;
        dirty = flushing;
        flushing = now;
        for (int i = 0; i < now.size(); i++) {
            now.get(i).flushOrFail(); // the others of this round are flushed all the same
        }
        now.clear();
    }
}
