package dev.orrery.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plants one violation at a time in compiled rules and expects it refused at its line. */
class GateTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            float f = d < 1 ? 2f : 3f; d = f;                       | use double
            d = (float) d;                                          | float rounds differently
            float[] f = new float[2]; d = f.length;                 | an array of float
            long l = i; i = (int) l;                                | long is no number in JavaScript
            long[] l = {}; i = l.length;                            | an array of long
            d = d % 3;                                              | % of doubles
            i = (int) d;                                            | use DMath.toInt
            i = (short) d;                                          | use DMath.toInt
            i = 7 / i;                                              | use DMath.div
            i = 7 % i;                                              | use DMath.mod
            i = 7 / (i > 2 ? i : 0);                                | use DMath.div
            i = 7 / (i > 2 ? 0 : 1);                                | use DMath.div
            i /= ZERO;                                              | use DMath.div
            try { i = a[i]; } catch (RuntimeException e) { i = 0; } | catching exceptions
            try { i = a[i]; } finally { i = 0; }                    | catching exceptions
            d = Math.sin(d);                                        | Math.sin is out of bounds; use DMath
            d = Math.pow(d, 2);                                     | Math.pow is out of bounds; use DMath
            i = Math.floorMod(7, i);                                | Math.floorMod is out of bounds; use DMath
            d = Math.rint(d);                                       | use Math.floor(x + 0.5)
            d = Math.fma(d, d, d);                                  | write a * b + c
            d = Math.random();                                      | use Rand
            d = StrictMath.atan2(d, d);                             | use DMath
            d = new java.util.Random(1).nextDouble();               | use Rand
            i = (int) System.nanoTime();                            | no clock
            i = java.time.LocalTime.now().getHour();                | no clock
            i = System.identityHashCode(this);                      | no clock, no environment
            i = this.hashCode();                                    | hash codes differ between runs
            i = new Rank(1).hashCode();                             | hash codes differ between runs
            i = getClass().getModifiers();                          | classes cannot be looked at
            i = new java.util.HashMap<String, String>().size();     | its order differs
            i = new java.util.HashSet<String>().size();             | its order differs
            i = java.util.Set.of(1, 2).size();                      | its order differs
            i = java.util.Map.of(1, 2).size();                      | its order differs
            i = new java.util.LinkedHashMap<Integer, Rank>().size(); | it hashes
            Thread.yield();                                         | rules run alone
            i = new java.util.concurrent.atomic.AtomicInteger().get(); | rules run alone
            synchronized (this) { i = 1; }                          | drop synchronized
            i = (int) new java.io.File("x").length();               | no input or output
            Runnable r = () -> {}; r.run();                         | out of bounds
            i = Integer.parseInt("1");                              | not boxes and texts
            Integer box = i; i = box;                               | not boxes and texts
            i = String.valueOf(d).length();                         | rules need no texts
            i = ("" + d).length();                                  | a double as text
            i = Double.valueOf(d).intValue();                       | not boxes and texts
            assert i > 0;                                           | no assert in rules
            COUNT.i = Mutable.count++;                              | static state is shared
            """)
    void shouldRefuseStatement(String statement, String sentence) {
        List<Violation> violations = violations(
                """
                package game.rules;

                class Planted {
                    static final int ZERO = 1 - 1;
                    static final Planted COUNT = new Planted();
                    int i;
                    void step(double d, int[] a) {
                        // The line that follows is the planted one.
                        %s
                    }
                }
                """.formatted(statement),
                "package game.rules; record Rank(int i) {}",
                "package game.rules; class Mutable { static int count; }");
        assertThat(violations)
                .filteredOn(v -> v.className().equals("game.rules.Planted"))
                .anySatisfy(v -> {
                    assertThat(v.sentence()).contains(sentence);
                    assertThat(v.line()).isEqualTo(9);
                    assertThat(v.toString()).startsWith("game.rules.Planted.step(Planted.java:9): ");
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            static int i;                                    | i    | static state is shared
            static final int[] I = {1};                      | I    | static state is shared
            static final java.util.ArrayList<String> I = new java.util.ArrayList<>(); | I | static state is shared
            long l;                                          | l    | long is no number
            float[][] f;                                     | f    | float rounds differently
            float f() { return 1; }                          | f    | float rounds differently
            void f(long l) {}                                | f    | long is no number
            java.util.Map<String, String> m;                 | m    | its order differs
            synchronized void f() {}                         | f    | drop synchronized
            native void f();                                 | f    | drop synchronized and native
            """)
    void shouldRefuseMember(String member, String name, String sentence) {
        assertThat(violations("package game.rules; class Planted { %s }".formatted(member)))
                .anySatisfy(violation -> {
                    assertThat(violation.member()).isEqualTo(name);
                    assertThat(violation.sentence()).contains(sentence);
                });
    }

    @Test
    void shouldRefuseForeignParents() {
        assertThat(violations("package game.rules; class Planted extends java.util.Random {}"))
                .anySatisfy(v -> assertThat(v.sentence()).contains("use Rand"));
        assertThat(violations("package game.rules; class Planted implements Runnable { public void run() {} }"))
                .anySatisfy(v -> assertThat(v.sentence()).contains("java.lang.Runnable is out of bounds"));
    }

    @Test
    void shouldRefuseASoloStepThatReadsWhatNotEveryoneIsSent() {
        List<Violation> violations = violations("package game.rules; public record Sea() {}", DRIVE, """
                package game.rules;
                import dev.orrery.rules.*;
                @Actor public final class Ship implements Solo<Drive, Sea> {
                    @Hidden public int secret;
                    @Owner public int own;
                    public int open;
                    public void step(Drive in, Sea sea, Settings settings) {
                        open = 1;
                        secret = 2;
                        move();
                    }
                    private void move() {
                        open += secret;
                        open += own;
                    }
                    int read() { return secret; }
                }
                """);
        assertThat(violations).extracting(Violation::line).containsExactlyInAnyOrder(13, 14);
        assertThat(violations).allSatisfy(v -> assertThat(v.sentence()).contains("not everyone is sent"));
    }

    private static final String DRIVE = "package game.rules; @dev.orrery.rules.Input public final class Drive {}";

    @Test
    void shouldLetSoundRulesPass() {
        assertThat(violations(SOUND, ROLE, "package game.rules; record Rank(int place, double share, Role role) {}"))
                .isEmpty();
    }

    private static final String ROLE =
            "package game.rules; public enum Role { HARE, HOUND; Role next() { return values()[1 - ordinal()]; } }";
    private static final String SOUND = """
            package game.rules;
            import dev.orrery.rules.*;
            import java.util.List;
            @Actor public final class Ship {
                static final double LIMIT = 3;
                @Num(max = 4, quantum = 0x1p-8) public double x;
                public Role role = Role.HARE;
                @Length(2) public final Role[] past = {Role.HARE, Role.HARE};
                double sum(List<Rank> ranks) {
                    double sum = 0;
                    for (Rank rank : ranks) {
                        sum += rank.share() / 3 + rank.place() / 60 % 7
                            / 2 + DMath.sin(x) + Math.sqrt(LIMIT) + Math.floor(x);
                    }
                    if (sum < 0) {
                        throw new IllegalStateException("no sum of " + ranks.size());
                    }
                    return switch (role) { case HARE -> sum; case HOUND -> -DMath.toInt(sum); };
                }
            }
            """;

    @Test
    void shouldWriteAHashThatFollowsTheRules(@TempDir Path folder) throws IOException {
        String one = hash(folder.resolve("one"), "package game.rules; class A { int i = 1; }");
        String same = hash(folder.resolve("same"), "package game.rules; class A { int i = 1; }");
        String other = hash(folder.resolve("other"), "package game.rules; class A { int i = 2; }");
        assertThat(one).matches("[0-9a-f]{16}").isEqualTo(same).isNotEqualTo(other);
    }

    private static String hash(Path folder, String source) throws IOException {
        write(folder, Compilation.of(source, "package game.page; class Free { long l; }"));
        assertThat(check(folder)).isEmpty();
        return Files.readString(folder.resolve("META-INF/orrery/game.rules.hash"));
    }

    @Test
    void shouldSayWhenThereAreNoRules(@TempDir Path folder) throws IOException {
        assertThat(check(folder)).contains("no package ending with .rules");
        write(folder, Compilation.of("package game.rules; class A { long l; }"));
        assertThat(check(folder)).startsWith("game.rules.A.l(A.java): long is no number");
        assertThat(folder.resolve("META-INF")).doesNotExist();
    }

    @Test
    void shouldReadGameLogicBesideRules(@TempDir Path folder) throws IOException {
        write(
                folder,
                Compilation.of(
                        "package dev.orrery.world; public interface Game {}",
                        "package game.rules; class A { long l; }",
                        "package game; class Chase implements dev.orrery.world.Game { int i; }",
                        "package game; class Server { static int i; }"));
        assertThat(check(folder).lines())
                .satisfiesExactly(
                        rule -> assertThat(rule).startsWith("game.rules.A.l(A.java): long is no number"),
                        logic -> assertThat(logic)
                                .startsWith("game.Chase.i(Chase.java): what changes here is in no snapshot"));
    }

    private static String check(Path folder) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Gate.check(folder, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void write(Path folder, Compilation compilation) throws IOException {
        for (var output : compilation.outputs().entrySet()) {
            Path file = folder.resolve(output.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, output.getValue());
        }
    }

    private static List<Violation> violations(String... sources) {
        Compilation compilation = Compilation.of(sources);
        assertThat(compilation.errors()).isEmpty();
        TreeMap<String, byte[]> classes = new TreeMap<>(compilation.outputs());
        classes.keySet().removeIf(path -> !path.endsWith(".class"));
        return Gate.violations(classes);
    }
}
