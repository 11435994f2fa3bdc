package dev.orrery.server;

import dev.orrery.transport.Ids;
import dev.orrery.wire.Json;
import dev.orrery.wire.JsonWriter;
import dev.orrery.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Issues tickets and takes each of them once:
 *
 * <pre>
 *   base64url({v, kid, instance, player, name, exp, jti}) "." base64url(HMAC-SHA256 of what stands before the dot)
 * </pre>
 *
 * May be used by any thread.
 */
final class Tickets {
    static final long LIFETIME_MILLIS = 30_000;

    private static final int VERSION = 1;
    /** A ticket is some 250 characters; nothing longer is looked at. */
    private static final int MAX_LENGTH = 1_024;
    /** Between two looks through all that were taken. */
    private static final long SWEEP_MILLIS = 1_000;

    private final TicketKeys keys;
    private final InstantSource clock;
    /** Tickets taken, until they would have expired anyway: jti → expiry. */
    private final ConcurrentHashMap<String, Long> taken = new ConcurrentHashMap<>();

    private final AtomicLong nextSweepMillis = new AtomicLong();

    Tickets(TicketKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** By the clock that tickets go by, ms since 1970. */
    long nowMillis() {
        return clock.millis();
    }

    Ticket create(String instance, String player, String name) {
        return new Ticket(instance, player, name, clock.millis() + LIFETIME_MILLIS, Ids.secret());
    }

    /** The text of a ticket, signed. */
    String sign(Ticket ticket) {
        JsonWriter claims = new JsonWriter().beginObject();
        claims.name("v").value(VERSION).name("kid").value(keys.newestId());
        claims.name("instance").value(ticket.instance()).name("player").value(ticket.player());
        claims.name("name").value(ticket.name()).name("exp").value(ticket.expiresAtMillis());
        claims.name("jti").value(ticket.jti()).endObject();
        String body = encode(claims.toBytes());
        return body + "." + encode(mac(keys.newestId(), body));
    }

    /**
     * Takes a ticket for an instance: afterwards it is used.
     *
     * @throws RefusedException with the code that says why not
     */
    Ticket take(String text, String instance) throws RefusedException {
        if (text.isEmpty()) {
            throw Refusal.TICKET_MISSING.exception();
        }
        Ticket ticket = verify(text);
        long now = clock.millis();
        if (ticket.expiresAtMillis() <= now) {
            throw Refusal.TICKET_EXPIRED.exception();
        }
        if (!ticket.instance().equals(instance)) {
            throw Refusal.TICKET_FORGED.exception();
        }
        sweep(now);
        if (taken.putIfAbsent(ticket.jti(), ticket.expiresAtMillis()) != null) {
            throw Refusal.TICKET_USED.exception();
        }
        return ticket;
    }

    /** Forgets what has expired: once a while, as a crowd that comes in would be looked through for each of its own. */
    private void sweep(long now) {
        long due = nextSweepMillis.get();
        if (now >= due && nextSweepMillis.compareAndSet(due, now + SWEEP_MILLIS)) {
            taken.values().removeIf(expiry -> expiry <= now);
        }
    }

    private Ticket verify(String text) throws RefusedException {
        int dot = text.indexOf('.');
        if (dot < 0 || text.length() > MAX_LENGTH) {
            throw Refusal.TICKET_FORGED.exception();
        }
        String body = text.substring(0, dot);
        try {
            Json claims = Json.parse(new String(Base64.getUrlDecoder().decode(body), StandardCharsets.UTF_8));
            byte[] expected = mac(claims.get("kid").text(""), body);
            byte[] found = Base64.getUrlDecoder().decode(text.substring(dot + 1));
            if (expected.length == 0
                    || !MessageDigest.isEqual(expected, found)
                    || claims.get("v").number(0) != VERSION) {
                throw Refusal.TICKET_FORGED.exception();
            }
            return new Ticket(
                    claims.get("instance").text(""),
                    claims.get("player").text(""),
                    claims.get("name").text(""),
                    (long) claims.get("exp").number(0),
                    claims.get("jti").text(""));
        } catch (IllegalArgumentException | WireException e) {
            throw Refusal.TICKET_FORGED.exception();
        }
    }

    /** Empty if there is no such key. */
    private byte[] mac(String keyId, String body) {
        byte[] key = keys.find(keyId);
        if (key == null) {
            return new byte[0];
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(body.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
