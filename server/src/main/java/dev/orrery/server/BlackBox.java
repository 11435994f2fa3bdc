package dev.orrery.server;

import dev.orrery.rules.Settings;
import dev.orrery.world.GameFailure;
import dev.orrery.world.Journal;
import dev.orrery.world.Plan;
import dev.orrery.world.Recorder;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The flight recording of an instance, and what is told of its game's failures. May be used by any thread. */
final class BlackBox {
    private static final Logger LOG = LoggerFactory.getLogger(BlackBox.class);

    private final String id;
    private final Recorder recorder;
    private final Recordings recordings;

    /** @param settings with which the instance begins */
    BlackBox(String id, Plan plan, String hash, int seed, Settings settings, Recordings recordings) {
        this.id = id;
        this.recorder = Recorder.flight(plan, hash, seed, settings);
        this.recordings = recordings;
    }

    Journal journal() {
        return recorder;
    }

    /** The last half minute to minute, as it can be replayed. */
    byte[] recording() {
        return recorder.recording();
    }

    /** The game threw and its world has stepped back: once for each time, as a game that goes on throwing is soon given up. */
    void failed(GameFailure failure) {
        LOG.warn(
                "instance {}: {}; its world has returned to the end of tick {}{}",
                id,
                failure,
                failure.tick() - 1,
                failure.isLast() ? "" : " and goes on without that",
                failure.thrown());
    }

    /** Keeps what led to the end, on a thread of its own: the world's has others to step. */
    void keep(long tick) {
        byte[] recording = recording();
        Thread.ofVirtual().name("recording-" + id).start(() -> write(tick, recording));
    }

    private void write(long tick, byte[] recording) {
        try {
            Path file = recordings.keep(id, tick, recording);
            LOG.error("instance {}: what led to its end can be replayed: ./orrery replay {}", id, file);
        } catch (IOException e) {
            LOG.error("instance {}: its recording of {} bytes could not be kept", id, recording.length, e);
        }
    }
}
