package dev.orrery.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** All that can be measured. */
enum Suite {
    /** The demo's rules on the JVM, in Node and in Chromium. */
    RULES(plan -> RulesSuite.run()),
    /** The world's thread: crowds, many worlds, journals, replays. */
    WORLD(plan -> WorldSuite.run()),
    /** What clients are sent. */
    BYTES(plan -> BytesSuite.run()),
    /** What it takes to tell them. */
    VIEW(plan -> ViewSuite.run()),
    /** Orrery's transport beside plain Netty. */
    TRANSPORT(TransportSuite::run),
    /** A whole game server beside plain Netty. */
    ROOM(RoomSuite::run);

    private final Run run;

    Suite(Run run) {
        this.run = run;
    }

    /** Measures; takes up to a few minutes. */
    Report run(TransportPlan plan) throws BenchException {
        return run.run(plan);
    }

    /** As the command line has it. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The suite of that title, or all of them if it is empty. */
    static List<Suite> named(String title) throws BenchException {
        List<Suite> named = Arrays.stream(values())
                .filter(suite -> title.isEmpty() || suite.title().equals(title))
                .toList();
        if (named.isEmpty()) {
            throw new BenchException("there is no benchmark \"" + title + "\", only "
                    + Arrays.stream(values()).map(Suite::title).toList());
        }
        return named;
    }

    private interface Run {
        Report run(TransportPlan plan) throws BenchException;
    }
}
