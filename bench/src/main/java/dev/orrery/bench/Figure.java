package dev.orrery.bench;

import dev.orrery.wire.Json;

/**
 * The speed of one runtime.
 *
 * @param runtime its name and version
 * @param batchTicks ticks that it took at once
 * @param nanosPerStep median over the rounds of a run
 * @param digest where the ships of the {@link Course} ended
 */
record Figure(String runtime, int batchTicks, double nanosPerStep, String digest) {
    /** As {@code web/e2e/src/bench/rules.mjs} prints it. */
    static Figure read(Json json) {
        return new Figure(
                json.get("runtime").text(""),
                (int) json.get("batchTicks").number(0),
                json.get("nanosPerStep").number(Double.NaN),
                json.get("digest").text(""));
    }
}
