package dev.orrery.world;

import dev.orrery.rules.Digest;
import dev.orrery.rules.Kind;
import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import dev.orrery.rules.Solo;
import dev.orrery.wire.CellGrid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The complete deterministic state of an instance. Games see it in their methods; {@link #step} is the whole of its
 * behaviour: same game, seed and entries, same world, bit for bit. Owned by the world's thread.
 */
public final class World {
    /** Addresses all other instances of the game: {@link #send}. */
    public static final String OTHERS = "*";

    /** Side of a cell of the interest grid, px; and how many there are at most. */
    private static final double CELL_SIZE = 500;

    /** Pairs of them are numbered with ints, and they themselves with sixteen bits: a plane of odd sides has a few more than this. */
    private static final double MAX_CELLS = 32_768;

    private final Game game;
    private final Plan plan;
    private final int seed;
    private final Bodies bodies = new Bodies();
    private final Players players = new Players();
    private final History history = new History(bodies);
    private final List<Entry.Retuned> announced = new ArrayList<>();
    private final List<Entry.Retuned> announcedToRead = Collections.unmodifiableList(announced);
    private final List<Outgoing> outbox = new ArrayList<>();
    private final Changes changes = new Changes();
    private final Places places;
    private final Contacts contacts;
    private final CellGrid grid;
    private final WorldHash hash;
    private final Admission admission;
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
        this(plan, game, settings, seed);
        for (ActorKind kind : plan.kinds()) {
            if (kind.isSingle()) {
                spawn(kind.kind().create());
            }
        }
        game.start(this);
        snap();
        hash();
        remember();
    }

    /** An empty one, to be filled. */
    private World(Plan plan, Game game, Settings settings, int seed) {
        this.game = game;
        this.plan = plan;
        this.seed = seed;
        this.settings = settings;
        Plane plane = Plane.of(plan.kinds());
        this.places = new Places(plane);
        this.contacts = new Contacts(plan.kinds(), places);
        this.grid = plane.grid(CELL_SIZE, MAX_CELLS);
        this.hash = new WorldHash(plan.kinds(), grid);
        this.admission = new Admission(this, game);
    }

    /**
     * Makes a world as it was stored.
     *
     * @param seed that it was made with
     * @param in what {@link Snapshot#write} wrote
     */
    static World restored(Game game, Plan plan, int seed, ByteReader in) throws RecordException {
        World world = new World(plan, game, plan.settings(), seed);
        Snapshot.read(world, Snapshot.Use.KEEP, in);
        return world;
    }

    // ---- the tick ----

    /** Takes the world from the end of one tick to the end of the next. What it throws is the game's. */
    public void step(List<Entry> entries) {
        begin();
        admission.admit(entries);
        if (admission.wasGameHeard()) {
            bodies.findMeddling();
        }
        solo();
        touch();
        interact();
        depart();
        snap();
        hash();
        remember();
    }

    private void begin() {
        tick++;
        if (!announced.isEmpty() && announced.getFirst().fromTick() == tick) {
            settings = announced.removeFirst().settings();
        }
        bodies.begin();
        draws = 0;
        places.forget();
        changes.clear();
        outbox.clear();
    }

    private void solo() {
        final Object map = plan.map();
        for (int slot = 1; slot < bodies.slots(); slot++) {
            Body body = bodies.at(slot);
            if (body != null && body.actor() instanceof Solo<?, ?> actor) {
                body.beginSolo();
                solo(actor, body, map);
                body.endSolo();
            }
        }
        places.forget();
    }

    private void touch() {
        contacts.meet(bodies.all(), plan.map(), settings);
    }

    private void interact() {
        game.tick(this);
    }

    /** Those whom the game has sent elsewhere go, with what they have become in this tick. */
    private void depart() {
        for (Player player = players.traveller(); player != null; player = players.traveller()) {
            Body body = player.body();
            int[] row = body == null ? new int[0] : new int[body.row.length];
            if (body != null) {
                body.kind().kind().write(body.actor(), row, 0);
            }
            String kind = body == null ? "" : body.kind().name();
            send(new Effect.Transfer(player.id(), player.name(), kind, row));
            admission.dismiss(player);
        }
    }

    private void snap() {
        for (int slot = 1; slot < bodies.slots(); slot++) {
            Body body = bodies.at(slot);
            if (body != null) {
                body.snap();
            }
        }
    }

    private void hash() {
        hash.compute(tick, settings, announced, bodies, players);
    }

    private void remember() {
        history.remember(tick, settings);
    }

    @SuppressWarnings({"unchecked", "rawtypes", "NullAway"}) // Plan.player ties actor, input and map together.
    private void solo(Solo actor, Body body, Object map) {
        actor.step(body.input, map, settings);
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
        return players.all();
    }

    /**
     * Puts an actor into the world. One that comes with a join takes part from the same tick's solo step on; one that comes
     * in {@link Game#tick}, which is after it, from the next.
     *
     * @return the actor
     * @throws IllegalArgumentException if its class is no kind of the plan
     */
    public <A> A spawn(A actor) {
        ActorKind kind = plan.kindOf(actor);
        if (kind.isSingle() && !all(kind.type()).isEmpty()) {
            throw new IllegalArgumentException("there is one " + kind.name() + " already: see Plan.single");
        }
        bodies.add(actor, kind);
        places.forget();
        return actor;
    }

    /** Takes an actor out of the world; nothing happens if it is null or already gone. */
    public void despawn(@Nullable Object actor) {
        Body body = actor == null ? null : bodies.of(actor);
        if (body == null) {
            return;
        }
        if (body.kind().isSingle()) {
            throw new IllegalArgumentException("the one " + body.kind().name() + " stays: see Plan.single");
        }
        bodies.remove(body);
        places.forget();
        if (!body.fresh) {
            changes.gone.add(body.id());
        }
        if (body.player != null) {
            body.player.release();
        }
    }

    /** The one actor of a class of which a world has exactly one, see {@link Plan#single}. */
    public <A> A single(Class<A> type) {
        for (int slot = 1; slot < bodies.slots(); slot++) {
            Body body = bodies.at(slot);
            if (body != null && body.kind().type() == type && body.kind().isSingle()) {
                return type.cast(body.actor());
            }
        }
        throw new IllegalArgumentException(
                type.getName() + " is no kind of which there is one: the plan must call single(…) with it");
    }

    /** All actors of a class in id order: a list of its own, so actors may come and go while it is walked. */
    public <A> List<A> all(Class<A> type) {
        List<A> all = new ArrayList<>();
        for (int slot = 1; slot < bodies.slots(); slot++) {
            Body body = bodies.at(slot);
            if (body != null && body.kind().type() == type) {
                all.add(type.cast(body.actor()));
            }
        }
        return all;
    }

    /**
     * The actors of a class within a radius of another, itself left out, in the order of their slots. Places are those after the
     * solo steps and contacts, and for all anew when an actor has come or gone; ask before moving actors by hand.
     *
     * @param radius px, the rim included
     */
    public <A> List<A> near(Object actor, double radius, Class<A> type) {
        int count = places.near(bodies.all(), body(actor).slot(), radius);
        List<A> near = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Body body = bodies.at(places.found()[i]);
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
        changes.events.add(new Changes.Event.Emitted(kind.table(), row));
    }

    /** Says something to all players, in words: the event {@code announcement {text}}. */
    public void say(String text) {
        changes.events.add(new Changes.Event.Said(text));
    }

    // ---- other worlds ----

    /**
     * Sends a command to another instance of this game, or to all others, on whatever node they are. It arrives once, some
     * ticks later, in the order in which this world sent it; or not at all, if there is no such instance or its inbox is full.
     *
     * @param to id of the instance, or {@link #OTHERS}
     */
    public void send(String to, Command command) {
        send(new Effect.Send(to, command));
    }

    private void send(Effect effect) {
        outbox.add(new Outgoing(tick, outbox.size(), effect));
    }

    /**
     * Sends a player, with the actor they control, to another instance of this game: at the end of this tick they leave this
     * world, {@link Game#leave} included, and arrive there by {@link Game#arrive}. Their client follows by itself. If no other
     * instance can take them, they arrive here again.
     */
    public void transfer(Player player) {
        players.send(player);
    }

    // ---- what players saw ----

    /** Everything as this player saw it when their input last changed: by it their shots are judged. At most half a second ago. */
    public Past seenBy(Player player) {
        return history.at(tick - player.viewLag());
    }

    /** Everything at the end of an earlier tick, or the nearest to it of the last half second. */
    public Past past(long atTick) {
        return history.at(atTick);
    }

    // ---- who is who ----

    /** The id of an actor: what other actors and events refer to it by. Never 0. */
    public int ref(Object actor) {
        return body(actor).id();
    }

    /** The actor with an id; null if it is gone or of another class. */
    public <A> @Nullable A get(Class<A> type, int id) {
        Body body = bodies.find(id);
        return body != null && type.isInstance(body.actor()) ? type.cast(body.actor()) : null;
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

    // ---- what frames, journals and snapshots are made of ----

    Plan plan() {
        return plan;
    }

    Changes changes() {
        return changes;
    }

    /** What the newest tick wants done outside, in its order. */
    List<Outgoing> outbox() {
        return outbox;
    }

    /** Settings that will hold from later ticks on, in their order. */
    public List<Entry.Retuned> announced() {
        return announcedToRead;
    }

    Bodies bodies() {
        return bodies;
    }

    Players roster() {
        return players;
    }

    History history() {
        return history;
    }

    int seed() {
        return seed;
    }

    /** Which entry the game threw at, as of the newest {@link #step}; -1 if none was being applied. */
    int applying() {
        return admission.applying();
    }

    /** Puts it at the end of a tick, as it was stored; actors, players and the past come on their own. */
    void restore(long newTick, Settings newSettings, List<Entry.Retuned> newAnnounced) {
        tick = newTick;
        settings = newSettings;
        announced.clear();
        announced.addAll(newAnnounced);
        draws = 0;
        places.forget();
        changes.clear();
        outbox.clear();
    }

    /** Computes the digests of what was restored. */
    void rehash() {
        hash();
    }

    Readings readings() {
        int actors = 0;
        int bytes = 0;
        for (int slot = 1; slot < bodies.slots(); slot++) {
            Body body = bodies.at(slot);
            if (body != null) {
                actors++;
                bytes += Integer.BYTES * body.row.length;
            }
        }
        int away = 0;
        for (Player player : players.all()) {
            away += player.isAway() ? 1 : 0;
            bytes += player.named().length;
        }
        return new Readings(tick, players.all().size(), away, actors, bytes, settings, List.copyOf(announced));
    }

    /** Two lanes over all that the world is at the end of the tick. */
    public Digest digest() {
        return hash.digest();
    }

    /** The cells in which clients see it. */
    public CellGrid grid() {
        return grid;
    }

    /** The same for what everyone may see of the actors in each cell. */
    CellDigests cells() {
        return hash.cells();
    }

    /** Other settings will hold from a later tick on. */
    void announce(Entry.Retuned retuned) {
        announced.add(retuned);
        changes.retuned.add(retuned);
    }

    /** A player has come, or has another actor: the others are told. */
    void directoryChanged(Player player) {
        changes.directory.add(player);
    }

    @Nullable
    Player player(String id) {
        return players.find(id);
    }

    Body body(Object actor) {
        Body body = bodies.of(actor);
        if (body == null) {
            throw new IllegalArgumentException(
                    "not in this world: " + actor.getClass().getSimpleName());
        }
        return body;
    }
}
