package dev.orrery.world;

/** A game threw so often that its world cannot go on. */
public final class GameFailedException extends RuntimeException {
    private final GameFailure failure;

    GameFailedException(GameFailure failure) {
        super(failure.toString(), failure.thrown());
        this.failure = failure;
    }

    public GameFailure failure() {
        return failure;
    }
}
