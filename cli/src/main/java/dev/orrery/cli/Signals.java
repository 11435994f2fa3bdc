package dev.orrery.cli;

import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * What tells a process to end: SIGTERM, SIGINT (Ctrl-C) and SIGHUP. The first is waited for, so that a command can end as it
 * should and choose its exit code, which a shutdown hook cannot; a second one, of whatever kind, ends the process at once. One for
 * a process. May be used by any thread.
 */
@SuppressWarnings("sunapi") // There is no other way to hear of a second signal, and every JDK and JRE has it.
final class Signals {
    private static final List<String> NAMES = List.of("TERM", "INT", "HUP");
    /** Of a process that ended by a signal, as shells tell it: 128 and its number. */
    private static final int EXIT_BY_SIGNAL = 128;

    private final CountDownLatch first = new CountDownLatch(1);

    private Signals() {}

    /** Hears from now on; a signal that this process was started to ignore (nohup) stays ignored. */
    static Signals listen() {
        Signals signals = new Signals();
        for (String name : NAMES) {
            sun.misc.Signal.handle(new sun.misc.Signal(name), signals::heard);
        }
        return signals;
    }

    private void heard(sun.misc.Signal signal) {
        synchronized (this) {
            if (first.getCount() > 0) {
                first.countDown();
                return;
            }
        }
        Runtime.getRuntime().halt(EXIT_BY_SIGNAL + signal.getNumber());
    }

    /** Returns when the first has come, perhaps before this was called. */
    void await() throws InterruptedException {
        first.await();
    }
}
