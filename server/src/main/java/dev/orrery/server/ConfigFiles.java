package dev.orrery.server;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;

/** Files that a configuration names, and secrets, which it had better not hold. May be used by any thread. */
final class ConfigFiles {
    /** Stands for what could not be read, so that nothing else is said of it: long enough for any secret. */
    static final String NOT_READ = "?".repeat(64);

    private ConfigFiles() {}

    /** The path of a file that must be given and can be read; with a secret in it, only its owner and group may. */
    static Path file(ConfigSection from, String key, String what, boolean secret) {
        Path file = from.path(key, Path.of(NOT_READ));
        ConfigValue value = from.find(key);
        if (value == null) {
            from.complainOfMissing(key, what);
            return file;
        }
        String objection = secret ? PrivateFile.unfit(file) : PrivateFile.unreadable(file);
        if (objection != null) {
            from.complain(key, value, objection);
        }
        return file;
    }

    /**
     * A secret: under {@code key}, then from the environment or in a file that others cannot read, or in the file named by
     * {@code key-file}. Empty if it is not given.
     */
    static String secret(ConfigSection from, String key) {
        String fileKey = key + "-file";
        ConfigValue value = from.find(key);
        ConfigValue fileValue = from.find(fileKey);
        if (fileValue == null) {
            return value == null ? "" : secret(from, key, value);
        }
        if (value != null) {
            from.complain(fileKey, fileValue, "is one too many: give " + key + " or " + fileKey + ", not both");
            return NOT_READ;
        }
        Path file = from.path(fileKey, Path.of(NOT_READ));
        if (!from.has(fileKey)) {
            return NOT_READ;
        }
        String objection = PrivateFile.unfit(file);
        String secret = objection == null ? PrivateFile.secret(file) : null;
        if (secret == null || secret.isEmpty()) {
            from.complain(
                    fileKey, fileValue, objection == null ? "names " + file + ", which holds no secret" : objection);
            return NOT_READ; // so that nothing else is said of it
        }
        return secret;
    }

    private static String secret(ConfigSection from, String key, ConfigValue value) {
        String writtenIn = value.origin().filename();
        if (writtenIn != null && PrivateFile.isOpen(Path.of(writtenIn))) {
            from.complain(
                    key,
                    value,
                    "is a secret in a file that every user of this machine can read: use " + key
                            + "-file, or take it from the environment (${?NAME}), or chmod o-rwx " + writtenIn);
            return NOT_READ;
        }
        if (value.valueType() == ConfigValueType.LIST || value.valueType() == ConfigValueType.OBJECT) {
            from.complain(key, value, "must be a text");
            return NOT_READ;
        }
        return ConfigScalar.text(value);
    }
}
