package dev.orrery.server;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who a player is, by the studio's own token. May be used by any thread. */
final class Tokens {
    /** Ids of guests begin with it, and those of token holders never do. */
    static final String GUEST_PREFIX = "guest-";

    private static final int MAX_LENGTH = 4_096;
    private static final int MAX_PLAYER_LENGTH = 128;
    private static final String SCHEME = "Bearer ";

    private final boolean guests;
    private final @Nullable DefaultJWTProcessor<SecurityContext> processor;

    /** @param name as the token says; empty if it says none */
    record Holder(String player, String name) {}

    private Tokens(boolean guests, @Nullable DefaultJWTProcessor<SecurityContext> processor) {
        this.guests = guests;
        this.processor = processor;
    }

    /** @throws IOException in a sentence, if the keys cannot be read */
    static Tokens of(JoinConfig config) throws IOException {
        JoinConfig.TokenConfig tokens = config.tokens();
        return new Tokens(config.guests(), tokens == null ? null : processor(tokens));
    }

    private static DefaultJWTProcessor<SecurityContext> processor(JoinConfig.TokenConfig config) throws IOException {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        if (config.keys() == null) {
            byte[] secret = config.secret().getBytes(StandardCharsets.UTF_8);
            processor.setJWSKeySelector(
                    new JWSVerificationKeySelector<>(JWSAlgorithm.HS256, new ImmutableSecret<>(secret)));
        } else {
            try {
                processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                        Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256),
                        new ImmutableJWKSet<>(JWKSet.load(config.keys().toFile()))));
            } catch (ParseException e) {
                throw new IOException(config.keys() + " is no JWK set: " + e.getMessage(), e);
            }
        }
        JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
        if (!config.issuer().isEmpty()) {
            exact.issuer(config.issuer());
        }
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                config.audience().isEmpty() ? null : Set.of(config.audience()),
                exact.build(),
                Set.of("sub", "exp"),
                Set.of()));
        return processor;
    }

    private static boolean isPlayer(String id) {
        return !id.isBlank()
                && id.length() <= MAX_PLAYER_LENGTH
                && !id.startsWith(GUEST_PREFIX)
                && id.chars().noneMatch(Character::isISOControl);
    }

    /**
     * The player of an Authorization header; null for a guest.
     *
     * @throws RefusedException if there is no token where one is needed, or it is not valid
     */
    @Nullable
    Holder holder(String authorization) throws RefusedException {
        if (authorization.isEmpty() || processor == null) {
            if (!guests) {
                throw Refusal.TOKEN_MISSING.exception();
            }
            return null;
        }
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) || authorization.length() > MAX_LENGTH) {
            throw Refusal.TOKEN_INVALID.exception();
        }
        try {
            JWTClaimsSet claims =
                    processor.process(authorization.substring(SCHEME.length()).strip(), null);
            String player = claims.getSubject();
            if (player == null || !isPlayer(player)) {
                throw Refusal.TOKEN_INVALID.exception();
            }
            String name = claims.getStringClaim("name");
            return new Holder(player, name == null ? "" : name);
        } catch (ParseException | BadJOSEException | JOSEException e) {
            throw Refusal.TOKEN_INVALID.exception();
        }
    }
}
