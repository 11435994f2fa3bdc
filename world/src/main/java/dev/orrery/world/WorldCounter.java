package dev.orrery.world;

/** What the instances of a node count together. */
public enum WorldCounter {
    TICKS("ticks run"),
    JOINS("players admitted"),
    JOINS_REFUSED("joins refused because the inbox was full"),
    LEAVES("players who left"),
    DROPS("players whose connection was lost"),
    RESUMES("players who came back, or whose newer connection took over"),
    GRACES_ENDED("players who left because they did not come back in time"),
    TRANSFERS("players who went to another world"),
    ARRIVALS("players who came from another world"),
    COMMANDS("commands of operators and other worlds"),
    COMMANDS_REFUSED("commands refused because the inbox was full"),
    SETTINGS_CHANGES("changes of settings announced"),
    INPUTS_ACCEPTED("inputs that came in time"),
    INPUTS_LATE("inputs whose tick was over; they act in the next one"),
    INPUTS_STALE("inputs refused because the same or a newer one had come"),
    INPUTS_EARLY("inputs refused because they were stamped too far ahead"),
    INPUTS_MALFORMED("inputs refused because a member had the wrong type"),
    INPUTS_NEUTRAL("inputs turned neutral after silence"),
    GAME_FAILURES("times that a game threw; its world stepped back and went on without what it threw at"),
    ENTRIES_SKIPPED("entries that a game never heard of because it had thrown"),
    JOINS_FAILED("players who could not join because the game threw"),
    STATES_ENCODED("full states encoded for players who joined or had fallen behind");

    private final String meaning;

    WorldCounter(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
