package dev.orrery.world;

/**
 * An effect with the key under which it leaves its world: whoever steps the same tick again computes the same effects under the
 * same keys, so that none is performed twice.
 *
 * @param tick that gave it
 * @param number within the tick, from 0
 */
public record Outgoing(long tick, int number, Effect effect) {}
