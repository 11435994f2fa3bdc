package dev.orrery.world;

import java.util.HashMap;
import java.util.Map;

/**
 * The players of a journal as its records name them: each by a number, with the input that was last written. Writer and reader
 * keep one each, in step. Owned by one thread.
 */
final class Scribe {
    private final Map<String, Known> byId = new HashMap<>();
    private final Map<Integer, Known> byNumber = new HashMap<>();
    private int next;

    /** @param input the ints of the newest STEERED */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Known(int number, String id, int[] input) {}

    /** Forgets all: a snapshot follows. */
    void clear() {
        byId.clear();
        byNumber.clear();
        next = 0;
    }

    void join(String id, int inputLength) {
        Known known = new Known(next++, id, new int[inputLength]);
        byId.put(id, known);
        byNumber.put(known.number(), known);
    }

    /** They have left; should an entry of the same tick still name them, it is not read. */
    void leave(Known known) {
        byNumber.remove(known.number());
        byId.remove(known.id(), known);
    }

    Known of(String id) {
        Known known = byId.get(id);
        if (known == null) {
            throw new IllegalStateException("has not joined: player=" + id);
        }
        return known;
    }

    Known of(int number) throws RecordException {
        Known known = byNumber.get(number);
        if (known == null) {
            throw RecordException.Reason.NO_ACTORS.exception();
        }
        return known;
    }
}
