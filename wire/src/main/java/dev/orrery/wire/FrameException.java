package dev.orrery.wire;

/** WebSocket frames that are not what they should be. Stackless: it is thrown at the rate at which an attacker can send. */
public final class FrameException extends Exception {
    /** Why a connection must be closed. */
    public enum Reason {
        MALFORMED("a frame that RFC 6455 forbids"),
        BAD_TEXT("text that is not UTF-8"),
        TOO_LARGE("a message larger than allowed"),
        TOO_MANY_FRAGMENTS("a message in more fragments than allowed");

        private final String sentence;

        Reason(String sentence) {
            this.sentence = sentence;
        }

        /** What was found, as the object of a sentence: "the client sent …". */
        public String sentence() {
            return sentence;
        }
    }

    private final Reason reason;

    public FrameException(Reason reason) {
        super(reason.sentence(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
