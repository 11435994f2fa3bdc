package dev.orrery.server;

import java.security.MessageDigest;

/** How secrets are kept and compared. May be used by any thread. */
final class Secrets {
    private Secrets() {}

    /** By which a secret of many random bits is found again, but not told. */
    static String hash(String secret) {
        return Sha256.hex(secret);
    }

    /** Whether they are the same, in a time that tells neither where they differ nor how long they are. */
    static boolean areEqual(String one, String other) {
        return MessageDigest.isEqual(Sha256.digest(one), Sha256.digest(other));
    }
}
