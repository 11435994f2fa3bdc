package dev.orrery.server;

/**
 * Where the session of a player who has gone to another instance leads, for a client that missed the word.
 *
 * @param untilMillis when it is forgotten, ms since 1970
 */
record Forward(Instance to, String player, String name, long untilMillis) {}
