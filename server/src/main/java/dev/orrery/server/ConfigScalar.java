package dev.orrery.server;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import java.time.Duration;
import java.util.Set;

/** Single values of a configuration. May be used by any thread. */
final class ConfigScalar {
    private static final int MAX_SHOWN_LENGTH = 40;

    private ConfigScalar() {}

    /** @throws ConfigException if it is a list or a block */
    static String text(ConfigValue value) {
        return value.atKey("value").getString("value");
    }

    /** @throws ConfigException if it is none; also if it has no unit, as some settings are told in seconds elsewhere */
    static Duration duration(ConfigValue value) {
        String written = text(value).strip();
        boolean hasUnit = !written.isEmpty() && Character.isLetter(written.charAt(written.length() - 1));
        if (!hasUnit && !written.equals("0")) {
            throw new ConfigException.BadValue(value.origin(), "value", "it has no unit");
        }
        return value.atKey("value").getDuration("value");
    }

    static boolean isOff(ConfigValue value) {
        return switch (value.valueType()) {
            case BOOLEAN, STRING -> Set.of("off", "false", "no").contains(text(value));
            default -> false;
        };
    }

    /** What a value is instead of what it should be, as the end of a sentence. Never for a secret. */
    static String not(ConfigValue value) {
        return switch (value.valueType()) {
            case OBJECT -> ", not a block";
            case LIST -> ", not a list";
            default -> {
                String shown = text(value);
                boolean whole = shown.length() <= MAX_SHOWN_LENGTH;
                yield ", not \"" + (whole ? shown : shown.substring(0, MAX_SHOWN_LENGTH) + "…") + "\"";
            }
        };
    }
}
