package dev.orrery.server;

import dev.orrery.transport.Ids;
import dev.orrery.wire.Counters;
import dev.orrery.world.Effect;
import dev.orrery.world.Line;
import dev.orrery.world.Seat;
import dev.orrery.world.Tick;
import java.util.ArrayList;
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
 *                     expect(player): from another world ─┘        └─ forward: to another world
 * </pre>
 *
 * May be used by any thread; guarded by itself. Its lock is never held while that of another instance is taken.
 */
final class Sessions {
    private final Tick tick;
    private final Counters<ServerCounter> counters;
    /** Seats promised to tickets: player → expiry, ms since 1970. One a player, however many tickets they have asked for. */
    private final Map<String, Long> reservations = new HashMap<>();

    private final Map<String, Session> byPlayer = new HashMap<>();
    private final Map<String, Session> bySecretHash = new HashMap<>();
    /** Of players who have gone to another instance, by the hash of their secret here. */
    private final Map<String, Forward> forwards = new HashMap<>();

    private boolean open = true;

    /** The end of a session: the connection that played, and whether the player sits in another seat here now. */
    record Departed(Session.@Nullable Connection connection, boolean seated) {}

    /** @param roundTripNanos negative if it is not known */
    record Sitting(String player, String name, boolean connected, long roundTripNanos) {}

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
        if (!holds(ticket.player()) && taken(nowMillis) >= capacity) {
            return false;
        }
        if (!byPlayer.containsKey(ticket.player())) {
            reservations.put(ticket.player(), ticket.expiresAtMillis());
        }
        return true;
    }

    /** Seats that are promised or taken; what is over is forgotten. */
    synchronized int taken(long nowMillis) {
        reservations.values().removeIf(expiry -> expiry <= nowMillis);
        forwards.values().removeIf(forward -> forward.untilMillis() <= nowMillis);
        return byPlayer.size() + reservations.size();
    }

    /** Whether a player sits here, or has a seat promised. */
    synchronized boolean holds(String player) {
        return byPlayer.containsKey(player) || reservations.containsKey(player);
    }

    /** Whether a player has come from another world and their client has not shown up yet. */
    synchronized boolean isUnclaimed(String player) {
        Session session = byPlayer.get(player);
        return session != null && !session.isClaimed();
    }

    /** From now on nobody comes in, if nobody is in and nobody is to be sent on; false if somebody is. */
    synchronized boolean closeIfEmpty(long nowMillis) {
        open &= taken(nowMillis) > 0 || !forwards.isEmpty();
        return !open;
    }

    /** From now on nobody comes in. Returns the connections that play. */
    synchronized List<Session.Connection> close() {
        open = false;
        return connections();
    }

    // ---- connections ----

    /**
     * Turns a ticket into a player, or into a newer connection of one who sits here already, which then takes over.
     *
     * @param connect makes the connection that plays for a player on a line
     * @throws RefusedException if it is closed, no seat was held any more and all are taken, or too many wait to be admitted
     */
    <C extends Session.Connection> C enter(
            Ticket ticket, int capacity, long nowMillis, BiFunction<String, Line, C> connect) throws RefusedException {
        String secret = Ids.secret();
        C connection = connect.apply(ticket.player(), tick.line(secret));
        Session.Connection before;
        synchronized (this) {
            if (!open) {
                throw Refusal.INSTANCE_CLOSED.exception();
            }
            boolean held = reservations.remove(ticket.player()) != null;
            Session session = byPlayer.get(ticket.player());
            if (session == null || !session.seat().take(connection.line())) {
                if (!held && taken(nowMillis) >= capacity) {
                    throw Refusal.FULL.exception();
                }
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
     * @throws RefusedException if nobody does: the grace is over, or the secret was renewed; or if it is closed
     */
    <C extends Session.Connection> C resume(String secret, BiFunction<String, Line, C> connect)
            throws RefusedException {
        String fresh = Ids.secret();
        String hash = Secrets.hash(secret);
        C connection;
        Session.Connection before;
        synchronized (this) {
            if (!open) {
                throw Refusal.INSTANCE_CLOSED.exception();
            }
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
        if (session != null && session.connection() == connection) {
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

    /** Who sits here. */
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

    // ---- between worlds ----

    /** A player comes from another world: their seat waits for the connection that brings the ticket. False if it cannot. */
    synchronized boolean expect(Ticket ticket, Effect.Transfer transfer) {
        reservations.remove(ticket.player());
        return open && !byPlayer.containsKey(ticket.player()) && seat(transfer);
    }

    /** The player has gone to another world, and whoever comes back with their session is sent there; null if they had left anyway. */
    synchronized @Nullable Departed forward(Forward there) {
        Session session = present(there.player());
        return session == null ? null : release(session, there, false);
    }

    /**
     * The player was let go by this world, but no other takes them: they arrive here again, and their client must come with a
     * ticket. Null if they had left anyway.
     */
    synchronized @Nullable Departed comeHome(Effect.Transfer transfer, Forward here) {
        Session session = present(transfer.player());
        if (session == null) {
            return null;
        }
        forget(session);
        return release(session, here, open && seat(transfer));
    }

    /** Where the session of a player who has gone leads; null if it is none of those. */
    synchronized @Nullable Forward forwarded(String secret) {
        return secret.isEmpty() || forwards.isEmpty() ? null : forwards.get(Secrets.hash(secret));
    }

    // ---- ends ----

    /** The player of a seat has left the world. */
    synchronized void left(Seat seat) {
        Session session = byPlayer.get(seat.player());
        if (session != null && session.seat() == seat) {
            forget(session);
        }
    }

    /** The game could not take in whoever has this seat: their session ends. Returns their connection; null if there is none. */
    synchronized Session.@Nullable Connection turnAway(Seat seat) {
        Session session = byPlayer.get(seat.player());
        return session == null || session.seat() != seat
                ? null
                : release(session, null, false).connection();
    }

    /** Ends the session of a player at once, without a word to the connection; null if there is none. */
    synchronized @Nullable Departed dismiss(String player) {
        Session session = byPlayer.get(player);
        return session == null ? null : release(session, null, false);
    }

    private Departed release(Session session, @Nullable Forward forward, boolean seated) {
        session.seat().leave();
        forget(session);
        if (forward != null) {
            forwards.put(session.secretHash(), forward);
            if (!session.oldSecretHash().isEmpty()) {
                forwards.put(session.oldSecretHash(), forward);
            }
        }
        return new Departed(session.connect(null), seated);
    }

    private @Nullable Session present(String player) {
        Session session = byPlayer.get(player);
        return session == null || session.seat().hasLeft() ? null : session;
    }

    private boolean seat(Effect.Transfer transfer) {
        Seat seat = tick.seat(transfer.player(), transfer.name());
        if (!tick.arrive(seat, transfer.kind(), transfer.row())) {
            return false;
        }
        byPlayer.put(transfer.player(), new Session(seat));
        return true;
    }

    private Session join(Ticket ticket, Line line) throws RefusedException {
        Seat seat = tick.seat(ticket.player(), ticket.name());
        seat.take(line);
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
        bySecretHash.remove(session.secretHash());
        bySecretHash.remove(session.oldSecretHash());
        session.renew(Secrets.hash(secret), usedHash);
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
}
