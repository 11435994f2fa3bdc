package dev.orrery.bench;

/** A measurement that could not be made; the message says why, to the person who asked for it. */
final class BenchException extends Exception {
    BenchException(String message) {
        super(message);
    }

    BenchException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
