package dev.orrery.world;

/**
 * How an instance is known to its clients.
 *
 * @param instance its id
 * @param namespace where its sockets meet: {@code /game/instance}
 * @param rulesUrl path of the game's rules as an ES module, named after its content; empty if there is none
 * @param hash of rules and schema: a client that holds others must load them anew
 * @param graceMillis how long the actor of a player whose connection is lost waits for them
 */
public record Identity(String instance, String namespace, String rulesUrl, String hash, int graceMillis) {}
