package dev.orrery.bench;

import dev.orrery.rules.Field;
import dev.orrery.rules.Kind;
import dev.orrery.wire.BitReader;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** For what the bits of frames are spent: by part of the frame, kind of actor or input, and field. */
final class BitCounts implements BitReader.Ledger {
    private static final int MOST = 20;

    private final Map<String, Field[]> fields = new HashMap<>();
    private final Map<String, long[]> bits = new HashMap<>();
    private long all;

    /** @param types of actors and inputs */
    BitCounts(Class<?>... types) {
        for (Class<?> type : types) {
            var table = Kind.of(type).table();
            fields.put(table.name(), table.byPlace());
        }
    }

    @Override
    public void spent(String subject, String part, int place, int count) {
        Field[] named = fields.get(subject);
        String field = place < 0 || named == null ? "" : "." + named[place].name();
        bits.computeIfAbsent(part + " " + subject + field, name -> new long[1])[0] += count;
        all += count;
    }

    void clear() {
        bits.clear();
        all = 0;
    }

    /** The most expensive, by bytes of a frame. */
    String table(int frames) {
        StringBuilder table = new StringBuilder();
        bits.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, long[]> entry) -> -entry.getValue()[0]))
                .limit(MOST)
                .forEach(entry -> table.append(String.format(
                        Locale.ROOT,
                        "  %-32s %8.2f bytes  %5.1f %%%n",
                        entry.getKey(),
                        entry.getValue()[0] / 8.0 / frames,
                        100.0 * entry.getValue()[0] / all)));
        return table.toString();
    }
}
