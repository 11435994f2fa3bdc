package dev.orrery.server;

import dev.orrery.world.Line;
import dev.orrery.world.Seat;
import org.jspecify.annotations.Nullable;

/**
 * Who a player is to an instance, across their connections. Secrets are kept as hashes only. Guarded by the
 * {@link Sessions} that it belongs to.
 */
final class Session {
    private final Seat seat;

    /** Of the newest secret, which a {@code welcome} tells; empty before the first connection. */
    private String secretHash = "";

    /** Of the one before: it serves until the client has shown that it knows the newest one. */
    private String oldSecretHash = "";

    private @Nullable Connection connection;
    private boolean claimed;

    /** The connection that plays, as a session sees it. */
    interface Connection {
        Line line();

        /** The connection is over: its client is told the reason, then disconnected. May be called by any thread. */
        void end(Farewell farewell);

        /** The player lives in another instance now: their client is told where, and the connection ends. By any thread. */
        void move(Invitation there);

        /** How long the newest pong took; negative if it is not known. May be called by any thread. */
        long roundTripNanos();
    }

    Session(Seat seat) {
        this.seat = seat;
    }

    Seat seat() {
        return seat;
    }

    @Nullable
    Connection connection() {
        return connection;
    }

    String secretHash() {
        return secretHash;
    }

    String oldSecretHash() {
        return oldSecretHash;
    }

    /** Another connection plays, or none. Returns the one before. */
    @Nullable
    Connection connect(@Nullable Connection newConnection) {
        Connection before = connection;
        connection = newConnection;
        return before;
    }

    /** There is a new secret, and the one by which the client came still serves, lest a connection that breaks now costs the session. */
    void renew(String newSecretHash, String usedSecretHash) {
        oldSecretHash = usedSecretHash;
        secretHash = newSecretHash;
    }

    /** The client has got the newest secret: no other serves any more. */
    void confirm() {
        oldSecretHash = "";
        claimed = true;
    }

    /** Whether a client has ever shown that it knows a secret of this session. */
    boolean isClaimed() {
        return claimed;
    }
}
