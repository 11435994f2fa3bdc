package dev.orrery.transport;

import dev.orrery.wire.Json;
import java.util.List;

/**
 * What came with an event. A client may send fewer arguments than expected, or others: one that is missing is {@link Json#NULL}, whose
 * {@code text("…")} and {@code number(…)} are their fallbacks.
 *
 * @param values those that came; must not be changed
 */
public record Arguments(List<Json> values) {
    /** The argument at that place, from 0. */
    public Json get(int index) {
        return index < values.size() ? values.get(index) : Json.NULL;
    }

    public Json first() {
        return get(0);
    }

    /** How many came. */
    public int size() {
        return values.size();
    }

    /** As {@link Socket#emit} takes them. */
    public Object[] toArray() {
        return values.toArray();
    }
}
