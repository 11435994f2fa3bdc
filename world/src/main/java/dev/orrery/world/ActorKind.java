package dev.orrery.world;

import dev.orrery.rules.Field;
import dev.orrery.rules.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A kind of actor within a plan. Fields named {@code x} and {@code y} give its actors a place.
 *
 * @param index place in the plan
 * @param input of what steers it; null for a kind that takes no input
 * @param xAt where in a row its x stands; -1 if it has none
 * @param xQuantum px
 */
record ActorKind(
        int index,
        Class<?> type,
        Kind<Object> kind,
        @Nullable InputKind input,
        int xAt,
        double xQuantum,
        int yAt,
        double yQuantum) {

    static ActorKind of(int index, Class<?> type, Kind<Object> kind, @Nullable InputKind input) {
        int[] at = {-1, -1};
        double[] quanta = {1, 1};
        int offset = 0;
        for (Field field : kind.table().fields()) {
            int axis = field.name().equals("x") ? 0 : field.name().equals("y") ? 1 : -1;
            if (axis >= 0 && field.type() == Field.Type.NUM && field.length() == 1) {
                at[axis] = offset;
                quanta[axis] = field.quantum();
            }
            offset += field.length();
        }
        return new ActorKind(index, type, kind, input, at[0], quanta[0], at[1], quanta[1]);
    }

    String name() {
        return kind.table().name();
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
