package dev.orrery.client;

import dev.orrery.rules.Field;
import dev.orrery.rules.Kind;
import dev.orrery.wire.BitReader;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * For what the bits of frames are spent: by part of the frame, kind of actor or input, and field.
 *
 * <pre>{@code BitCounts counts = new BitCounts(game);
 * view.account(counts);}</pre>
 *
 * Owned by one thread.
 */
public final class BitCounts implements BitReader.Ledger {
    private static final int MOST = 20;

    private final Map<String, Field[]> fields = new HashMap<>();
    private final Map<String, long[]> bits = new HashMap<>();
    private long all;

    /** @param game whose fields are named */
    public BitCounts(SeenGame game) {
        for (int i = 0; i < game.kinds(); i++) {
            SeenKind kind = game.kind(i);
            name(kind.kind);
            if (kind.input != null) {
                name(kind.input);
            }
        }
    }

    private void name(Kind<Object> kind) {
        fields.put(kind.table().name(), kind.table().byPlace());
    }

    @Override
    public void spent(String subject, String part, int place, int count) {
        Field[] named = fields.get(subject);
        String field = place < 0 || named == null ? "" : "." + named[place].name();
        bits.computeIfAbsent(part + " " + subject + field, name -> new long[1])[0] += count;
        all += count;
    }

    /** The most expensive, a line for each: what, bytes of a frame, share of all. */
    public String table(int frames) {
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
