package dev.orrery.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.orrery.processor.Gate;
import dev.orrery.server.OrreryServer;
import dev.orrery.server.ServerConfig;
import dev.orrery.world.Game;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide is true: its Java compiles to a game that plans, and its JavaScript is the client that the build runs. */
final class GuideTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern TYPE = Pattern.compile("public final class (\\w+)");
    private static final Pattern PACKAGE = Pattern.compile("^package ([\\w.]+);", Pattern.MULTILINE);

    @Test
    void shouldCompileToAGame(@TempDir Path classes) throws Exception {
        List<String> sources = blocks("java");
        assertThat(sources).hasSize(6);
        compile(sources, classes);
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            var tag = (Game) loader.loadClass("chase.Chase").getConstructor().newInstance();
            assertThat(tag.plan().name()).isEqualTo("chase");
            assertThat(tag.plan().playerInput().rowLength()).isEqualTo(2);
        }
    }

    /** What the guide says of the gate: its game passes, and what is refused is said in those words. */
    @Test
    void shouldPassTheGate(@TempDir Path classes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        compile(blocks("java"), classes);
        assertThat(Gate.check(classes, new PrintStream(out, true, StandardCharsets.UTF_8)))
                .as(() -> out.toString(StandardCharsets.UTF_8))
                .isZero();
        List<String> careless = new ArrayList<>(blocks("java"));
        careless.replaceAll(source -> source.replace("runner.y = ", "runner.x += Math.sin(1); runner.y = "));
        compile(careless, classes);
        assertThat(Gate.check(classes, new PrintStream(out, true, StandardCharsets.UTF_8)))
                .isOne();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("chase.Chase.join(Chase.java:")
                .contains(
                        "): Math.sin is out of bounds; its last bits may differ between JVMs; use StrictMath or DMath");
    }

    /** The test of the guide's game runs, and finds a game in which nobody takes over from a hound who leaves. */
    @Test
    void shouldTestTheGameOfTheGuide(@TempDir Path classes) throws Exception {
        compile(blocks("java"), classes);
        assertThat(runTests(classes)).isEmpty();
        List<String> careless = new ArrayList<>(blocks("java"));
        careless.replaceAll(source -> source.replace("other.hound |= wasHound;", ""));
        compile(careless, classes);
        assertThat(runTests(classes))
                .singleElement()
                .asString()
                .containsPattern(
                        "tick \\d+: it does not hold that one is the hound\n  to see it again: .seed\\(\\d+\\)");
    }

    /** Runs every test method; what those that fail say. */
    private List<String> runTests(Path classes) throws Exception {
        List<String> failures = new ArrayList<>();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> test = loader.loadClass("chase.ChaseTest");
            int run = 0;
            for (Method method : test.getMethods()) {
                if (method.isAnnotationPresent(Test.class)) {
                    run++;
                    try {
                        method.invoke(test.getConstructor().newInstance());
                    } catch (InvocationTargetException e) {
                        failures.add(String.valueOf(e.getCause()));
                    }
                }
            }
            assertThat(run).isEqualTo(2);
        }
        return failures;
    }

    /** What the guide promises is played: a runner moves, and the gap in the fence leads to another park. */
    @Test
    void shouldPlayTheGameOfTheGuide(@TempDir Path classes, @TempDir Path data) throws Exception {
        compile(blocks("java"), classes);
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            Game chase = (Game) loader.loadClass("chase.Chase").getConstructor().newInstance();
            try (OrreryServer server = OrreryServer.start(ServerConfig.of("127.0.0.1", 0, data), chase);
                    Sailor ada = new Sailor(server.url(), "Ada", "chase")) {
                ada.join();
                String park = ada.namespace();
                String player = ada.player();
                for (int seq = 1; ada.heard("moved").isEmpty(); seq++) {
                    assertThat(seq).isLessThan(200);
                    ada.emit("input", Map.of("seq", seq, "dx", 1, "dy", 0));
                    long tick = ada.tick();
                    ada.await(me -> me.tick() > tick || me.hasEnded());
                }
                ada.enter(ada.heard("moved").getFirst().body());
                assertThat(ada.namespace()).startsWith("/chase/").isNotEqualTo(park);
                assertThat(ada.player()).isEqualTo(player);
                assertThat(ada.ship("x")).isLessThan(100);
            }
        }
    }

    @Test
    void shouldShowTheClientThatTheBuildRuns() throws IOException {
        String client = Files.readString(ROOT.resolve("web/e2e/src/clients/plain-client.mjs"));
        assertThat(blocks("js")).containsExactly(client);
    }

    private static List<String> blocks(String language) throws IOException {
        Matcher fences = Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(ROOT.resolve("docs/guide.md")));
        List<String> blocks = new ArrayList<>();
        while (fences.find()) {
            blocks.add(fences.group(1));
        }
        return blocks;
    }

    private static void compile(List<String> sources, Path classes) {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        List<JavaFileObject> units = sources.stream().map(GuideTest::unit).toList();
        boolean compiled = javac.getTask(
                        null,
                        null,
                        diagnostics,
                        List.of(
                                "-d", classes.toString(),
                                "-classpath", System.getProperty("java.class.path"),
                                "-processor", "dev.orrery.processor.RulesProcessor"),
                        null,
                        units)
                .call();
        assertThat(compiled)
                .as(() -> diagnostics.getDiagnostics().stream()
                        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                        .map(diagnostic -> diagnostic.getMessage(Locale.ROOT))
                        .toList()
                        .toString())
                .isTrue();
    }

    private static JavaFileObject unit(String source) {
        String name = first(PACKAGE, source).replace('.', '/') + "/" + first(TYPE, source);
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    private static String first(Pattern pattern, String source) {
        Matcher matcher = pattern.matcher(source);
        assertThat(matcher.find()).as("%s in %s", pattern, source).isTrue();
        return matcher.group(1);
    }
}
