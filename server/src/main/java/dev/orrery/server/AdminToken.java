package dev.orrery.server;

import dev.orrery.transport.Ids;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The token that opens the management API: the configured one, or {@code <data>/admin-token}, readable by the owner only. */
final class AdminToken {
    private static final String FILE = "admin-token";

    private AdminToken() {}

    /**
     * Reads the token; makes the folder and a token if there is none.
     *
     * @throws IOException in a sentence, if it cannot be read or made
     */
    static String load(AdminConfig config, Path dataFolder) throws IOException {
        if (!config.token().isEmpty()) {
            return config.token();
        }
        Path file = dataFolder.resolve(FILE);
        String token;
        try {
            Files.createDirectories(dataFolder);
            if (!Files.exists(file)) {
                create(file);
            }
            token = Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new IOException(
                    "cannot use " + file + " (" + e.getClass().getSimpleName().replace("Exception", "")
                            + "): let it be readable and its folder writable, or configure a token",
                    e);
        }
        if (token.length() < AdminConfig.MIN_TOKEN_LENGTH) {
            throw new IOException(file + " holds no token of at least " + AdminConfig.MIN_TOKEN_LENGTH
                    + " characters; delete it and a new one is made");
        }
        return token;
    }

    private static void create(Path file) throws IOException {
        // Made with its mode, never readable by others even for a moment; and whole or not at all.
        Path fresh = Files.createTempFile(
                file.toAbsolutePath().getParent(),
                FILE,
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, Ids.secret() + "\n", StandardCharsets.US_ASCII);
        Files.move(fresh, file);
    }
}
