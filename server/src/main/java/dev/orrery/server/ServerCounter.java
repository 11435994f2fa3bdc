package dev.orrery.server;

/** What a node counts beside its transport and its worlds. */
public enum ServerCounter {
    TICKETS_ISSUED("tickets issued"),
    TICKETS_REFUSED("CONNECTs refused for their ticket"),
    JOINS_FULL("joins refused because no instance had a free seat"),
    JOINS_CLOSED("joins refused because every instance of the game is closed"),
    JOINS_TOO_FAST("joins refused because their address asks too often"),
    JOINS_MALFORMED("joins refused because the request was no proper one"),
    EVENTS_UNKNOWN("events with a name that nothing listens to"),
    EVENTS_OVERFLOWED("clients disconnected because they would have missed an event"),
    UPDATES_WITHHELD("updates not sent to a client that had fallen behind; it gets the full state later"),
    TICKS_LATE("ticks that began more than one tick late"),
    SCHEDULES_MOVED("schedules moved because an instance was too far behind to catch up"),
    INSTANCES_FAILED("instances closed because their game threw");

    private final String meaning;

    ServerCounter(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
