package dev.orrery.server;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A block of a configuration. A value is asked for with what holds if it is not given; one that cannot be read is complained of, and
 * reads as not given from then on. Which keys there are follows from what is asked for. Owned by the thread that reads it.
 */
final class ConfigSection {

    private final ConfigText text;
    private final List<String> path;
    private final Map<String, ConfigValue> given;
    private final Map<String, ConfigSection> children = new LinkedHashMap<>();
    private final Set<String> known = new TreeSet<>();
    private final Set<String> refused = new HashSet<>();

    ConfigSection(ConfigText text, List<String> path, Map<String, ConfigValue> given) {
        this.text = text;
        this.path = path;
        this.given = given;
    }

    /** Complains that something which must be given is not. */
    void complainOfMissing(String key, String what) {
        if (!refused.contains(key)) {
            text.complain(path, null, "needs " + key + ", " + what);
        }
    }

    /** Whether there is a value. */
    boolean has(String key) {
        return find(key) != null;
    }

    int whole(String key, int otherwise) {
        return read(key, otherwise, "a whole number", value -> {
            double number = Double.parseDouble(ConfigScalar.text(value));
            return number == (int) number ? (int) number : null;
        });
    }

    double decimal(String key, double otherwise) {
        return read(key, otherwise, "a number", value -> {
            double number = Double.parseDouble(ConfigScalar.text(value));
            return Double.isFinite(number) ? number : null;
        });
    }

    boolean flag(String key, boolean otherwise) {
        return read(key, otherwise, "true or false", value -> value.atKey(key).getBoolean(key));
    }

    /** Whether there is {@code off} where a block might stand. */
    boolean isOff(String key) {
        ConfigValue value = find(key);
        return value != null && !(value instanceof ConfigObject) && ConfigScalar.isOff(value);
    }

    String text(String key, String otherwise) {
        return read(key, otherwise, "a text", ConfigScalar::text);
    }

    /** A duration; milliseconds. It needs a unit, as some settings are told in seconds elsewhere. */
    int millis(String key, int otherwise) {
        return read(key, otherwise, "a duration in whole milliseconds, such as 500ms, 30s or 5m", value -> {
            Duration duration = ConfigScalar.duration(value);
            return duration.equals(Duration.ofMillis(duration.toMillis()))
                    ? Math.toIntExact(duration.toMillis())
                    : null;
        });
    }

    /** A duration; seconds. */
    double seconds(String key, double otherwise) {
        return read(
                key,
                otherwise,
                "a duration, such as 100ms or 1s",
                value -> ConfigScalar.duration(value).toNanos()
                        / (double) Duration.ofSeconds(1).toNanos());
    }

    long bytes(String key, long otherwise) {
        return read(
                key,
                otherwise,
                "a size, such as 64KiB or 1MiB",
                value -> value.atKey(key).getBytes(key));
    }

    int smallBytes(String key, int otherwise) {
        return read(
                key,
                otherwise,
                "a size below 2GiB, such as 64KiB or 1MiB",
                value -> Math.toIntExact(value.atKey(key).getBytes(key)));
    }

    /** Counted from the folder of the file in which it is written. */
    Path path(String key, Path otherwise) {
        return read(
                key,
                otherwise,
                "the path of a file or folder",
                value -> text.folder(value).resolve(ConfigScalar.text(value)).normalize());
    }

    <T> List<T> list(String key, String like, Function<String, T> parse) {
        List<T> list = new ArrayList<>();
        ConfigValue value = find(key);
        if (value == null) {
            return list;
        }
        if (!(value instanceof ConfigList elements)) {
            refuse(key, value, "must be a list, such as [" + like + "]" + ConfigScalar.not(value));
            return list;
        }
        for (ConfigValue element : elements) {
            try {
                list.add(parse.apply(ConfigScalar.text(element)));
            } catch (ConfigException e) {
                complain(key, element, "must be a list of texts, such as [" + like + "]");
            } catch (IllegalArgumentException e) {
                complain(key, element, "is refused: " + e.getMessage());
            }
        }
        return list;
    }

    /** The block under a key; empty if it is not given. */
    ConfigSection section(String key) {
        ConfigValue value = find(key);
        ConfigSection child = children.get(key);
        if (child != null) {
            return child;
        }
        if (value != null && !(value instanceof ConfigObject)) {
            refuse(key, value, "must be a block: " + key + " { … }" + ConfigScalar.not(value));
        }
        child = new ConfigSection(text, at(key), value instanceof ConfigObject object ? object : Map.of());
        children.put(key, child);
        return child;
    }

    /**
     * Builds a record from what is asked for meanwhile. If the record refuses, the key is found without which it would not, so that
     * its bounds are said in one place, the record itself.
     *
     * @param otherwise what stands in if it can be built in no way; it is complained of then
     */
    <T> T build(T otherwise, Supplier<T> make) {
        while (true) {
            try {
                return make.get();
            } catch (IllegalArgumentException e) {
                String reason = String.valueOf(e.getMessage());
                String key = guilty(make, reason);
                if (key == null) {
                    text.complain(path, null, "is refused: " + reason);
                    return otherwise;
                }
                refuse(key, find(key), "is refused: " + inKeys(reason));
            }
        }
    }

    private @Nullable String guilty(Supplier<?> make, String reason) {
        for (String key : known) {
            if (!given.containsKey(key) || !refused.add(key)) {
                continue;
            }
            try {
                var unused = make.get();
                return key;
            } catch (IllegalArgumentException e) {
                if (!reason.equals(e.getMessage())) {
                    return key;
                }
            } finally {
                refused.remove(key);
            }
        }
        return null;
    }

    /** Records name their components ({@code tickRate}), operators their keys ({@code tick-rate}). */
    private String inKeys(String reason) {
        String told = reason;
        for (String key : known) {
            StringBuilder component = new StringBuilder();
            for (String word : key.split("-", -1)) {
                component.append(
                        component.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
            }
            told = told.replaceAll("\\b" + component + "\\b", key);
        }
        return told;
    }

    /** Complains of every key that nobody asked for, here and in the blocks below. */
    void complainOfUnknown() {
        for (Map.Entry<String, ConfigValue> entry : given.entrySet()) {
            if (!known.contains(entry.getKey())) {
                String meant = Spelling.nearest(entry.getKey(), known)
                        .map(key -> "; did you mean " + key + "?")
                        .orElse("");
                complain(
                        entry.getKey(),
                        entry.getValue(),
                        "is unknown" + meant + " (allowed here: " + String.join(", ", known) + ")");
            }
        }
        children.values().forEach(ConfigSection::complainOfUnknown);
    }

    // ---- reading ----

    private <T> T read(String key, T otherwise, String allowed, Function<ConfigValue, @Nullable T> parse) {
        ConfigValue value = find(key);
        if (value == null) {
            return otherwise;
        }
        T parsed = null;
        try {
            parsed = parse.apply(value);
        } catch (ConfigException | IllegalArgumentException | ArithmeticException e) {
            // Complained of below, in words of our own.
        }
        if (parsed == null) {
            refuse(key, value, "must be " + allowed + ConfigScalar.not(value));
            return otherwise;
        }
        return parsed;
    }

    /** What is given; null if nothing is, or it was refused. */
    @Nullable
    ConfigValue find(String key) {
        known.add(key);
        ConfigValue value = refused.contains(key) ? null : given.get(key);
        return value == null || value.valueType() == ConfigValueType.NULL ? null : value;
    }

    /** Complains of a value; the sentence begins after its key. */
    void complain(String key, @Nullable ConfigValue value, String sentence) {
        text.complain(at(key), value, sentence);
    }

    private void refuse(String key, @Nullable ConfigValue value, String sentence) {
        refused.add(key);
        complain(key, value, sentence);
    }

    private List<String> at(String key) {
        List<String> full = new ArrayList<>(path);
        full.add(key);
        return full;
    }
}
