package dev.orrery.testkit;

import java.util.PriorityQueue;

/** A clock that goes on only from one thing that is due to the next: in their order, and those of one moment as they were asked for. */
final class VirtualTime {
    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private long nowMicros;
    private long asked;

    private record Due(long atMicros, long number, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            int order = Long.compare(atMicros, other.atMicros);
            return order != 0 ? order : Long.compare(number, other.number);
        }
    }

    long nowMicros() {
        return nowMicros;
    }

    /** Does something at a time; at once, after what is due already, if that is over. */
    void at(long micros, Runnable action) {
        queue.add(new Due(Math.max(micros, nowMicros), asked++, action));
    }

    void in(long micros, Runnable action) {
        at(nowMicros + micros, action);
    }

    /** Goes on to the next thing and does it; false if there is none. */
    boolean next() {
        Due due = queue.poll();
        if (due == null) {
            return false;
        }
        nowMicros = due.atMicros;
        due.action.run();
        return true;
    }
}
