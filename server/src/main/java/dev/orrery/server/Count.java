package dev.orrery.server;

import dev.orrery.transport.Counter;
import dev.orrery.wire.Counters;
import dev.orrery.wire.WireException;
import dev.orrery.world.WorldCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one counter stands at.
 *
 * @param name with the module before it, as two modules may count under the same name
 * @param meaning what is counted, as the subject of a sentence
 */
record Count(String name, String meaning, long count) {

    /** All counters of a node, module by module. */
    static List<Count> all(Host host) {
        List<Count> all = new ArrayList<>();
        for (ServerCounter counter : ServerCounter.values()) {
            all.add(of("server", counter, counter.meaning(), host.counters()));
        }
        for (WorldCounter counter : WorldCounter.values()) {
            all.add(of("world", counter, counter.meaning(), host.worldCounters()));
        }
        for (Counter counter : Counter.values()) {
            all.add(of("transport", counter, counter.meaning(), host.sockets().counters()));
        }
        for (WireException.Reason reason : WireException.Reason.values()) {
            String meaning = "sessions closed for " + reason.sentence();
            all.add(of("malformed", reason, meaning, host.sockets().malformed()));
        }
        return all;
    }

    private static <C extends Enum<C>> Count of(String module, C counter, String meaning, Counters<C> counters) {
        String name = module + "_" + counter.name().toLowerCase(Locale.ROOT);
        return new Count(name, meaning, counters.count(counter));
    }
}
