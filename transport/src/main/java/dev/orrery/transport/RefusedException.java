package dev.orrery.transport;

/** A CONNECT that a namespace refuses. Stackless: it is an ordinary answer. */
public final class RefusedException extends Exception {
    private final String code;

    /**
     * @param code machine-readable, lower case with hyphens; empty for none
     * @param message a sentence for the person or developer in front of the client
     */
    public RefusedException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public String code() {
        return code;
    }

    public String sentence() {
        String message = getMessage();
        return message == null ? code : message;
    }
}
