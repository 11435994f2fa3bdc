package dev.orrery.world;

import dev.orrery.rules.Digest;
import dev.orrery.rules.FieldTable;
import dev.orrery.rules.Kind;
import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import dev.orrery.rules.Solo;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The complete deterministic state of an instance. Games see it in their methods; {@link #step} is the whole of its
 * behaviour: same game, seed and entries, same world, bit for bit. Owned by the world's thread.
 */
public final class World {
    /** Addresses all other instances of the game: {@link #send}. */
    public static final String OTHERS = "*";

    private static final int SLOT_BITS = 16;
    private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;
    private static final int MAX_ACTORS = 1 << SLOT_BITS;
    private static final int GENERATION_MASK = 0x7FFF;

    private final Game game;
    private final Plan plan;
    private final List<@Nullable Body> bodies = new ArrayList<>();
    private final List<Integer> generations = new ArrayList<>();
    private final Map<Object, Body> byActor = new IdentityHashMap<>();
    private final Map<String, Player> players = new LinkedHashMap<>();
    private final List<Entry.Retuned> announced = new ArrayList<>();
    private final List<Player> travellers = new ArrayList<>();
    private final List<Effect> outbox = new ArrayList<>();
    private final Changes changes = new Changes();
    private final Places places;
    private final Digest digest = new Digest();
    private final int seed;
    private Settings settings;
    private long tick;
    private int draws;

    /**
     * Makes the world of tick 0.
     *
     * @param settings in force until others are announced
     * @param seed of all its randomness
     */
    public World(Game game, Plan plan, Settings settings, int seed) {
        this.game = game;
        this.plan = plan;
        this.seed = seed;
        this.settings = settings;
        this.places = new Places(plan.kinds());
        // Slot 0 stays empty, so that id 0 can mean "no actor".
        bodies.add(null);
        generations.add(0);
        game.start(this);
        snap();
        hash();
    }

    // ---- the tick ----

    /** Takes the world from the end of one tick to the end of the next. */
    public void step(List<Entry> entries) {
        begin();
        admit(entries);
        solo();
        interact();
        depart();
        snap();
        hash();
    }

    private void begin() {
        tick++;
        if (!announced.isEmpty() && announced.getFirst().fromTick() == tick) {
            settings = announced.removeFirst().settings();
        }
        for (Body body : bodies) {
            if (body != null) {
                body.fresh = false;
            }
        }
        draws = 0;
        changes.clear();
        outbox.clear();
    }

    private void admit(List<Entry> entries) {
        for (Entry entry : entries) {
            switch (entry) {
                case Entry.Joined joined -> game.join(this, enter(joined.player(), joined.name()));
                case Entry.Arrived arrived -> arrive(arrived);
                case Entry.Dropped dropped -> present(dropped.player()).away(true);
                case Entry.Resumed resumed -> present(resumed.player()).away(false);
                case Entry.Left left -> leave(left);
                case Entry.Steered steered -> steer(steered);
                case Entry.Commanded commanded -> game.command(this, commanded.command());
                case Entry.Retuned retuned -> retune(retuned);
            }
        }
    }

    private void solo() {
        final Object map = plan.map();
        for (int slot = 1; slot < bodies.size(); slot++) {
            Body body = bodies.get(slot);
            if (body != null && body.actor() instanceof Solo<?, ?> actor) {
                solo(actor, body, map);
            }
        }
        places.forget();
    }

    private void interact() {
        game.tick(this);
    }

    /** Those whom the game has sent elsewhere go, with what they have become in this tick. */
    private void depart() {
        while (!travellers.isEmpty()) {
            Player player = travellers.getFirst();
            Body body = player.body();
            int[] row = body == null ? new int[0] : new int[body.row.length];
            if (body != null) {
                body.kind().kind().write(body.actor(), row, 0);
            }
            String kind = body == null ? "" : body.kind().name();
            outbox.add(new Effect.Transfer(player.id(), player.name(), kind, row));
            remove(player);
        }
    }

    private void snap() {
        for (int slot = 1; slot < bodies.size(); slot++) {
            Body body = bodies.get(slot);
            if (body != null) {
                body.snap();
            }
        }
    }

    private void hash() {
        digest.clear();
        for (int slot = 1; slot < bodies.size(); slot++) {
            Body body = bodies.get(slot);
            if (body != null) {
                digest.add(body.id(), body.kind().index(), body.row, 0, body.row.length);
            }
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes", "NullAway"}) // Plan.player ties actor, input and map together.
    private void solo(Solo actor, Body body, Object map) {
        actor.step(body.input, map, settings);
    }

    private Player enter(String id, String name) {
        Player player = new Player(id, name, this);
        if (players.putIfAbsent(id, player) != null) {
            throw new IllegalStateException("joined twice: player=" + id);
        }
        directoryChanged(player);
        return player;
    }

    private void arrive(Entry.Arrived arrived) {
        Player player = enter(arrived.player(), arrived.name());
        player.away(true);
        ActorKind kind = plan.kindNamed(arrived.kind());
        if (kind == null) {
            game.join(this, player);
            return;
        }
        Object actor = kind.kind().create();
        kind.kind().read(kind.withoutRefs(arrived.row()), 0, actor);
        game.arrive(this, player, actor);
    }

    private void leave(Entry.Left left) {
        remove(present(left.player()));
    }

    private void remove(Player player) {
        travellers.remove(player);
        players.remove(player.id());
        game.leave(this, player);
        player.release();
        changes.directory.remove(player);
        changes.left.add(player.id());
    }

    private Player present(String id) {
        Player player = players.get(id);
        if (player == null) {
            throw new IllegalStateException("is not in this world: player=" + id);
        }
        return player;
    }

    private void retune(Entry.Retuned retuned) {
        announced.add(retuned);
        changes.retuned.add(retuned);
    }

    private void steer(Entry.Steered steered) {
        present(steered.player()).wants(steered.row());
    }

    // ---- what a game sees ----

    /** Number of the tick being stepped; 0 in {@link Game#start}. */
    public long tick() {
        return tick;
    }

    /** Those in force in this tick. */
    public Settings settings() {
        return settings;
    }

    /** A number from 0 inclusive to 1 exclusive, of this world's own stream: every replica draws the same. */
    public double random() {
        return Rand.unit(seed, (int) tick, draws++, 0);
    }

    /** A number from 0 inclusive to {@code bound} exclusive, of the same stream. */
    public int random(int bound) {
        return Rand.below(bound, seed, (int) tick, draws++, 0);
    }

    /** The game's map. */
    public <M> M map(Class<M> type) {
        return type.cast(plan.map());
    }

    /** The players, in the order in which they joined. */
    public Collection<Player> players() {
        return players.values();
    }

    /**
     * Puts an actor into the world. One that comes with a join takes part from the same tick's solo step on; one that comes
     * in {@link Game#tick}, which is after it, from the next.
     *
     * @return the actor
     * @throws IllegalArgumentException if its class is no kind of the plan
     */
    public <A> A spawn(A actor) {
        int slot = freeSlot();
        int generation = generations.get(slot) + 1 & GENERATION_MASK;
        generations.set(slot, generation);
        Body body = new Body(generation << SLOT_BITS | slot, actor, plan.kindOf(actor));
        if (byActor.putIfAbsent(actor, body) != null) {
            throw new IllegalStateException("spawned twice: " + actor);
        }
        bodies.set(slot, body);
        places.forget();
        return actor;
    }

    /** Takes an actor out of the world; nothing happens if it is null or already gone. */
    public void despawn(@Nullable Object actor) {
        Body body = actor == null ? null : byActor.remove(actor);
        if (body == null) {
            return;
        }
        bodies.set(body.slot(), null);
        places.forget();
        if (!body.fresh) {
            changes.gone.add(body.id());
        }
        if (body.player != null) {
            body.player.release();
        }
    }

    /** All actors of a class in id order: a list of its own, so actors may come and go while it is walked. */
    public <A> List<A> all(Class<A> type) {
        List<A> all = new ArrayList<>();
        for (int slot = 1; slot < bodies.size(); slot++) {
            Body body = bodies.get(slot);
            if (body != null && body.kind().type() == type) {
                all.add(type.cast(body.actor()));
            }
        }
        return all;
    }

    /**
     * The actors of a class within a radius of another, itself left out, in id order. Places are those after the solo
     * steps, and for all anew when an actor has come or gone; ask before moving actors by hand.
     *
     * @param radius px, the rim included
     */
    public <A> List<A> near(Object actor, double radius, Class<A> type) {
        int count = places.near(bodies, body(actor).slot(), radius);
        List<A> near = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Body body = bodies.get(places.found()[i]);
            if (body != null && body.kind().type() == type) {
                near.add(type.cast(body.actor()));
            }
        }
        return near;
    }

    /** Tells all players of something that has happened; they get it with this tick, in order, and once. */
    public void emit(Object event) {
        Kind<Object> kind = plan.eventKindOf(event);
        int[] row = new int[kind.table().rowLength()];
        kind.write(event, row, 0);
        changes.events.add(new Event.Emitted(kind.table(), row));
    }

    /** Says something to all players, in words: the event {@code announcement {text}}. */
    public void say(String text) {
        changes.events.add(new Event.Said(text));
    }

    // ---- other worlds ----

    /**
     * Sends a command to another instance of this game, or to all others, on whatever node they are. It arrives once, some
     * ticks later, in the order in which this world sent it; or not at all, if there is no such instance or its inbox is full.
     *
     * @param to id of the instance, or {@link #OTHERS}
     */
    public void send(String to, Command command) {
        outbox.add(new Effect.Send(to, command));
    }

    /**
     * Sends a player, with the actor they control, to another instance of this game: at the end of this tick they leave this
     * world, {@link Game#leave} included, and arrive there by {@link Game#arrive}. Their client follows by itself. If no other
     * instance can take them, they arrive here again.
     */
    public void transfer(Player player) {
        if (players.get(player.id()) == player && !travellers.contains(player)) {
            travellers.add(player);
        }
    }

    /** The id of an actor: what other actors and events refer to it by. Never 0. */
    public int ref(Object actor) {
        return body(actor).id();
    }

    /** The actor with an id; null if it is gone or of another class. */
    public <A> @Nullable A get(Class<A> type, int id) {
        int slot = slotOf(id);
        Body body = slot < bodies.size() ? bodies.get(slot) : null;
        return body != null && body.id() == id && type.isInstance(body.actor()) ? type.cast(body.actor()) : null;
    }

    /** The player who controls an actor; null if none does. */
    public @Nullable Player playerOf(Object actor) {
        return body(actor).player;
    }

    /**
     * Steers an actor that no player controls, from the next tick on: how server-side characters move by the same rules
     * as players.
     *
     * @param input of the class that steers the actor's kind; copied
     */
    public void steer(Object actor, Object input) {
        Body body = body(actor);
        InputKind steering = body.kind().input();
        if (steering == null) {
            throw new IllegalArgumentException("kind " + body.kind().name() + " takes no input");
        }
        int[] row = new int[steering.rowLength()];
        steering.kind().write(input, row, 0);
        body.steer(row);
    }

    // ---- what frames are made of ----

    Plan plan() {
        return plan;
    }

    Changes changes() {
        return changes;
    }

    /** What the newest tick wants done outside, in its order. */
    List<Effect> outbox() {
        return outbox;
    }

    /** Settings that will hold from later ticks on, in their order. */
    List<Entry.Retuned> announced() {
        return announced;
    }

    Readings readings() {
        int actors = 0;
        int bytes = 0;
        for (int slot = 1; slot < bodies.size(); slot++) {
            Body body = bodies.get(slot);
            if (body != null) {
                actors++;
                bytes += Integer.BYTES * body.row.length;
            }
        }
        int away = 0;
        for (Player player : players.values()) {
            away += player.isAway() ? 1 : 0;
            bytes += player.name().length() + player.id().length();
        }
        return new Readings(tick, players.size(), away, actors, bytes, settings, List.copyOf(announced));
    }

    /** Two lanes over every field of every actor at the end of the tick; who is away, and what is announced, is not in it. */
    public Digest digest() {
        return digest;
    }

    /** A player has come, or has another actor: the others are told. */
    void directoryChanged(Player player) {
        changes.directory.add(player);
    }

    /** By slot; null where there is none. */
    List<@Nullable Body> bodies() {
        return bodies;
    }

    @Nullable
    Player player(String id) {
        return players.get(id);
    }

    Body body(Object actor) {
        Body body = byActor.get(actor);
        if (body == null) {
            throw new IllegalArgumentException("not in this world: " + actor);
        }
        return body;
    }

    static int slotOf(int id) {
        return id & SLOT_MASK;
    }

    private int freeSlot() {
        for (int slot = 1; slot < bodies.size(); slot++) {
            if (bodies.get(slot) == null) {
                return slot;
            }
        }
        if (bodies.size() == MAX_ACTORS) {
            throw new IllegalStateException("a world holds at most " + (MAX_ACTORS - 1) + " actors");
        }
        bodies.add(null);
        generations.add(0);
        return bodies.size() - 1;
    }

    /** An event as it leaves the game. */
    sealed interface Event {
        @SuppressWarnings("ArrayRecordComponent") // Never compared; a row is its cheapest form.
        record Emitted(FieldTable table, int[] row) implements Event {}

        record Said(String text) implements Event {}
    }

    /** What happened in a tick apart from changed fields. */
    static final class Changes {
        final List<Event> events = new ArrayList<>();
        final List<Entry.Retuned> retuned = new ArrayList<>();
        final List<Integer> gone = new ArrayList<>();
        final Set<Player> directory = new LinkedHashSet<>();
        final List<String> left = new ArrayList<>();

        private void clear() {
            events.clear();
            retuned.clear();
            gone.clear();
            directory.clear();
            left.clear();
        }
    }
}
