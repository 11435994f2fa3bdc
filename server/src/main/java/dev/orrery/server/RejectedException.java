package dev.orrery.server;

/** A request to the management API that is not granted. Stackless: it is an ordinary answer. */
final class RejectedException extends Exception {
    private final int status;
    private final String code;
    private final int retryAfterSeconds;

    private RejectedException(int status, String code, String sentence, int retryAfterSeconds) {
        super(sentence, null, false, false);
        this.status = status;
        this.code = code;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    /** @param sentence says what to do */
    RejectedException(int status, String code, String sentence) {
        this(status, code, sentence, 0);
    }

    static RejectedException badRequest(String sentence) {
        return new RejectedException(400, "bad-request", sentence);
    }

    static RejectedException tooMany(int retryAfterSeconds, String sentence) {
        return new RejectedException(429, "too-many", sentence, retryAfterSeconds);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    /** When to try again; 0 if that would change nothing. */
    int retryAfterSeconds() {
        return retryAfterSeconds;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
