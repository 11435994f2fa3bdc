package dev.orrery.server;

import dev.orrery.transport.Ids;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Browsers that have logged in, by the hash of the secret in their cookie. Nothing of it survives a restart. May be used by any
 * thread; guarded by itself.
 */
final class Logins {
    static final long LIFETIME_MILLIS = TimeUnit.HOURS.toMillis(12);
    /** Overflow: the oldest login ends. */
    static final int MAX = 100;

    private final InstantSource clock;

    /** Hash → until when, ms since 1970; oldest first. */
    private final Map<String, Long> expiries = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX;
        }
    };

    Logins(InstantSource clock) {
        this.clock = clock;
    }

    /** A browser has shown the token; returns the secret for its cookie. */
    synchronized String open() {
        String secret = Ids.secret();
        expiries.put(Secrets.hash(secret), clock.millis() + LIFETIME_MILLIS);
        return secret;
    }

    /** Whether a login has that secret and is not over. */
    synchronized boolean hold(String secret) {
        Long expiry = expiries.get(Secrets.hash(secret));
        return expiry != null && expiry > clock.millis();
    }

    /** The login with that secret ends, if there is one. */
    synchronized void close(String secret) {
        expiries.remove(Secrets.hash(secret));
    }
}
