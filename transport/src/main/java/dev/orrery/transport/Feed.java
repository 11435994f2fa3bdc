package dev.orrery.transport;

import dev.orrery.wire.Counters;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands values, such as the ticks of a world, to those who follow them, each on its connection's thread. What each makes of a value
 * leaves in one write.
 *
 * @param <F> what is published; immutable
 */
public final class Feed<F> {
    private static final int MAILBOX_CAPACITY = 8;

    private final PerThread<Shard<F>> shards;

    Feed(Transport transport) {
        shards = transport.perThread(loop -> new Shard<>(loop, transport.counters()));
    }

    /** Hands a value to every follower. May be called by any one thread at a time. */
    public void publish(F value) {
        shards.forEach(shard -> shard.publish(value));
    }

    /**
     * Values go to the follower from now on, until the subscription is cancelled. On the socket's thread.
     *
     * @return cancels the subscription; on the socket's thread too
     */
    public Runnable follow(Socket socket, Consumer<F> follower) {
        Shard<F> shard = shards.of(socket);
        Subscription<F> subscription = new Subscription<>(socket, follower);
        shard.subscriptions.add(subscription);
        return () -> shard.cancel(subscription);
    }

    private static final class Subscription<F> {
        private final Socket socket;
        private final Consumer<F> follower;
        private boolean cancelled;

        private Subscription(Socket socket, Consumer<F> follower) {
            this.socket = socket;
            this.follower = follower;
        }

        private void deliver(F value) {
            if (cancelled || !socket.isConnected()) {
                return;
            }
            EngineSession session = socket.session();
            session.cork();
            try {
                follower.accept(value);
            } catch (RuntimeException e) {
                session.fail(e);
            } finally {
                session.uncork();
            }
        }
    }

    /**
     * The followers of one event loop, and a mailbox of a few values: ticks that are caught up with come in a bunch. Overflow: the
     * oldest value gives way, and followers notice the gap by what the values say.
     */
    private static final class Shard<F> {
        private final EventLoop loop;
        private final Counters<Counter> counters;
        private final List<Subscription<F>> subscriptions = new ArrayList<>();
        private final ArrayBlockingQueue<F> mailbox = new ArrayBlockingQueue<>(MAILBOX_CAPACITY);
        private final AtomicBoolean awake = new AtomicBoolean();
        private boolean delivering;

        private Shard(EventLoop loop, Counters<Counter> counters) {
            this.loop = loop;
            this.counters = counters;
        }

        private void publish(F value) {
            while (!mailbox.offer(value)) {
                mailbox.poll();
                counters.increment(Counter.FRAMES_REPLACED);
            }
            if (!awake.getAndSet(true)) {
                loop.execute(this::deliver);
            }
        }

        private void deliver() {
            awake.set(false);
            delivering = true;
            for (@Nullable F value = mailbox.poll(); value != null; value = mailbox.poll()) {
                final int count = subscriptions.size();
                for (int i = 0; i < count; i++) {
                    subscriptions.get(i).deliver(value);
                }
            }
            delivering = false;
            subscriptions.removeIf(subscription -> subscription.cancelled);
        }

        private void cancel(Subscription<F> subscription) {
            subscription.cancelled = true;
            if (!delivering) {
                subscriptions.remove(subscription);
            }
        }
    }
}
