package dev.orrery.server;

import dev.orrery.rules.Settings;
import dev.orrery.transport.Ids;
import dev.orrery.world.Command;
import dev.orrery.world.Effect;
import dev.orrery.world.Outgoing;
import dev.orrery.world.World;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instances of a node: who goes where, when another is opened, and what one sends to another. One of them always takes
 * players, unless the node drains or all are full. May be used by any thread; who is placed where is decided under one lock.
 */
final class Instances implements Neighbours {
    private static final Logger LOG = LoggerFactory.getLogger(Instances.class);
    private static final int ID_LENGTH = 8;
    private static final long SWEEP_NANOS = 1_000_000_000;
    /** Parties that are remembered. Overflow: the one that was not heard of for longest is forgotten. */
    private static final int MAX_PARTIES = 10_000;

    private final Host host;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final List<Instance> all = new CopyOnWriteArrayList<>();

    /** Guarded by this: party → id of the instance in which it meets. */
    private final Map<String, String> parties = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MAX_PARTIES;
        }
    };

    /** Guarded by this: with which further instances begin. */
    private Settings settings;

    private volatile boolean draining;

    Instances(Host host, Settings settings, InstantSource clock) {
        this.host = host;
        this.settings = settings;
        this.clock = clock;
    }

    /** Opens the first instance; from now on they come and go. */
    void start() {
        synchronized (this) {
            open();
        }
        host.workers().wake(new Task(new Sweep()), host.workers().nanoTime() + SWEEP_NANOS);
    }

    // ---- who goes where ----

    /**
     * Holds a seat for a player: where they sit already, or where their party meets, or in the least loaded instance that has
     * room; another one is opened if none has.
     *
     * @param party name of a group that wants to be together; empty for none
     * @return null if all seats of as many instances as allowed are taken
     */
    @Nullable
    Placement place(String player, String name, String party) {
        return place(player, name, party, null);
    }

    private synchronized @Nullable Placement place(
            String player, String name, String party, @Nullable Instance except) {
        if (draining) {
            return null;
        }
        long now = clock.millis();
        String meets = party.isEmpty() ? "" : parties.getOrDefault(party, "");
        // Each is asked once: what they answer changes meanwhile.
        List<Instance> candidates = all.stream()
                .filter(instance -> instance != except && instance.phase() == Instance.Phase.RUNNING)
                .map(instance -> new Candidate(
                        instance,
                        instance.sessions().holds(player) ? 0 : instance.id().equals(meets) ? 1 : 2,
                        instance.fullness(now)))
                .sorted(Comparator.comparingInt(Candidate::rank).thenComparingDouble(Candidate::fullness))
                .map(Candidate::instance)
                .toList();
        for (Instance candidate : candidates) {
            Placement placement = reserve(candidate, player, name, now);
            if (placement != null) {
                remember(party, candidate);
                return placement;
            }
        }
        if (isFull()) {
            return null;
        }
        Instance opened = open();
        remember(party, opened);
        return reserve(opened, player, name, now);
    }

    /** @param rank 0 if the player has a seat there, 1 if their party meets there, else 2 */
    private record Candidate(Instance instance, int rank, double fullness) {}

    private @Nullable Placement reserve(Instance instance, String player, String name, long nowMillis) {
        Ticket ticket = host.tickets().create(instance.id(), player, name);
        return instance.reserve(ticket, nowMillis) ? new Placement(instance, ticket) : null;
    }

    private void remember(String party, Instance instance) {
        if (!party.isEmpty()) {
            parties.put(party, instance.id());
        }
    }

    /** One that hangs keeps its place: its thread and its world are still there, and there may be no end of those. */
    private boolean isFull() {
        return all.size() + host.workers().abandoned() >= host.config().max();
    }

    private Instance open() {
        Instance instance = new Instance(newId(), host, this, settings, random.nextInt());
        all.add(instance);
        host.counters().increment(ServerCounter.INSTANCES_OPENED);
        LOG.info("instance {} opened, {} in all", instance.id(), all.size());
        instance.start();
        return instance;
    }

    private static String newId() {
        String letters = Ids.secret().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return letters.length() < ID_LENGTH ? newId() : letters.substring(0, ID_LENGTH);
    }

    // ---- from one to another ----

    /** What goes wrong here is no fault of the world whose tick it was: it is logged, and the next effect follows. */
    @Override
    public void perform(Instance from, List<Outgoing> effects) {
        for (Outgoing effect : effects) {
            if (from.isFenced()) {
                return;
            }
            try {
                switch (effect.effect()) {
                    case Effect.Send(String to, Command command) -> send(from, to, command);
                    case Effect.Transfer transfer -> transfer(from, transfer);
                }
            } catch (RuntimeException | Error e) {
                LOG.error("an effect of instance {} could not be performed: {}", from.id(), effect, e);
            }
        }
    }

    private void send(Instance from, String to, Command command) {
        boolean known = false;
        for (Instance instance : all) {
            if (instance != from && (to.equals(World.OTHERS) || to.equals(instance.id()))) {
                known = true;
                host.counters()
                        .increment(
                                instance.command(command) ? ServerCounter.COMMANDS_SENT : ServerCounter.COMMANDS_LOST);
            }
        }
        if (!known && !to.equals(World.OTHERS)) {
            host.counters().increment(ServerCounter.COMMANDS_LOST);
        }
    }

    /** The player's world has let them go already: they are taken elsewhere, or arrive there again. */
    private void transfer(Instance from, Effect.Transfer transfer) {
        Placement there = placeElsewhere(from, transfer);
        if (there != null && there.instance().expect(there.ticket(), transfer)) {
            if (from.sendOn(there, transfer)) {
                host.counters().increment(ServerCounter.PLAYERS_MOVED);
            } else {
                there.instance().sessions().dismiss(transfer.player());
            }
        } else if (from.takeBack(transfer)) {
            host.counters().increment(ServerCounter.PLAYERS_RETURNED);
        }
    }

    private @Nullable Placement placeElsewhere(Instance from, Effect.Transfer transfer) {
        try {
            return place(transfer.player(), transfer.name(), "", from);
        } catch (RuntimeException | Error e) {
            LOG.error("no instance could be opened for a player of {}; they stay there", from.id(), e);
            return null;
        }
    }

    @Override
    public void closed(Instance instance) {
        all.remove(instance);
    }

    // ---- what an operator sees and does ----

    /** Those that are not closed, oldest first. */
    List<Instance> all() {
        return all;
    }

    Optional<Instance> find(String id) {
        return all.stream().filter(instance -> instance.id().equals(id)).findFirst();
    }

    /** Opens one more; null if there are as many as allowed, or the node drains. */
    synchronized @Nullable Instance openAnother() {
        return draining || isFull() ? null : open();
    }

    /** With which further instances begin. */
    synchronized Settings settings() {
        return settings;
    }

    /** Changes those with which further instances begin; the ones that run are changed one by one. */
    synchronized void change(SettingsPatch patch) {
        settings = patch.apply(settings);
    }

    boolean isDraining() {
        return draining;
    }

    /** Nobody joins any more; players are told, and each instance closes when it is empty or the time is over. */
    void drain(long millis) {
        synchronized (this) {
            draining = true; // nobody is being placed now, and nobody will be
        }
        all.forEach(instance -> instance.drain(millis));
    }

    void close(Farewell farewell) {
        synchronized (this) {
            draining = true;
        }
        all.forEach(instance -> instance.close(farewell));
    }

    /** What is to be done once a second, beside the worlds. */
    private final class Sweep implements Workers.Job {
        @Override
        public long run(long dueNanos) {
            try {
                sweepAll();
            } catch (RuntimeException e) {
                LOG.error("instances could not be looked after; the next try is in a second", e);
            }
            return host.workers().nanoTime() + SWEEP_NANOS;
        }

        @Override
        public long periodNanos() {
            return SWEEP_NANOS;
        }

        @Override
        public void hung(Hang hang) {
            LOG.error(
                    "looking after the instances has not ended for {} ms; this node must be restarted",
                    hang.millis(),
                    hang.where());
        }
    }

    private void sweepAll() {
        long now = clock.millis();
        long takers = all.stream()
                .filter(instance -> instance.phase() == Instance.Phase.RUNNING)
                .count();
        for (Instance instance : all) {
            boolean took = instance.phase() == Instance.Phase.RUNNING;
            instance.sweep(takers > 1, now);
            takers -= took && instance.phase() != Instance.Phase.RUNNING ? 1 : 0;
        }
    }
}
