package dev.orrery.transport;

import dev.orrery.wire.Json;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Answers that a client owes. Overflow: the new one fails at once. Owned by the connection's thread. */
final class PendingAcks {
    private final EngineSession session;
    private final int limit;
    private final Map<Long, Pending> pending = new HashMap<>();

    private record Pending(CompletableFuture<List<Json>> answer, ScheduledFuture<?> timer) {}

    PendingAcks(EngineSession session, int limit) {
        this.session = session;
        this.limit = limit;
    }

    /** Waits for the answer of that id; false if there are too many, and the future has failed. */
    boolean add(long id, CompletableFuture<List<Json>> answer, Duration timeout) {
        if (pending.size() >= limit) {
            answer.completeExceptionally(
                    new IllegalStateException("the client owes as many acknowledgements as allowed: " + limit));
            return false;
        }
        ScheduledFuture<?> timer = session.loop().schedule(() -> expire(id), timeout.toMillis(), TimeUnit.MILLISECONDS);
        pending.put(id, new Pending(answer, timer));
        return true;
    }

    void answer(long id, List<Json> values) {
        Pending awaited = pending.remove(id);
        if (awaited != null) {
            awaited.timer.cancel(false);
            awaited.answer.complete(values);
        }
    }

    void cancel() {
        List<Pending> all = List.copyOf(pending.values());
        pending.clear();
        for (Pending awaited : all) {
            awaited.timer.cancel(false);
            awaited.answer.cancel(false);
        }
    }

    private void expire(long id) {
        Pending awaited = pending.remove(id);
        if (awaited != null) {
            awaited.answer.completeExceptionally(new TimeoutException("the client did not answer"));
        }
    }
}
