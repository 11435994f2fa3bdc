package dev.orrery.server;

import dev.orrery.transport.Ids;
import dev.orrery.wire.Counters;
import dev.orrery.world.Line;
import dev.orrery.world.Seat;
import dev.orrery.world.Tick;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The seats of one instance: promised to tickets, or taken by sessions. A session begins with a ticket, goes on with a secret
 * that every connection renews, and ends when its player has left the world.
 *
 * <pre>
 *   reserve(ticket) → enter(ticket) ──► session ──► resume(secret) … → left
 *                     expect(player): from another world ─┘
 * </pre>
 *
 * May be used by any thread; guarded by itself.
 */
final class Sessions {
    private final Tick tick;
    private final Counters<ServerCounter> counters;
    /** Seats promised to tickets: jti → expiry, ms since 1970. */
    private final Map<String, Long> reservations = new HashMap<>();

    private final Map<String, Session> byPlayer = new HashMap<>();
    private final Map<String, Session> bySecretHash = new HashMap<>();
    /** Of players who have gone to another instance, by the hash of their secret here. */
    private final Map<String, Place> forwards = new HashMap<>();

    private boolean open = true;

    Sessions(Tick tick, Counters<ServerCounter> counters) {
        this.tick = tick;
        this.counters = counters;
    }

    // ---- seats ----

    /** Holds a seat for a ticket until it expires; false if all are taken. A player who sits here already needs none. */
    synchronized boolean reserve(Ticket ticket, int capacity, long nowMillis) {
        if (!open) {
            return false;
        }
        if (!byPlayer.containsKey(ticket.player())) {
            if (taken(nowMillis) >= capacity) {
                return false;
            }
            reservations.put(ticket.jti(), ticket.expiresAtMillis());
        }
        return true;
    }

    /** Seats that are promised or taken. */
    synchronized int taken(long nowMillis) {
        reservations.values().removeIf(expiry -> expiry <= nowMillis);
        forwards.values().removeIf(place -> place.expiresAtMillis() <= nowMillis);
        return byPlayer.size() + reservations.size();
    }

    synchronized boolean holds(String player) {
        return byPlayer.containsKey(player);
    }

    /** From now on nobody comes in if nobody is in; false if somebody is. */
    synchronized boolean closeIfEmpty(long nowMillis) {
        open &= taken(nowMillis) > 0;
        return !open;
    }

    // ---- connections ----

    /**
     * Turns a ticket into a player, or into a newer connection of one who sits here already, which then takes over.
     *
     * @param connect makes the connection that plays for a player on a line
     * @throws RefusedException if too many wait to be admitted
     */
    <C extends Session.Connection> C enter(Ticket ticket, BiFunction<String, Line, C> connect) throws RefusedException {
        String secret = Ids.secret();
        C connection = connect.apply(ticket.player(), tick.line(secret));
        Session.Connection before;
        synchronized (this) {
            reservations.remove(ticket.jti());
            Session session = byPlayer.get(ticket.player());
            if (session == null || !session.seat().take(connection.line())) {
                session = join(ticket, connection.line());
            }
            before = connect(session, secret, "", connection);
        }
        takeOver(before);
        return connection;
    }

    /**
     * A new connection of the player who knows the secret.
     *
     * @throws RefusedException if nobody does: the grace is over, or the secret was renewed
     */
    <C extends Session.Connection> C resume(String secret, BiFunction<String, Line, C> connect)
            throws RefusedException {
        String fresh = Ids.secret();
        String hash = hash(secret);
        C connection;
        Session.Connection before;
        synchronized (this) {
            Session session = bySecretHash.get(hash);
            if (session == null) {
                throw Refusal.SESSION_UNKNOWN.exception();
            }
            connection = connect.apply(session.seat().player(), tick.line(fresh));
            if (!session.seat().take(connection.line())) {
                throw Refusal.SESSION_UNKNOWN.exception();
            }
            before = connect(session, fresh, hash, connection);
        }
        counters.increment(ServerCounter.SESSIONS_RESUMED);
        takeOver(before);
        return connection;
    }

    /** The client of a connection has got its secret: the one by which it came is void. */
    synchronized void confirm(Session.Connection connection, String player) {
        Session session = byPlayer.get(player);
        if (session != null
                && session.connection() == connection
                && !session.oldSecretHash().isEmpty()) {
            bySecretHash.remove(session.oldSecretHash());
            session.confirm();
        }
    }

    /** A connection has ended; the player leaves if they wanted to, else their seat waits for them. */
    synchronized void ended(Session.Connection connection, String player, boolean byWish) {
        Session session = byPlayer.get(player);
        if (session != null && session.connection() == connection) {
            session.connect(null);
            session.seat().drop(connection.line());
            if (byWish) {
                session.seat().leave();
            }
        }
    }

    /** A player comes from another world: their seat waits for the connection that brings the ticket. False if there is no room. */
    synchronized boolean expect(Ticket ticket, String kind, int[] row) {
        reservations.remove(ticket.jti());
        Seat seat = tick.seat(ticket.player(), ticket.name());
        if (!open || byPlayer.containsKey(ticket.player()) || !tick.arrive(seat, kind, row)) {
            return false;
        }
        byPlayer.put(ticket.player(), new Session(seat));
        return true;
    }

    /** The player of a seat has left the world. */
    synchronized void left(Seat seat) {
        Session session = byPlayer.get(seat.player());
        if (session != null && session.seat() == seat) {
            forget(session);
        }
    }

    /** Ends the session of a player at once, without a word to the connection, which is returned if there is one. */
    synchronized @Nullable Departed dismiss(String player) {
        Session session = byPlayer.get(player);
        if (session == null) {
            return null;
        }
        boolean stayed = !session.seat().hasLeft();
        session.seat().leave();
        forget(session);
        return new Departed(session.connect(null), session.secretHash(), session.oldSecretHash(), stayed);
    }

    /** @param stayed whether the player had not wanted to leave anyway */
    record Departed(Session.@Nullable Connection connection, String secretHash, String oldSecretHash, boolean stayed) {}

    /** Whoever comes back with the session of one who has gone to another instance is sent there, while the ticket is good. */
    synchronized void forward(Departed departed, Place there) {
        forwards.put(departed.secretHash(), there);
        if (!departed.oldSecretHash().isEmpty()) {
            forwards.put(departed.oldSecretHash(), there);
        }
    }

    /** Where the player of a session has gone; null if they have not. */
    synchronized @Nullable Place forwarded(String secret) {
        return secret.isEmpty() || forwards.isEmpty() ? null : forwards.get(hash(secret));
    }

    /** The connections that play now. */
    synchronized List<Session.Connection> connections() {
        List<Session.Connection> connections = new ArrayList<>();
        for (Session session : byPlayer.values()) {
            if (session.connection() != null) {
                connections.add(session.connection());
            }
        }
        return connections;
    }

    /** Who sits here: id, name, whether they are connected. */
    synchronized List<Sitting> sitting() {
        List<Sitting> sitting = new ArrayList<>();
        for (Session session : byPlayer.values()) {
            Seat seat = session.seat();
            Session.Connection connection = session.connection();
            long roundTripNanos = connection == null ? -1 : connection.roundTripNanos();
            sitting.add(new Sitting(seat.player(), seat.name(), connection != null, roundTripNanos));
        }
        return sitting;
    }

    /** @param roundTripNanos negative if it is not known */
    record Sitting(String player, String name, boolean connected, long roundTripNanos) {}

    private Session join(Ticket ticket, Line line) throws RefusedException {
        Seat seat = tick.seat(ticket.player(), ticket.name());
        seat.take(line);
        if (!open) {
            throw Refusal.INSTANCE_CLOSED.exception();
        }
        if (!tick.join(seat)) {
            throw Refusal.FULL.exception();
        }
        Session session = new Session(seat);
        Session before = byPlayer.get(ticket.player());
        if (before != null) {
            forget(before);
        }
        byPlayer.put(ticket.player(), session);
        return session;
    }

    private Session.@Nullable Connection connect(
            Session session, String secret, String usedHash, Session.Connection connection) {
        bySecretHash.keySet().removeAll(List.of(session.secretHash(), session.oldSecretHash()));
        session.renew(hash(secret), usedHash);
        bySecretHash.put(session.secretHash(), session);
        if (!usedHash.isEmpty()) {
            bySecretHash.put(usedHash, session);
        }
        return session.connect(connection);
    }

    private void takeOver(Session.@Nullable Connection before) {
        if (before != null) {
            counters.increment(ServerCounter.CONNECTIONS_TAKEN_OVER);
            before.end(Farewell.TAKEN_OVER);
        }
    }

    private void forget(Session session) {
        byPlayer.remove(session.seat().player(), session);
        bySecretHash.remove(session.secretHash());
        bySecretHash.remove(session.oldSecretHash());
    }

    private static String hash(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
