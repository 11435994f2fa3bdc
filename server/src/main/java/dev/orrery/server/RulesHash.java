package dev.orrery.server;

import dev.orrery.world.Plan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names the rules and the schema of a game: clients that hold others compute and read something else than the server. */
final class RulesHash {
    private static final int BYTES = 8;

    private RulesHash() {}

    /** @param rulesUrl of the rules for browsers, which is named after their content */
    static String of(Plan plan, String rulesUrl) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(rulesUrl.getBytes(StandardCharsets.UTF_8));
            digest.update(plan.schema().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
