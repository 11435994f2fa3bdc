package dev.orrery.world;

/** Records that cannot be read or stepped here: damaged, or of something else. */
public final class RecordException extends Exception {
    /** Why. */
    public enum Reason {
        TRUNCATED("it ends in the middle of a record"),
        DAMAGED("a record's check does not fit its bytes"),
        BAD_VALUE("a record holds a value that nothing writes"),
        NO_OPENING("it does not begin with what world it is of"),
        NO_ACTORS("a record names an actor or a player that is not there"),
        OTHER_VERSION("it was written in a format that this build does not read"),
        OTHER_GAME("it is of another game"),
        OTHER_LAYOUT("the fields of the game's actors and inputs have changed since"),
        OTHER_MAP("the game's map has changed since");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        RecordException exception() {
            return new RecordException(this);
        }
    }

    private final Reason reason;

    private RecordException(Reason reason) {
        super("the recording cannot be read: " + reason.sentence);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
