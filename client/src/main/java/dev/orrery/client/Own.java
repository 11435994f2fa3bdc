package dev.orrery.client;

/**
 * What only this player may know of their actor. Immutable.
 *
 * @param row of the actor, in which only what is for its player alone is told; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
public record Own(int actor, String kind, int[] row) {}
