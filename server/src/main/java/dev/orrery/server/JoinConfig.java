package dev.orrery.server;

import dev.orrery.transport.Rate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who may join.
 *
 * @param rate how often one address may ask for a seat, many because of NAT
 * @param guests whether players without a token are taken
 * @param tokens how the studio's own tokens are verified; null if there are none
 */
public record JoinConfig(
        Rate rate, boolean guests, @Nullable TokenConfig tokens) {
    public static final JoinConfig DEFAULT = new JoinConfig(new Rate(20, 400), true, null);

    public JoinConfig {
        if (!guests && tokens == null) {
            throw new IllegalArgumentException("without guests and without tokens nobody could join");
        }
    }

    /**
     * JSON Web Tokens that name a player in {@code sub}: signed with a shared secret (HS256) or with one of the keys of a JWK
     * set (RS256, PS256, ES256).
     *
     * @param secret of at least 32 bytes; empty if {@code keys} verify
     * @param keys a JWK set in a file; null if the secret verifies
     * @param issuer that {@code iss} must name; empty for any
     * @param audience that {@code aud} must name; empty for any
     */
    public record TokenConfig(String secret, @Nullable Path keys, String issuer, String audience) {
        private static final int MIN_SECRET_BYTES = 32;

        public TokenConfig {
            if (secret.isEmpty() == (keys == null)) {
                throw new IllegalArgumentException("tokens are verified by a secret or by keys: give one of the two");
            }
            if (keys == null && secret.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
                throw new IllegalArgumentException("the secret must have at least " + MIN_SECRET_BYTES + " bytes");
            }
        }

        /** Never the secret. */
        @Override
        public String toString() {
            return "TokenConfig[issuer=" + issuer + ", audience=" + audience + "]";
        }
    }
}
