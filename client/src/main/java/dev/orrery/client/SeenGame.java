package dev.orrery.client;

import dev.orrery.rules.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A game as its clients know it: the kinds of its plan, in the same order, and its map.
 *
 * <pre>{@code SeenGame.of(new Park()).player(Runner.class, Drive.class).actor(Carrot.class)}</pre>
 */
public final class SeenGame {
    private final Object map;
    private final List<SeenKind> kinds = new ArrayList<>();

    private SeenGame(Object map) {
        this.map = map;
    }

    /** @param map handed to every solo step */
    public static SeenGame of(Object map) {
        return new SeenGame(map);
    }

    /** A kind that players control. */
    public SeenGame player(Class<?> actor, Class<?> input) {
        return add(actor, Kind.of(input));
    }

    /** A kind that nobody steers, or of which there is just one. */
    public SeenGame actor(Class<?> actor) {
        return add(actor, null);
    }

    private SeenGame add(Class<?> actor, @Nullable Kind<Object> input) {
        kinds.add(new SeenKind(kinds.size(), actor, Kind.of(actor), input));
        return this;
    }

    Object map() {
        return map;
    }

    int kinds() {
        return kinds.size();
    }

    SeenKind kind(int index) {
        return kinds.get(index);
    }
}
