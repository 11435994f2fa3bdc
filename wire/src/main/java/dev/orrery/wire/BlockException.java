package dev.orrery.wire;

/** Frames that cannot be read on: damaged, hostile, or of a state that the reader does not have. Stackless. */
public final class BlockException extends Exception {
    /** Why. */
    public enum Reason {
        TRUNCATED("a frame that ends too early"),
        BAD_CODE("a code that nothing writes"),
        BAD_RANK("a rank beyond the actors of its cell"),
        BAD_ID("an actor that cannot be there"),
        BAD_KIND("a kind that the game does not have"),
        BAD_VALUE("a value beyond its field's range"),
        BAD_CELL("a cell beyond the grid"),
        BAD_TICK("a tick that does not follow"),
        LEFTOVER("bytes behind its end");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        /** What was found, as the object of a sentence: "the server sent …". */
        public String sentence() {
            return sentence;
        }

        public BlockException exception() {
            return new BlockException(this);
        }
    }

    private final Reason reason;

    private BlockException(Reason reason) {
        super(reason.sentence, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
