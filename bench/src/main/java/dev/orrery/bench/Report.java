package dev.orrery.bench;

import dev.orrery.wire.Json;
import java.util.List;

/**
 * What a suite found.
 *
 * @param table for people: lines, each ended
 * @param figures the same for programs
 * @param failures a sentence for each limit that does not hold
 */
record Report(String table, Json figures, List<String> failures) {
    Report {
        failures = List.copyOf(failures);
    }
}
