package dev.orrery.world;

import dev.orrery.rules.Kind;
import dev.orrery.rules.Rand;
import dev.orrery.rules.Settings;
import dev.orrery.rules.Solo;
import dev.orrery.wire.JsonWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a game consists of. Built once by {@link Game#plan}:
 *
 * <pre>{@code Plan.of("tag", new Park(2000)).player(Runner.class, Drive.class).actor(Carrot.class)}</pre>
 */
public final class Plan {
    private final String name;
    private final Object map;
    private final List<ActorKind> kinds = new ArrayList<>();
    private final List<Role> roles = new ArrayList<>();
    private final Map<Class<?>, Kind<Object>> events = new LinkedHashMap<>();
    private Consumer<JsonWriter> mapView = JsonWriter::nil;
    private Settings settings = Settings.DEFAULT;
    private double sight = Double.POSITIVE_INFINITY;
    private @Nullable InputKind playerInput;

    /**
     * A kind of actor by its classes.
     *
     * @param input class of what steers it; null if nobody does
     */
    public record Role(Class<?> actor, @Nullable Class<?> input) {}

    private Plan(String name, Object map) {
        this.name = name;
        this.map = map;
    }

    /**
     * Begins a plan.
     *
     * @param name of the game, as in its URLs: lower-case letters, digits, hyphens
     * @param map handed to every solo step; never changed
     */
    public static Plan of(String name, Object map) {
        if (!name.matches("[a-z][a-z0-9-]{0,31}")) {
            throw new IllegalArgumentException(
                    "a game's name must be 1 to 32 lower-case letters, digits or hyphens and begin with a letter: "
                            + name);
        }
        return new Plan(name, map);
    }

    /** A kind of actor that players control. */
    public <I> Plan player(Class<? extends Solo<I, ?>> actor, Class<I> input) {
        if (playerInput != null) {
            throw new IllegalArgumentException("a game has one kind of player; a second is " + actor.getName());
        }
        playerInput = new InputKind(Kind.of(input));
        return add(actor, input, playerInput, false);
    }

    /** A kind of actor that nobody steers. */
    public Plan actor(Class<?> actor) {
        return add(actor, null, null, false);
    }

    /**
     * A kind of actor of which each world has exactly one, from its beginning on: the round, the score, whatever else a world
     * knows beside its actors. See {@link World#single}.
     */
    public Plan single(Class<?> actor) {
        return add(actor, null, null, true);
    }

    private Plan add(Class<?> actor, @Nullable Class<?> input, @Nullable InputKind steering, boolean single) {
        kinds.add(new ActorKind(kinds.size(), actor, Kind.of(actor), steering, single));
        roles.add(new Role(actor, input));
        return this;
    }

    /** A kind of event that {@link World#emit} may tell players of. */
    public Plan event(Class<?> event) {
        events.put(event, Kind.of(event));
        return this;
    }

    /** How clients that do not run the rules are told of the map: one JSON value, sent in {@code welcome}. */
    public Plan mapView(Consumer<JsonWriter> view) {
        mapView = view;
        return this;
    }

    /** The settings with which instances start; {@link Settings#DEFAULT} if not said. */
    public Plan settings(Settings initial) {
        settings = initial;
        return this;
    }

    /**
     * How far players see around their actor: clients that are told in frames hear of nothing beyond, but of what has no place. Everything
     * if not said.
     *
     * @param radius px, above 0
     */
    public Plan sight(double radius) {
        if (!(radius > 0)) {
            throw new IllegalArgumentException("the radius of sight must be above 0, not " + radius);
        }
        sight = radius;
        return this;
    }

    public String name() {
        return name;
    }

    public Settings settings() {
        return settings;
    }

    /** What clients must know of its fields, as JSON text. */
    public String schema() {
        JsonWriter out = new JsonWriter();
        Schema.write(this, out);
        return out.toString();
    }

    /** What steers a player's actor. */
    public InputKind playerInput() {
        if (playerInput == null) {
            throw new IllegalStateException("game " + name + " has no kind of player: its plan must call player(…)");
        }
        return playerInput;
    }

    /** Whether a kind of actor has a field of that name. */
    public boolean hasField(String kind, String field) {
        ActorKind named = kindNamed(kind);
        return named != null
                && named.kind().table().fields().stream()
                        .anyMatch(each -> each.name().equals(field));
    }

    /** A hash of the fields of all kinds, in their order: records of one layout cannot be read by another. */
    int layout() {
        StringBuilder text = new StringBuilder();
        kinds.forEach(kind -> text.append(kind.kind().table()).append('\n'));
        text.append(playerInput().kind().table());
        return hash(text.toString());
    }

    /** A hash of the map as clients that do not run the rules are told of it. */
    int mapHash() {
        JsonWriter out = new JsonWriter();
        mapView.accept(out);
        return hash(out.toString());
    }

    private static int hash(String text) {
        int hash = text.length();
        for (int i = 0; i < text.length(); i++) {
            hash = Rand.mix(hash + text.charAt(i));
        }
        return hash;
    }

    double sight() {
        return sight;
    }

    /** What every solo step is handed. */
    public Object map() {
        return map;
    }

    /** Its kinds, in the order in which they were added. */
    public List<Role> roles() {
        return List.copyOf(roles);
    }

    Consumer<JsonWriter> mapView() {
        return mapView;
    }

    List<ActorKind> kinds() {
        return kinds;
    }

    Kind<Object> eventKindOf(Object event) {
        Kind<Object> kind = events.get(event.getClass());
        if (kind == null) {
            throw new IllegalArgumentException(event.getClass().getName() + " is no event of game " + name
                    + ": its plan must call event(…) with it");
        }
        return kind;
    }

    ActorKind kindOf(Object actor) {
        for (ActorKind kind : kinds) {
            if (kind.type() == actor.getClass()) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                actor.getClass().getName() + " is no kind of game " + name + ": its plan must call actor(…) with it");
    }

    /** The kind at a place of the plan, as records name it. */
    ActorKind kindAt(int index) throws RecordException {
        if (index < 0 || index >= kinds.size()) {
            throw RecordException.Reason.BAD_VALUE.exception();
        }
        return kinds.get(index);
    }

    /** The kind of that name; null if there is none. */
    @Nullable
    ActorKind kindNamed(String name) {
        for (ActorKind kind : kinds) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        return null;
    }
}
