package dev.orrery.transport;

import io.netty.channel.EventLoop;
import java.util.ArrayList;

/**
 * The sessions of one event loop that have something to send: whatever is queued while the loop does one thing leaves in one
 * write and one flush for each of them. Owned by the loop's thread.
 */
final class Flusher implements Runnable {
    private final EventLoop loop;
    private ArrayList<EngineSession> dirty = new ArrayList<>();
    private ArrayList<EngineSession> flushing = new ArrayList<>();

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

    @Override
    public void run() {
        final ArrayList<EngineSession> now = dirty;
        dirty = flushing;
        flushing = now;
        for (int i = 0; i < now.size(); i++) {
            now.get(i).flush();
        }
        now.clear();
    }
}
