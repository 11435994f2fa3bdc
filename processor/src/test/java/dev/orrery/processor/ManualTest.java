package dev.orrery.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every Java block of the manual compiles together with the others, passes the gate and yields a browser module. */
class ManualTest {
    private static final Pattern BLOCK = Pattern.compile("^```java\\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void shouldCompileEveryBlockOfTheManual() throws IOException {
        String manual = Files.readString(Path.of("..", "docs", "rules.md"));
        List<String> sources = BLOCK.matcher(manual)
                .results()
                .map((MatchResult r) -> r.group(1))
                .toList();
        assertThat(sources).hasSizeGreaterThanOrEqualTo(8);

        Compilation compilation = Compilation.of(sources.toArray(String[]::new));
        assertThat(compilation.errors()).isEmpty();
        assertThat(compilation.outputs())
                .containsKeys("tag/rules/RunnerKind.class", "tag/web/RulesExports.class", "games/tag/rules/rules.d.ts");
        assertThat(compilation.text("games/tag/rules/rules.d.ts")).contains("stepRunner", "digestRunner", "trees()");

        TreeMap<String, byte[]> rules = new TreeMap<>(compilation.outputs());
        rules.keySet().removeIf(path -> !path.startsWith("tag/rules/") || !path.endsWith(".class"));
        assertThat(Gate.violations(rules)).isEmpty();
    }
}
