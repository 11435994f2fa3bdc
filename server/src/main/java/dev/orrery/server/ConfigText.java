package dev.orrery.server;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigParseable;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.File;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A configuration as it is written: parsed, with what it includes and substitutes; where each value stands; and what is wrong with
 * it. Owned by the thread that reads it.
 */
final class ConfigText {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

    private final Path file;
    private final ConfigObject written;
    private final ConfigObject resolved;
    private final Set<Complaint> complaints = new LinkedHashSet<>();

    /** As an operator goes through the file from its top, complaints are told in its order. */
    private record Complaint(int line, String sentence) {}

    private ConfigText(Path file, ConfigObject written, ConfigObject resolved) {
        this.file = file;
        this.written = written;
        this.resolved = resolved;
    }

    /**
     * Reads a file.
     *
     * @param environment what {@code ${NAME}} may stand for besides what the file itself says
     * @throws UnusableConfigException if it cannot be read, is not HOCON, or needs a name that nobody knows
     */
    static ConfigText read(Path file, Map<String, String> environment) throws UnusableConfigException {
        String unreadable = PrivateFile.unreadable(file);
        if (unreadable != null) {
            throw new UnusableConfigException(List.of("the configuration " + unreadable));
        }
        try {
            Config written = ConfigFactory.parseFile(
                    file.toFile(),
                    ConfigParseOptions.defaults()
                            .setAllowMissing(false)
                            .setSyntax(ConfigSyntax.CONF)
                            .setIncluder(new StrictIncluder()));
            Config resolved = written.resolve(ConfigResolveOptions.defaults()
                    .setUseSystemEnvironment(false)
                    .appendResolver(new Variables(environment)));
            return new ConfigText(file, written.root(), resolved.root());
        } catch (ConfigException.UnresolvedSubstitution e) {
            Matcher variable = VARIABLE.matcher(message(e));
            String name = variable.find() ? variable.group(1) : "a name";
            throw unusable(
                    file,
                    e,
                    "needs " + name + ", which neither this file nor the environment has (${?" + name
                            + "} would do without)");
        } catch (ConfigException e) {
            throw unusable(file, e, "is not to be understood: " + withoutText(e));
        }
    }

    private static UnusableConfigException unusable(Path file, ConfigException e, String sentence) {
        ConfigOrigin origin = e.origin();
        return new UnusableConfigException(List.of(place(file, origin) + ": the configuration " + sentence));
    }

    private static String message(ConfigException e) {
        String message = e.getMessage();
        return message == null ? "" : message;
    }

    /** What the parser says, without what it quotes (it may be a secret), its advice, and the place, which we say ourselves. */
    private static String withoutText(ConfigException e) {
        String message = message(e).lines().findFirst().orElse("");
        ConfigOrigin origin = e.origin();
        if (origin != null && message.startsWith(origin.description() + ": ")) {
            message = message.substring(origin.description().length() + 2);
        }
        return message.replaceAll(" \\(.*", "").replaceAll("'[^']{2,}'|\"[^\"]{2,}\"", "…");
    }

    private static String place(Path file, @Nullable ConfigOrigin origin) {
        String name = origin == null || origin.filename() == null ? file.toString() : origin.filename();
        return origin == null || origin.lineNumber() < 1 ? name : name + ":" + origin.lineNumber();
    }

    ConfigSection root() {
        return new ConfigSection(this, List.of(), resolved);
    }

    /** Takes note that something is wrong with a key; the sentence begins after its name. The same is noted once. */
    void complain(List<String> path, @Nullable ConfigValue value, String sentence) {
        ConfigOrigin origin = origin(path, value);
        String key = path.isEmpty() ? "the configuration" : String.join(".", path);
        int line = origin == null ? 0 : origin.lineNumber();
        complaints.add(new Complaint(line, place(file, origin) + ": " + key + " " + sentence));
    }

    /** @throws UnusableConfigException if anything was wrong */
    void requireNoComplaints() throws UnusableConfigException {
        if (!complaints.isEmpty()) {
            throw new UnusableConfigException(complaints.stream()
                    .sorted(Comparator.comparingInt(Complaint::line))
                    .map(Complaint::sentence)
                    .toList());
        }
    }

    /** Where paths of a value begin: the folder of the file in which it is written. */
    Path folder(ConfigValue value) {
        String name = value.origin().filename();
        Path folder = (name == null ? file : Path.of(name)).toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    /** The value's own place; for one from the environment, where that is asked for. */
    private @Nullable ConfigOrigin origin(List<String> path, @Nullable ConfigValue value) {
        if (value != null && value.origin().filename() != null) {
            return value.origin();
        }
        ConfigValue here = written;
        try {
            for (String key : path) {
                here = here instanceof ConfigObject object ? object.get(key) : null;
            }
        } catch (ConfigException.NotResolved e) {
            return null;
        }
        return here == null ? null : here.origin();
    }

    /** The environment: asked for what the file itself does not have. */
    private record Variables(Map<String, String> environment) implements ConfigResolver {
        @Override
        public @Nullable ConfigValue lookup(String name) {
            String value = environment.get(name);
            return value == null ? null : ConfigValueFactory.fromAnyRef(value, "the environment");
        }

        /** There is no other. */
        @Override
        public ConfigResolver withFallback(ConfigResolver fallback) {
            return this;
        }
    }

    /** As the library's own, but what is included must exist: else a name misspelt is a setting that is silently not there. */
    private static final class StrictIncluder implements ConfigIncluder, ConfigIncluderFile {
        @Override
        public ConfigIncluder withFallback(ConfigIncluder fallback) {
            return this;
        }

        @Override
        public ConfigObject include(ConfigIncludeContext context, String what) {
            ConfigParseable included = context.relativeTo(what);
            if (included == null) {
                throw missing(what);
            }
            return parse(included, context, what);
        }

        @Override
        public ConfigObject includeFile(ConfigIncludeContext context, File what) {
            return include(context, what.getPath());
        }

        private static ConfigObject parse(ConfigParseable included, ConfigIncludeContext context, String what) {
            try {
                return included.parse(
                        context.parseOptions().setAllowMissing(false).setSyntax(ConfigSyntax.CONF));
            } catch (ConfigException.IO e) {
                throw missing(what);
            }
        }

        private static ConfigException missing(String what) {
            return new ConfigException.Generic("it includes " + what + ", which cannot be read");
        }
    }
}
