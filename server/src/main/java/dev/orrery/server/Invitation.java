package dev.orrery.server;

import dev.orrery.wire.JsonWriter;

/**
 * A seat held for a player, and the way there: what {@code join} answers and {@code moved} tells.
 *
 * @param ticket the text to show at CONNECT
 * @param expiresAtMillis until when the seat is held, ms since 1970
 */
record Invitation(String instance, String namespace, String url, String ticket, long expiresAtMillis) {
    /** {@code {instance, namespace, url, ticket, expiresAt}} */
    void write(JsonWriter out) {
        out.beginObject().name("instance").value(instance).name("namespace").value(namespace);
        out.name("url").value(url).name("ticket").value(ticket);
        out.name("expiresAt").value(expiresAtMillis).endObject();
    }
}
