package dev.orrery.rules;

/**
 * The part of a tick that an actor takes alone, on the server and, predicted, in every browser.
 *
 * @param <I> the input class that steers this kind of actor
 * @param <M> the game's map class
 */
public interface Solo<I, M> {
    /**
     * Moves this actor through one tick. A function of its own fields, the input, the map and the settings in force, and
     * of nothing else: that is what lets a browser compute the same bits. Afterwards every field is snapped to its quantum.
     */
    void step(I input, M map, Settings settings);
}
