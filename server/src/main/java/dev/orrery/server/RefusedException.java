package dev.orrery.server;

/** A player who may not enter. Stackless: it is an ordinary answer. */
final class RefusedException extends Exception {
    private final Refusal refusal;

    RefusedException(Refusal refusal) {
        super(refusal.sentence(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
