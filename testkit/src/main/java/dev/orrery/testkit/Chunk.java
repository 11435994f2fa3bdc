package dev.orrery.testkit;

/** Something under way in one direction: bytes, or how that direction ends. */
sealed interface Chunk {
    /** When it arrives, by {@link System#nanoTime}. */
    long dueNanos();

    /** Bytes that arrived together and are written together; owned by the chunk. */
    record Bytes(long dueNanos, byte[] bytes) implements Chunk {}

    /** The sender has closed its side; the other direction may go on. */
    record End(long dueNanos) implements Chunk {}

    /** The sender has given up the connection. */
    record Reset(long dueNanos) implements Chunk {}
}
