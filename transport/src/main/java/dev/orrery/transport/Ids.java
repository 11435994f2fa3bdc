package dev.orrery.transport;

import java.security.SecureRandom;
import java.util.Base64;

/** Unguessable identifiers: 144 random bits in 24 characters that are safe in a URL. May be used by any thread. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BYTES = 18;

    private Ids() {}

    public static String secret() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
