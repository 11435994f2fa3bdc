package dev.orrery.bench;

import dev.orrery.client.Seen;
import dev.orrery.client.View;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the same view would take as plain quantised deltas of fields, as careful servers send them: for each actor that changed its number,
 * a mask of the fields that did, and each as a variable-length difference; new ones whole.
 */
final class FieldDelta {
    private static final int HEADER_BYTES = 4;

    private Map<Integer, int[]> known = new HashMap<>();

    /** Bytes from what was seen before to what is seen now. */
    int bytes(View view) {
        int bytes = HEADER_BYTES;
        Map<Integer, int[]> now = new HashMap<>();
        for (int cell : view.cells()) {
            for (Seen seen : view.actorsOf(cell)) {
                int[] row = seen.told();
                now.put(seen.id(), row);
                bytes += bytes(known.get(seen.id()), row);
            }
        }
        for (Integer id : known.keySet()) {
            bytes += now.containsKey(id) ? 0 : 2;
        }
        known = now;
        return bytes;
    }

    private static int bytes(int @Nullable [] before, int[] row) {
        int mask = (row.length + 7) / 8;
        int values = 0;
        for (int i = 0; i < row.length; i++) {
            int difference = row[i] - (before == null ? 0 : before[i]);
            values += difference == 0 ? 0 : varint(difference << 1 ^ difference >> 31);
        }
        return before == null ? 3 + mask + values : values == 0 ? 0 : 2 + mask + values;
    }

    private static int varint(int value) {
        return Math.max(1, (38 - Integer.numberOfLeadingZeros(value)) / 7);
    }
}
