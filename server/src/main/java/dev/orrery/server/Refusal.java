package dev.orrery.server;

/** Why a player may not enter, as clients see it. */
enum Refusal {
    TICKET_MISSING("ticket-missing", 401, "A ticket is needed: POST /api/v1/join gives one."),
    TICKET_EXPIRED("ticket-expired", 401, "The ticket has expired; join again."),
    TICKET_FORGED("ticket-forged", 401, "The ticket was not issued by this server, or not for this instance."),
    TICKET_USED("ticket-used", 401, "The ticket was used already; join again."),
    SESSION_UNKNOWN("session-unknown", 401, "This session has ended, or was renewed; join again."),
    OUTDATED("outdated", 409, "The game has changed; load its rules anew."),
    TOKEN_MISSING("token-missing", 401, "This server takes no guests: join with a token."),
    TOKEN_INVALID("token-invalid", 401, "The token is not one that this server accepts."),
    DRAINING("draining", 503, "This server takes nobody any more; try again in a moment."),
    INSTANCE_CLOSED("instance-closed", 410, "This instance is closed; join again."),
    FULL("full", 503, "All seats are taken; join again in a moment.");

    private final String code;
    private final int httpStatus;
    private final String sentence;

    Refusal(String code, int httpStatus, String sentence) {
        this.code = code;
        this.httpStatus = httpStatus;
        this.sentence = sentence;
    }

    /** What counts it at CONNECT. */
    ServerCounter counter() {
        return switch (this) {
            case TICKET_MISSING, TICKET_EXPIRED, TICKET_FORGED, TICKET_USED -> ServerCounter.TICKETS_REFUSED;
            case SESSION_UNKNOWN -> ServerCounter.SESSIONS_REFUSED;
            case TOKEN_MISSING, TOKEN_INVALID -> ServerCounter.TOKENS_REFUSED;
            case OUTDATED, DRAINING, INSTANCE_CLOSED, FULL -> ServerCounter.CONNECTS_REFUSED;
        };
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
