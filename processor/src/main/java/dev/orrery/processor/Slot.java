package dev.orrery.processor;

import com.palantir.javapoet.ClassName;
import dev.orrery.rules.Field;
import java.util.List;
import java.util.Optional;

/**
 * One field of an annotated class as the processor understood it: what {@link Field} says, at compile time.
 *
 * @param min smallest value as declared, in the field's own unit
 * @param max largest value as declared, in the field's own unit
 * @param length elements of an array; empty for a scalar
 * @param enumClass class of an enum field; empty for others
 * @param constants names of its constants in order
 */
record Slot(
        String name,
        Field.Type type,
        double min,
        double max,
        double quantum,
        Optional<Integer> length,
        Optional<ClassName> enumClass,
        List<String> constants,
        Field.Audience audience) {

    /** Ints that it takes in a row. */
    int ints() {
        return length.orElse(1);
    }
}
