package dev.orrery.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** How secrets are kept and compared. May be used by any thread. */
final class Secrets {
    private Secrets() {}

    /** By which a secret of many random bits is found again, but not told. */
    static String hash(String secret) {
        return Base64.getEncoder().encodeToString(digest(secret));
    }

    /** Whether they are the same, in a time that tells neither where they differ nor how long they are. */
    static boolean areEqual(String one, String other) {
        return MessageDigest.isEqual(digest(one), digest(other));
    }

    private static byte[] digest(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
