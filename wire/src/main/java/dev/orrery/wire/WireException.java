package dev.orrery.wire;

/** Untrusted bytes that are not what they should be. Stackless: it is thrown at the rate at which an attacker can send. */
public final class WireException extends Exception {
    /** Why bytes were refused; each is counted under its own name. */
    public enum Reason {
        EMPTY_PACKET("an empty packet"),
        UNKNOWN_TYPE("an unknown packet type"),
        BAD_NAMESPACE("a namespace longer than allowed or with control characters"),
        BAD_ID("an acknowledgement id that is no number up to 2^53"),
        BAD_JSON("text that is not JSON"),
        TOO_DEEP("JSON nested deeper than allowed"),
        BAD_EVENT("an event or acknowledgement that is not an array, beginning with its name if it is an event"),
        RESERVED_EVENT("an event with a reserved name"),
        BAD_ATTACHMENTS("a number of attachments that is none, or a placeholder without its attachment"),
        TOO_MANY_ATTACHMENTS("more attachments than allowed"),
        UNEXPECTED_TEXT("text while attachments were due"),
        UNEXPECTED_BINARY("an attachment that belongs to no packet"),
        BAD_WORD("a word of a client with frames that is none"),
        BAD_BASE64("binary data that is not Base64"),
        UNEXPECTED_PACKET("a packet that may not come in this state"),
        TOO_LARGE("a packet larger than allowed");

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

    public WireException(Reason reason) {
        super(reason.sentence(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
