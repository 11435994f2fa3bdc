package dev.orrery.client;

import dev.orrery.rules.Kind;
import dev.orrery.wire.RowCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

    /** The row of an input, with all that the server is told of it. */
    int[] inputRow(Object input) {
        Kind<Object> kind = Objects.requireNonNull(steering().input);
        int[] row = new int[kind.table().rowLength()];
        kind.write(input, row, 0);
        return row;
    }

    /** How inputs are sent. */
    RowCodec inputCodec() {
        return Objects.requireNonNull(steering().wholeInputCodec);
    }

    private SeenKind steering() {
        for (SeenKind kind : kinds) {
            if (kind.input != null) {
                return kind;
            }
        }
        throw new IllegalStateException("a game of which no kind is steered: call player(…)");
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
