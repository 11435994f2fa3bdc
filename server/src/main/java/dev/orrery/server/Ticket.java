package dev.orrery.server;

/**
 * The right to one seat in one instance.
 *
 * @param expiresAtMillis milliseconds since 1970
 * @param jti names this ticket; it is taken once
 */
record Ticket(String instance, String player, String name, long expiresAtMillis, String jti) {}
