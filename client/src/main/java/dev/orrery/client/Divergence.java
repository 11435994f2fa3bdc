package dev.orrery.client;

/**
 * What a client computed otherwise than the server, though it was told everything: its rules or its map are not the server's.
 *
 * @param tick at whose end it was so
 * @param kind of the actor
 * @param field of its row
 * @param predicted what the client had, in quanta
 * @param actual what the server had
 */
public record Divergence(long tick, int actor, String kind, String field, int predicted, int actual) {}
