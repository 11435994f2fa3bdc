package dev.orrery.world;

import dev.orrery.rules.Contact;
import dev.orrery.rules.Field;
import dev.orrery.rules.Kind;
import dev.orrery.rules.Solo;
import dev.orrery.wire.RowCodec;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A kind of actor within a plan. Fields named {@code x} and {@code y} give its actors a place. Immutable. */
final class ActorKind {
    private final int index;
    private final Class<?> type;
    private final Kind<Object> kind;
    private final @Nullable InputKind input;
    private final boolean single;
    private final @Nullable Class<?> touches;
    private final double reach;
    private final int rowLength;
    private final int[] visible;
    private final RowCodec codec;
    private final RowCodec ownCodec;
    private int xAt = -1;
    private int yAt = -1;
    private double xQuantum = 1;
    private double yQuantum = 1;

    /**
     * @param index place in the plan
     * @param input of what steers it; null for a kind that takes no input
     * @param single whether each world has exactly one of it
     */
    ActorKind(int index, Class<?> type, Kind<Object> kind, @Nullable InputKind input, boolean single) {
        this.index = index;
        this.type = type;
        this.kind = kind;
        this.input = input;
        this.single = single;
        this.touches = otherOf(type);
        this.reach = kind.create() instanceof Contact<?, ?> contact ? contact.reach() : 0;
        this.rowLength = kind.table().rowLength();
        int[] seen = new int[rowLength];
        int count = 0;
        int offset = 0;
        for (Field field : kind.table().fields()) {
            boolean scalar = field.type() == Field.Type.NUM && field.length() == 1;
            if (scalar && field.name().equals("x")) {
                xAt = offset;
                xQuantum = field.quantum();
            } else if (scalar && field.name().equals("y")) {
                yAt = offset;
                yQuantum = field.quantum();
            }
            for (int i = 0; i < field.length(); i++, offset++) {
                if (field.audience() == Field.Audience.EVERYONE) {
                    seen[count++] = offset;
                }
            }
        }
        visible = Arrays.copyOf(seen, count);
        codec = Codecs.of(kind, Field.Audience.EVERYONE);
        ownCodec = Codecs.of(kind, Field.Audience.OWNER);
    }

    /** The class of whom actors of a class touch; null if they touch nobody. */
    private static @Nullable Class<?> otherOf(Class<?> type) {
        for (Type each : type.getGenericInterfaces()) {
            if (each instanceof ParameterizedType contact && contact.getRawType() == Contact.class) {
                return (Class<?>) contact.getActualTypeArguments()[0];
            }
        }
        return null;
    }

    int index() {
        return index;
    }

    Class<?> type() {
        return type;
    }

    Kind<Object> kind() {
        return kind;
    }

    @Nullable
    InputKind input() {
        return input;
    }

    String name() {
        return kind.table().name();
    }

    boolean isSingle() {
        return single;
    }

    /** Whether its actors take a step of their own in each tick. */
    boolean steps() {
        return Solo.class.isAssignableFrom(type);
    }

    /** The class of whom its actors touch, see {@link Contact}; null if they touch nobody. */
    @Nullable
    Class<?> touches() {
        return touches;
    }

    /** Whether actors of this kind touch each other. */
    boolean meetsItself() {
        return touches == type && steps() && hasPlace();
    }

    /** Whether two actors of this kind, which {@link #meetsItself}, are near enough to touch. */
    boolean isNear(int[] row, int[] other) {
        double dx = x(row, 0) - x(other, 0);
        double dy = y(row, 0) - y(other, 0);
        return dx * dx + dy * dy <= reach * reach;
    }

    /** How what everyone may see of its rows is told. */
    RowCodec codec() {
        return codec;
    }

    /** How what only its player may see of its rows is told. */
    RowCodec ownCodec() {
        return ownCodec;
    }

    int rowLength() {
        return rowLength;
    }

    boolean hasPlace() {
        return xAt >= 0 && yAt >= 0;
    }

    /** Px; only of a kind that has a place. */
    double x(int[] row, int offset) {
        return row[offset + xAt] * xQuantum;
    }

    /** Px; only of a kind that has a place. */
    double y(int[] row, int offset) {
        return row[offset + yAt] * yQuantum;
    }

    /** Copies what everyone may see of a row to the beginning of an array; returns how much it is. */
    int copyVisible(int[] row, int[] to) {
        for (int i = 0; i < visible.length; i++) {
            to[i] = row[visible[i]];
        }
        return visible.length;
    }

    /** A row without references to other actors, which mean nothing, or somebody else, in another world. */
    int[] withoutRefs(int[] row) {
        int[] freed = row.clone();
        int offset = 0;
        for (Field field : kind.table().fields()) {
            if (field.type() == Field.Type.REF) {
                Arrays.fill(freed, offset, offset + field.length(), 0);
            }
            offset += field.length();
        }
        return freed;
    }
}
