package dev.orrery.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference is true and whole: it says the defaults, each of its keys does something, and nothing is left that has no key. */
final class ConfigReferenceTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("ADMIN_TOKEN", "a".repeat(40), "JOIN_SECRET", "b".repeat(40));
    /** Of these one at a time: two ways to give the same, and what is given without them is refused. */
    private static final List<String> ALTERNATIVES = List.of("secret = ", "keys = ");

    @TempDir
    private Path folder;

    @BeforeEach
    void makeTheFilesThatItNames() throws IOException {
        for (String name : List.of("chain.pem", "key.pem", "admin-token", "join-secret", "keys.json")) {
            Path file = Files.writeString(folder.resolve(name), "c".repeat(40));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    static String reference() throws IOException {
        try (var in = ConfigFile.class.getResourceAsStream("/orrery-reference.conf")) {
            assertThat(in).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private ServerConfig read(String text) throws IOException {
        return ConfigFile.read(Files.writeString(folder.resolve("server.conf"), text), ENVIRONMENT);
    }

    @Test
    void shouldSayTheDefaults() throws IOException {
        assertThat(read(reference())).isEqualTo(read(""));
        assertThat(read(""))
                .isEqualTo(ServerConfig.of("127.0.0.1", 8080, folder.resolve("data"))
                        .withAdmin(AdminConfig.DEFAULT));
    }

    @Test
    void shouldHaveAKeyForEverything() throws IOException {
        ServerConfig defaults = read("");
        Set<String> changed = new TreeSet<>();
        for (String text : variants()) {
            ServerConfig config = read(text);
            assertThat(config).as(text).isNotEqualTo(defaults);
            Map<String, Object> before = flat("", defaults);
            Map<String, Object> after = flat("", config);
            after.forEach((name, value) -> {
                if (!value.equals(before.get(name))) {
                    changed.add(name);
                }
            });
        }
        assertThat(changed).containsExactlyElementsOf(names("", ServerConfig.class));
    }

    /** One for each key of the reference, with another value than its default. */
    private List<String> variants() throws IOException {
        List<String> variants = new ArrayList<>();
        Config reference = ConfigFactory.parseString(reference());
        for (Map.Entry<String, ConfigValue> entry : reference.entrySet()) {
            // Guests can be refused only if somebody else is taken.
            Config base = entry.getKey().equals("join.guests")
                    ? reference.withValue("join.tokens.keys", ConfigValueFactory.fromAnyRef("keys.json"))
                    : reference;
            variants.add(base.withValue(
                            entry.getKey(), ConfigValueFactory.fromAnyRef(other(entry.getKey(), entry.getValue())))
                    .root()
                    .render(ConfigRenderOptions.concise()));
        }
        List<String> lines = reference().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (isKey(lines.get(i)) && !lines.get(i).strip().equals("#}") && !isBlock(lines.get(i))) {
                variants.add(uncommented(lines, i));
            }
        }
        return variants;
    }

    private static Object other(String key, ConfigValue value) {
        String text = value.unwrapped().toString();
        if (key.endsWith("origins")) {
            return List.of("https://play.example");
        }
        if (key.endsWith("trusted-proxies") || key.endsWith("hosts")) {
            return List.of("10.0.0.0/8");
        }
        return switch (text) {
            case "true" -> key.equals("join.guests") ? "no" : "false";
            case "false" -> "true";
            case "127.0.0.1" -> "localhost";
            case "auto" -> "77";
            case "local", "data" -> "elsewhere";
            // Larger by a digit, or smaller by one where others set an upper bound.
            default ->
                List.of("max-depth", "hibernate-after").contains(lastOf(key))
                        ? text.replaceFirst("\\d", "").replaceFirst("^(?=\\D|$)", "1")
                        : text.replaceFirst("(?=\\d)", "1");
        };
    }

    private static String lastOf(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    private static boolean isKey(String line) {
        return line.strip().matches("#[^ ].*");
    }

    private static boolean isBlock(String line) {
        return line.contains("#tokens {");
    }

    /** The reference with one of its examples in force, and the block around it. */
    private static String uncommented(List<String> lines, int index) {
        boolean inTokens = lines.subList(0, index).stream().anyMatch(ConfigReferenceTest::isBlock);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean helper = inTokens
                    && (isBlock(line)
                            || line.strip().equals("#}")
                            || line.contains("#secret-file")
                                    && ALTERNATIVES.stream()
                                            .noneMatch(lines.get(index).strip().substring(1)::startsWith));
            text.append(i == index || helper ? line.replaceFirst("#", "") : line)
                    .append('\n');
        }
        return text.toString();
    }

    /** The names of all leaves that a record of this type can have. */
    private static Set<String> names(String prefix, Class<?> type) {
        if (!type.isRecord()) {
            return Set.of(prefix);
        }
        Set<String> names = new TreeSet<>();
        for (RecordComponent component : type.getRecordComponents()) {
            names.addAll(names(prefix + "." + component.getName(), component.getType()));
        }
        return names;
    }

    /** The leaves of a record, by the names of the components that lead there; what is absent has none. */
    private static Map<String, Object> flat(String prefix, Object value) {
        Map<String, Object> leaves = new TreeMap<>();
        if (!(value instanceof Record)) {
            leaves.put(prefix, value);
            return leaves;
        }
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                Object part = component.getAccessor().invoke(value);
                if (part != null) {
                    leaves.putAll(flat(prefix + "." + component.getName(), part));
                }
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
        return leaves;
    }
}
