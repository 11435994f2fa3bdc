package dev.orrery.server;

/**
 * A run of a job that has not come to an end in time.
 *
 * @param millis for how long it had run when it was given up
 * @param thread name that its abandoned thread has now
 * @param where the thread was: a throwable for its stack trace only
 */
public record Hang(long millis, String thread, Throwable where) {}
