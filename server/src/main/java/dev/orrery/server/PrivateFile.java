package dev.orrery.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import org.jspecify.annotations.Nullable;

/** A file that a configuration names. May be used by any thread. */
final class PrivateFile {
    /** Far more than any secret has. */
    private static final int MAX_SECRET_BYTES = 65_536;

    private PrivateFile() {}

    /** What forbids to use a file at all; null if nothing does. Completes a sentence that begins with its key. */
    static @Nullable String unreadable(Path file) {
        if (!Files.exists(file)) {
            return "names " + file + ", which does not exist";
        }
        if (!Files.isRegularFile(file)) {
            return "names " + file + ", which is no file";
        }
        return Files.isReadable(file) ? null : "names " + file + ", which this user may not read";
    }

    /** The same for a file with a secret in it: its group may read it, as some platforms hand secrets out so; others may not. */
    static @Nullable String unfit(Path file) {
        String unreadable = unreadable(file);
        if (unreadable != null) {
            return unreadable;
        }
        return isOpen(file)
                ? "names " + file + ", which every user of this machine can read: take that away (chmod o-rwx " + file
                        + ")"
                : null;
    }

    /** Whether others than its owner and its group can read a file; false where the file system knows no modes. */
    static boolean isOpen(Path file) {
        try {
            return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
        } catch (UnsupportedOperationException | IOException e) {
            return false;
        }
    }

    /** The secret in a file, without the line break at its end; null if it is no text of a sensible length. */
    static @Nullable String secret(Path file) {
        try {
            return Files.size(file) > MAX_SECRET_BYTES
                    ? null
                    : Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return null;
        }
    }
}
