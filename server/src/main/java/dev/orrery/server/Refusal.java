package dev.orrery.server;

/** Why a player may not enter, as clients see it. */
enum Refusal {
    TICKET_MISSING("ticket-missing", 401, "A ticket is needed: POST /api/v1/join gives one."),
    TICKET_EXPIRED("ticket-expired", 401, "The ticket has expired; join again."),
    TICKET_FORGED("ticket-forged", 401, "The ticket was not issued by this server, or not for this instance."),
    TICKET_USED("ticket-used", 401, "The ticket was used already; join again."),
    INSTANCE_CLOSED("instance-closed", 410, "This instance is closed; join again."),
    FULL("full", 503, "All seats are taken; try again in a moment.");

    private final String code;
    private final int httpStatus;
    private final String sentence;

    Refusal(String code, int httpStatus, String sentence) {
        this.code = code;
        this.httpStatus = httpStatus;
        this.sentence = sentence;
    }

    String code() {
        return code;
    }

    int httpStatus() {
        return httpStatus;
    }

    String sentence() {
        return sentence;
    }

    RefusedException exception() {
        return new RefusedException(this);
    }
}
