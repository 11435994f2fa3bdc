package dev.orrery.server;

/** What a node counts beside its transport and its worlds. */
public enum ServerCounter {
    TICKETS_ISSUED("tickets issued"),
    TICKETS_REFUSED("CONNECTs refused for their ticket"),
    JOINS_FULL("joins refused because no instance had a free seat"),
    JOINS_DRAINING("joins refused because this node drains"),
    TOKENS_REFUSED("joins refused because their token was missing or invalid"),
    JOINS_TOO_FAST("joins refused because their address asks too often"),
    JOINS_MALFORMED("joins refused because the request was no proper one"),
    SESSIONS_RESUMED("connections that resumed a session"),
    SESSIONS_REFUSED("CONNECTs refused because their session is unknown"),
    CONNECTS_REFUSED("CONNECTs refused because the instance is closed or full, or the client's rules are outdated"),
    CONNECTIONS_TAKEN_OVER("connections that gave way to a newer one of the same player"),
    PLAYERS_KICKED("players sent away by an operator"),
    PLAYERS_MOVED("players who went to another instance"),
    PLAYERS_RETURNED("players who came back because no other instance took them"),
    COMMANDS_SENT("commands from one instance to another"),
    COMMANDS_LOST("commands to instances that do not exist or whose inbox is full"),
    EVENTS_UNKNOWN("events with a name that nothing listens to"),
    EVENTS_OVERFLOWED("clients disconnected because they would have missed an event"),
    UPDATES_WITHHELD("updates not sent to a client that had fallen behind; it gets the full state later"),
    FRAMES_WITHHELD("frames not sent to a client that had not acknowledged those before, or whose connection was full"),
    CELLS_HEALED("cells sent in full because a client had found that it has them otherwise"),
    DIVERGENCES("differences that clients reported between what they and the server computed"),
    TICKS_LATE("ticks that began more than one tick late"),
    SCHEDULES_MOVED("schedules moved because an instance was too far behind to catch up"),
    INSTANCES_OPENED("instances opened"),
    INSTANCES_CLOSED("instances closed, for whatever reason"),
    INSTANCES_HIBERNATED("times an instance stopped ticking because nobody was in it"),
    INSTANCES_FAILED("instances closed because their game threw"),
    INSTANCES_HUNG("instances closed because a tick of theirs did not end"),
    WORKERS_ABANDONED("threads given up because what they were at did not end; each was replaced"),
    WORLDS_MOVED("times a world went to another thread because its own was busy");

    private final String meaning;

    ServerCounter(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
