package dev.orrery.rules;

/**
 * What an actor does to another that it touches: part of the shared rules, exact on the JVM and in JavaScript like the solo
 * step. After the solo steps of a tick and before the game's logic, every pair that is near enough meets once, in the order
 * of their ids; when both are of the same kind, the one with the lower id is asked.
 *
 * @param <O> the other's class
 * @param <M> the game's map class
 */
public interface Contact<O, M> {
    /** How near the other's place must be, px, the rim included; the same for all actors of a kind. */
    double reach();

    /**
     * The two touch. A function of both actors' fields, the map and the settings in force, and of nothing else; it may change
     * both. Who else was met before in this tick has changed them already.
     */
    void contact(O other, M map, Settings settings);
}
