package dev.orrery.world;

import org.jspecify.annotations.Nullable;

/**
 * A game threw.
 *
 * @param tick in which
 * @param entry at which; null if none was being applied: then in a step, a contact, the game's own tick, or a field was NaN
 * @param thrown what it threw
 * @param isLast whether it is given up by that: too often, or again although nothing was left to omit
 */
public record GameFailure(long tick, @Nullable Entry entry, Throwable thrown, boolean isLast) {
    @Override
    public String toString() {
        return "the game threw in tick " + tick + (entry == null ? " after everything had entered" : " at " + entry)
                + ": " + thrown;
    }
}
