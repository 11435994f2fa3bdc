package dev.orrery.server;

/** Why a connection is ended by the server, as clients see it: the event {@code closed {code, message}}. */
enum Farewell {
    TAKEN_OVER("taken-over", "Another connection of yours has taken over."),
    KICKED("kicked", "An operator has sent you away."),
    INSTANCE_CLOSED("instance-closed", "This instance is closed; join again."),
    GAME_FAILED("game-failed", "The game could not take you in; try again later."),
    SERVER_CLOSING("server-closing", "The server is closing; join again."),
    TOO_SLOW("too-slow", "Your connection has fallen too far behind; come back with your session.");

    private final String code;
    private final String sentence;

    Farewell(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
    }

    String code() {
        return code;
    }

    String sentence() {
        return sentence;
    }
}
