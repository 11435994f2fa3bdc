package dev.orrery.server;

import dev.orrery.rules.Settings;
import dev.orrery.world.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Changes settings while worlds run. Each world puts a change on top of the one before, so that two at once do not undo one
 * another. Blocks until worlds have announced it; may be used by any thread, but none of a world.
 */
final class Tuning {
    private static final long TIMEOUT_MILLIS = 2_000;

    private final Instances instances;

    Tuning(Instances instances) {
        this.instances = instances;
    }

    /** @param atTick from which on the settings hold */
    record Announced(String instance, Settings settings, long atTick) {}

    /** A change that was asked for but not heard of yet. */
    private record Asked(Instance instance, CompletableFuture<Entry.Retuned> announced) {}

    /**
     * Changes one instance.
     *
     * @throws RejectedException if its world did not announce it in time
     */
    Announced change(Instance instance, SettingsPatch patch) throws RejectedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        return await(ask(instance, patch), deadline);
    }

    /**
     * Changes further instances and all that run; of those, the ones that close meanwhile are left out.
     *
     * @throws RejectedException if a world did not announce it in time; the others have
     */
    List<Announced> changeAll(SettingsPatch patch) throws RejectedException {
        instances.change(patch); // first, so that none can be opened without it
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
        List<Asked> asked = new ArrayList<>();
        for (Instance instance : instances.all()) {
            asked.add(ask(instance, patch));
        }
        List<Announced> announced = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (Asked one : asked) {
            try {
                announced.add(await(one, deadline));
            } catch (RejectedException e) {
                if (one.instance().phase() != Instance.Phase.CLOSED) {
                    silent.add(one.instance().id());
                }
            }
        }
        if (!silent.isEmpty()) {
            throw timeout("All instances but " + String.join(", ", silent)
                    + " have taken the settings, as will further ones; look at those, and try again.");
        }
        return announced;
    }

    private static Asked ask(Instance instance, SettingsPatch patch) {
        CompletableFuture<Entry.Retuned> announced = new CompletableFuture<>();
        if (!instance.retune(patch::apply, announced::complete)) {
            announced.cancel(false);
        }
        return new Asked(instance, announced);
    }

    private static Announced await(Asked asked, long deadlineNanos) throws RejectedException {
        String id = asked.instance().id();
        try {
            long left = Math.max(0, deadlineNanos - System.nanoTime());
            Entry.Retuned retuned = asked.announced().get(left, TimeUnit.NANOSECONDS);
            return new Announced(id, retuned.settings(), retuned.fromTick());
        } catch (ExecutionException | TimeoutException | CancellationException e) {
            throw timeout("Instance " + id
                    + " has not announced the settings within 2 seconds; look at its load, and try again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw timeout("The server is closing.");
        }
    }

    private static RejectedException timeout(String sentence) {
        return new RejectedException(504, "not-announced", sentence);
    }
}
