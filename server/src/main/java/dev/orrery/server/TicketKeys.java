package dev.orrery.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys that sign tickets: {@code <data>/ticket-keys}, one {@code id base64} a line, readable by the owner only. The
 * last line signs; tickets signed by any line are valid, so a key is rotated by adding one. Immutable.
 */
final class TicketKeys {
    private static final int KEY_BYTES = 32;

    private final Map<String, byte[]> byId;
    private final String newestId;

    private TicketKeys(Map<String, byte[]> byId, String newestId) {
        this.byId = byId;
        this.newestId = newestId;
    }

    /**
     * Reads the keys of a data folder; makes the folder and a first key if there is none.
     *
     * @throws IOException if the file cannot be read or made, or has a line that is no key
     */
    static TicketKeys load(Path dataFolder) throws IOException {
        Path file = dataFolder.resolve("ticket-keys");
        try {
            Files.createDirectories(dataFolder);
            if (!Files.exists(file)) {
                create(file);
            }
        } catch (IOException e) {
            throw new IOException(
                    "cannot use " + dataFolder + " as data folder ("
                            + e.getClass().getSimpleName().replace("Exception", "")
                            + "): name one that can be written to",
                    e);
        }
        Map<String, byte[]> byId = new LinkedHashMap<>();
        String newestId = "";
        for (String line : Files.readAllLines(file, StandardCharsets.US_ASCII)) {
            String[] parts = line.strip().split(" ", -1);
            if (line.isBlank()) {
                continue;
            }
            byte[] key = parts.length == 2 ? decode(parts[1]) : null;
            if (key == null || key.length < KEY_BYTES) {
                throw new IOException(file + " has a line that is not \"id base64\" with " + KEY_BYTES + " bytes");
            }
            newestId = parts[0];
            byId.put(newestId, key);
        }
        if (byId.isEmpty()) {
            throw new IOException(file + " holds no key; delete it and a new one is made");
        }
        return new TicketKeys(byId, newestId);
    }

    String newestId() {
        return newestId;
    }

    byte @Nullable [] find(String id) {
        return byId.get(id);
    }

    private static void create(Path file) throws IOException {
        SecureRandom random = new SecureRandom();
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        String line = Integer.toHexString(random.nextInt() & 0xFFFFFF) + " "
                + Base64.getEncoder().encodeToString(key) + "\n";
        // Made with its mode, never readable by others even for a moment; and whole or not at all.
        Path fresh = Files.createTempFile(
                file.getParent(),
                "ticket-keys",
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(fresh, line, StandardCharsets.US_ASCII);
        Files.move(fresh, file);
    }

    private static byte @Nullable [] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
