package dev.orrery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.socket.client.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The arguments of each event of one name, in the order they came in. Safe for any thread. */
final class Heard {
    /** Upper bound of what usually happens within a tenth of a second. */
    static final Duration SOON = Duration.ofSeconds(20);

    private final BlockingQueue<List<Object>> events = new LinkedBlockingQueue<>();

    static Heard of(Socket socket, String event) {
        Heard heard = new Heard();
        socket.on(event, heard::add);
        return heard;
    }

    void add(@Nullable Object... args) {
        events.add(Values.decode(args));
    }

    /** Takes the next ones, and waits for them. */
    List<List<Object>> next(int count) throws InterruptedException {
        List<List<Object>> taken = new ArrayList<>();
        while (taken.size() < count) {
            List<Object> event = events.poll(SOON.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(event)
                    .as("event %s of %s; before it: %s", taken.size(), count, taken)
                    .isNotNull();
            if (event != null) {
                taken.add(event);
            }
        }
        return taken;
    }

    List<Object> next() throws InterruptedException {
        return next(1).getFirst();
    }

    /** Takes those that are there. */
    List<List<Object>> rest() {
        List<List<Object>> taken = new ArrayList<>();
        events.drainTo(taken);
        return taken;
    }
}
