package dev.orrery.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plants one violation at a time in the logic of a game and expects it refused at its line; and what is sound to pass. */
class LogicGateTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            d = Math.sin(d);                                      | Math.sin is out of bounds; its last bits may differ
            d = Math.pow(d, 2);                                   | use StrictMath or DMath
            DoubleUnaryOperator f = Math::cbrt;                   | Math.cbrt is out of bounds
            d = Math.random();                                    | Math.random is out of bounds; use world.random()
            d = StrictMath.random();                              | use world.random()
            d = new Random(1).nextDouble();                       | java.util.Random is out of bounds; use world.random()
            Collections.shuffle(list);                            | swap by world.random(n)
            s = UUID.randomUUID().toString();                     | use world.random()
            d = ThreadLocalRandom.current().nextDouble();         | game logic runs alone
            i = new HashMap<String, String>().size();             | use LinkedHashMap, TreeMap or EnumMap
            i = new HashSet<String>().size();                     | use LinkedHashSet, TreeSet or EnumSet
            Supplier<Object> f = HashMap::new;                    | java.util.HashMap is out of bounds
            i = new Hashtable<Integer, Integer>().size();         | its order differs
            i = new IdentityHashMap<Integer, Integer>().size();   | its order differs
            i = new WeakHashMap<Integer, Integer>().size();       | its order differs
            i = new ConcurrentHashMap<Integer, String>().size();  | game logic runs alone
            i = Set.of(1, 2).size();                              | Set.of is out of bounds; its order differs
            i = Set.copyOf(list).size();                          | Set.copyOf is out of bounds
            i = Map.of(1, 2).size();                              | Map.of is out of bounds; its order differs
            i = Map.ofEntries(Map.entry(1, 2)).size();            | Map.ofEntries is out of bounds
            i = Map.copyOf(new TreeMap<Integer, Integer>()).size(); | Map.copyOf is out of bounds
            i = list.stream().collect(Collectors.toSet()).size(); | use Collectors.toCollection(LinkedHashSet::new)
            i = list.stream().collect(Collectors.toMap(x -> x, x -> x)).size();   | Collectors.toMap(…, LinkedHashMap::new, …)
            i = list.stream().collect(Collectors.groupingBy(x -> x)).size();      | Collectors.groupingBy(…, LinkedHashMap::new, …)
            i = list.parallelStream().findFirst().get();          | parallelStream is out of bounds
            i = list.stream().parallel().findFirst().get();       | Stream.parallel is out of bounds; its result depends
            i = list.stream().findAny().get();                    | use findFirst
            i = (int) list.stream().unordered().count();          | Stream.unordered is out of bounds
            Arrays.parallelSort(new int[2]);                      | use sort
            i = hashCode();                                       | Object.hashCode is out of bounds; hash codes differ
            ToIntFunction<Object> f = Object::hashCode;           | hash codes differ
            i = Role.HARE.hashCode();                             | hash codes differ
            i = new Rank(1).hashCode();                           | hash codes differ
            i = Objects.hash(this);                               | hash codes differ
            i = Arrays.hashCode(new Object[] {this});             | hash codes differ
            i = System.identityHashCode(this);                    | no clock, no environment
            s = toString();                                       | Object.toString is out of bounds
            s = "at " + this;                                     | the text of Chase holds its identity hash
            s = "by " + player;                                   | the text of Player holds its identity hash
            s = String.valueOf(new Door());                       | the text of Door holds its identity hash
            d = System.nanoTime();                                | System is out of bounds; no clock
            s = System.getenv("HOME");                            | no environment
            i = Integer.getInteger("x", 1);                       | it reads the machine's properties
            i = Runtime.getRuntime().availableProcessors();       | it differs between machines
            i = java.time.LocalTime.now().getHour();              | time is world.tick()
            d = new Date().getTime();                             | time is world.tick()
            Thread.yield();                                       | game logic runs alone
            new Thread(() -> {}).start();                         | what is for later, count in ticks
            Object local = new ThreadLocal<Object>();             | game logic runs alone
            synchronized (this) { i = 1; }                        | drop synchronized
            try { this.wait(); } catch (InterruptedException e) { i = 0; } | Object.wait is out of bounds
            this.notifyAll();                                     | there is nobody to wait for
            i = (int) new java.io.File("x").length();             | no input or output in game logic
            i = java.nio.file.Path.of("x").getNameCount();        | no input or output in game logic
            s = java.net.URI.create("x").getPath();               | no input or output in game logic
            i = getClass().getMethods().length;                   | no reflection in game logic
            Object made = java.lang.reflect.Array.newInstance(int.class, 2); | no reflection in game logic
            Object made = Class.forName("x");                     | no reflection in game logic
            Object ref = new java.lang.ref.WeakReference<>(this); | when memory is collected
            s = String.format("%f", d);                           | give it Locale.ROOT
            s = "%f".formatted(d);                                | give it Locale.ROOT
            s = s.toLowerCase();                                  | give it Locale.ROOT
            s = s.toUpperCase();                                  | give it Locale.ROOT
            s = Locale.getDefault().getLanguage();                | use Locale.ROOT
            s = java.text.NumberFormat.getInstance().format(d);   | follows the machine's language
            i = s.getBytes().length;                              | follows the machine's character set
            new IllegalStateException().printStackTrace();        | stacks differ between machines
            try { i = list.get(i); } catch (Throwable e) { i = 0; } | catching Throwable catches what depends
            try { i = list.get(i); } catch (Error e) { i = 0; }     | catching Error catches what depends
            try { i = list.get(i); } catch (StackOverflowError e) { i = 0; } | catching StackOverflowError
            try { i = list.get(i); } catch (OutOfMemoryError e) { i = 0; }   | catching OutOfMemoryError
            try (Door door = new Door()) { i = 1; }               | catching Throwable catches what depends
            assert i > 0;                                         | throw IllegalStateException
            dev.orrery.server.Node.stop();                        | only main may name it
            Main.main(null);                                      | game logic may not call it
            count++;                                              | static state is shared
            Mood.CALM.score = 3;                                  | static state is shared
            """)
    void shouldRefuseStatement(String statement, String sentence) {
        assertThat(violations(CHASE.formatted("static int count;", statement)))
                .filteredOn(v -> v.line() > 0 && v.member().equals("tick"))
                .anySatisfy(v -> {
                    assertThat(v.sentence()).contains(sentence);
                    assertThat(v.toString()).startsWith("game.Chase.tick(Chase.java:12): ");
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            int score = 1;                                  | score | 7 | what changes here is in no
            final int[] score = {1};                        | score | 7 | int[] can change, and no snapshot holds it
            final List<Integer> score = new ArrayList<>();  | score | 7 | List can change
            final Map<String, String> m = new TreeMap<>();  | m     | 7 | Map can change
            final StringBuilder text = new StringBuilder(); | text  | 7 | StringBuilder can change
            final Runner favourite = new Runner();          | favourite | 7 | Runner can change
            final Object lock = new Object();               | lock  | 7 | Object can change
            final Ai ai = w -> {};                          | ai    | 7 | Ai can change
            final Memory memory = new Memory();             | memory | 7 | Memory can change
            final Pair pair = new Pair(null, 1);            | pair  | 7 | Pair can change
            final List<Runner> spare = List.of(new Runner()); | spare | 7 | List can change
            final Idle idle = Idle.make();                  | idle  | 7 | Idle can change
            final Mood mood = Mood.CALM;                    | mood  | 7 | Mood can change
            static int count;                               | count | 0 | static state is shared between worlds
            static int count = 1;                           | count | 7 | static state is shared between worlds
            static final int[] TABLE = {1};                 | TABLE | 7 | use List.of
            static final List<Integer> L = new ArrayList<>(List.of(1)); | L | 7 | set it to List.of or List.copyOf
            static final List<Integer> L = List.of(1).isEmpty() ? new ArrayList<>() : List.of(); | L | 7 | set it to List.of
            static final List<int[]> L = List.of(new int[] {1}); | L | 7 | set it to List.of
            static final List<List<Integer>> L = List.of(new ArrayList<>()); | L | 7 | set it to List.of
            static final Map<String, String> M = new TreeMap<>(); | M | 7 | Map can change
            static final Runner R = new Runner();           | R     | 7 | Runner can change
            static final Consumer<Integer> C = new ArrayList<Integer>()::add; | C | 7 | Consumer can change
            static final Comparator<Integer> C = Comparator.comparing(new ArrayList<Integer>()::indexOf); | C | 7 | Comparator can change
            static final Supplier<Object> C = Chase.counter(); | C | 7 | Supplier can change
            static synchronized void f() {}                 | f     | 7 | drop synchronized and native
            static native void f();                         | f     | 0 | drop synchronized and native
            public Chase() { Mood.CALM.score = 1; }         | <init> | 7 | static state is shared between worlds
            protected void finalize() {}                    | finalize | 7 | clean up where the actor leaves
            static void f(HashMap<String, String> m) {}     | f     | 7 | java.util.HashMap is out of bounds
            """)
    void shouldRefuseMember(String member, String name, int line, String sentence) {
        assertThat(violations(CHASE.formatted(member, ""))).anySatisfy(violation -> {
            assertThat(violation.className()).isEqualTo("game.Chase");
            assertThat(violation.member()).isEqualTo(name);
            assertThat(violation.line()).isEqualTo(line);
            assertThat(violation.sentence()).contains(sentence);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            record Seen(int[] ids) {}                       | ids   | int[] in a record can change
            record Seen(Set<String> names) {}               | names | Set in a record can change
            record Seen(StringBuilder text) {}              | text  | StringBuilder in a record can change
            record Seen(Memory memory) {}                   | memory | Memory in a record can change
            enum Seen { A; int times; }                     | times | what changes here
            enum Seen { A; final int[] times = {1}; }       | times | int[] can change
            class Seen { int times; }                       | times | what changes here
            class Seen extends Thread {}                    | class | java.lang.Thread is out of bounds
            interface Seen { int[] TIMES = {1}; }           | TIMES | use List.of
            """)
    void shouldRefuseInAClassThatLogicReaches(String source, String name, String sentence) {
        List<Violation> violations = violations(
                CHASE.formatted("", "Object seen = Seen.class;"), IMPORTS + source, IMPORTS + "class Far { int i; }");
        assertThat(violations).extracting(Violation::className).containsOnly("game.Seen");
        assertThat(violations).anySatisfy(violation -> {
            assertThat(violation.member()).isEqualTo(name);
            assertThat(violation.sentence()).contains(sentence);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Object seen = Seen.class;",
                "new Seen();",
                "Seen seen = null;  if (list == (Object) seen) Far.of(null);",
                "Seen.look();",
                "Object f = (Runnable) Seen::look;",
                "Far.of(null);",
                "Object all = new Seen[2][2];",
                "Object inner = new Far.Inner();",
                "Object some = new Seen[2];",
                "if ((Object) list instanceof Seen) i = 1;",
                "Object parent = Parent.class;"
            })
    void shouldFollowEveryWayToAClass(String statement) {
        List<Violation> violations = violations(
                CHASE.formatted("", statement),
                IMPORTS + "class Seen implements Parent { static void look() { System.gc(); } }",
                IMPORTS + "class Far { static void of(Seen seen) {} static class Inner { void f() { Seen.look(); } } }",
                "package game; interface Parent {}");
        assertThat(violations)
                .extracting(Violation::toString)
                .containsExactly(
                        "game.Seen.look(Seen.java:3): java.lang.System is out of bounds; no clock, no environment, no"
                                + " console; time is world.tick(), and Arrays copies");
    }

    @Test
    void shouldReadBodiesOfLambdasAndOfAnonymousClasses() {
        List<Violation> violations = violations(CHASE.formatted("", """
                Runnable later = () -> System.gc();
                list.sort(new Comparator<Integer>() {
                    int calls;
                    public int compare(Integer a, Integer b) { return (int) System.nanoTime(); }
                });
                """));
        assertThat(violations)
                .extracting(v -> v.className() + "." + v.member() + ":" + v.line())
                .containsExactly("game.Chase.lambda$tick$0:12", "game.Chase$1.calls:0", "game.Chase$1.compare:15");
    }

    @Test
    void shouldLetAnonymousClassesCaptureWhatCannotOutliveThem() {
        String sorting = """
                Comparator<Integer> c = new Comparator<>() {
                    public int compare(Integer a, Integer b) {
                        return %s + (int) world.tick() + (player == null ? 1 : 0) + name.length() + list.size();
                    }
                };
                """;
        String locals = "final int[] seen = {1}; final String name = s; ";
        assertThat(violations(CHASE.formatted("", locals + sorting.formatted("1"))))
                .isEmpty();
        assertThat(violations(CHASE.formatted("", locals + sorting.formatted("seen[0]++"))))
                .singleElement()
                .satisfies(v -> assertThat(v.sentence())
                        .isEqualTo("the class captures int[], which can change; hand it to its methods"));
    }

    @Test
    void shouldFindGamesThroughTheirParents() {
        String half = "package game; abstract class Half implements dev.orrery.world.Game {}";
        String whole = "package game; class Whole extends Half { int i; }";
        assertThat(violations(half, whole)).extracting(Violation::member).containsExactly("i");
        String kind = "package game; interface Kind extends dev.orrery.world.Game {}";
        assertThat(violations(kind, "package game; class Kindly implements Kind { int i; }"))
                .extracting(Violation::member)
                .containsExactly("i");
        assertThat(violations("package game; class NoGame { int i; }")).isEmpty();
    }

    @Test
    void shouldLeaveMainAlone() {
        String main = """
                public static void main(String[] args) {
                    Runnable outer = () -> { Runnable inner = () -> System.exit(1); inner.run(); };
                    outer.run();
                    dev.orrery.server.Node.stop();
                    Hooks.count++;
                }
                """;
        String hooks = "package game; class Hooks { static int count; }";
        assertThat(violations(CHASE.formatted(main, ""), hooks)).isEmpty();
        assertThat(violations(CHASE.formatted("public static void main(int[] args) { Hooks.count++; }", ""), hooks))
                .extracting(Violation::className)
                .containsExactly("game.Chase", "game.Hooks");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "static final double LIMIT = 3; static final Role FIRST = Role.HARE; static final Rank R = new Rank(1);",
                "static final List<Rank> RANKS = List.of(new Rank(1), new Rank(2));",
                "static final List<Integer> TIMES = List.copyOf(new TreeSet<>(List.of(3, 1)));",
                "static final Comparator<Runner> BY = Comparator.comparingInt((Runner r) -> r.score).reversed();",
                "static final ToIntFunction<Runner> SCORE = runner -> runner.score;",
                "final int limit = 3; final String name = \"\"; final Integer box = 1; final Role role = Role.HARE;",
                "final Park park = new Park(); final Goals goals = new Goals(List.of()); final Calm calm = new Calm();",
                "final List<Rank> ranks = List.of(new Rank(1));",
                "final Shape shape = new Shape.Dot(1);",
                "final class Inner { int f() { return Chase.this.f() + 1; } } int f() { return new Inner().f(); }",
            })
    void shouldLetSoundMembersPass(String members) {
        assertThat(violations(CHASE.formatted(members, ""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "d = Math.sqrt(Math.fma(d, 2, Math.abs(d))) + Math.floor(d) + Math.toRadians(d) + Math.PI;",
                "i = Math.floorMod(i, 3) + Math.addExact(i, 1) + Math.clamp(i, 0, 3) + (int) Math.round(d);",
                "d = StrictMath.sin(d) + dev.orrery.rules.DMath.cos(d) + (float) d % 3; long l = i; i = (int) (l / i);",
                "Map<String, Integer> m = new LinkedHashMap<>(); m.merge(s, 1, Integer::sum); m = new TreeMap<>(m);",
                "Set<Role> roles = EnumSet.of(Role.HARE); roles = new LinkedHashSet<>(roles); i = roles.size();",
                "list.sort(Comparator.reverseOrder()); i = list.stream().filter(x -> x > 1).mapToInt(x -> x).sum();",
                "i = list.stream().collect(Collectors.toMap(x -> x, x -> x, (a, b) -> a, TreeMap::new)).size();",
                "i = list.stream().collect(Collectors.groupingBy(x -> x, LinkedHashMap::new, Collectors.toList())).size();",
                "i = list.stream().collect(Collectors.partitioningBy(x -> x > 1)).size();",
                "PriorityQueue<Pair> q = new PriorityQueue<>(Comparator.comparingDouble(Pair::d)); q.add(new Pair(null, 1));",
                "s = String.format(Locale.ROOT, \"%f\", d).toLowerCase(Locale.ROOT) + d + i + Role.HARE + new Rank(1);",
                "i = s.hashCode() + Integer.hashCode(i) + Double.hashCode(d); Rank[] all = new Rank[i]; all[0] = null;",
                "switch (s) { case \"a\": i = 1; break; default: } switch (Role.HARE) { case HARE: i = 2; break; default: }",
                "i = switch (Role.HARE) { case HARE -> 1; case HOUND -> 2; };",
                "i = switch ((Object) list) { case Rank(int n) when n > 1 -> n; case Role r -> 1; default -> 2; };",
                "if ((Object) list instanceof Rank(int n)) i = n; i = Shape.of(i) instanceof Shape.Dot(int n) ? n : 1;",
                "try { i = list.get(i); } catch (RuntimeException e) { s = e.getMessage(); } finally { i = 1; }",
                "throw new IllegalStateException(\"i=\" + i + \" of \" + list);",
                "game.rules.Vector v = new game.rules.Vector(); v.x++; d = game.rules.Vector.sin;",
                "new Calm().rest(new Runner()); new Runner().score++; s = new Calm() + \"\"; i = new Calm().count(i);",
                "Runner r = Runner.class.cast(player.actor()); s = r.getClass().getSimpleName(); int[] c = {1}; c[0]++;",
            })
    void shouldLetSoundStatementsPass(String statement) {
        assertThat(violations(CHASE.formatted("", statement))).isEmpty();
    }

    @Test
    void shouldAllowHashCodesWithinHashCodes() {
        String key = IMPORTS + "final class Key { final String a; final Role b; Key() { a = \"\"; b = Role.HARE; }"
                + " public boolean equals(Object o) { return this == o; }"
                + " public int hashCode() { return Objects.hash(a, b) + b.hashCode(); } }";
        assertThat(violations(CHASE.formatted("", "i = new LinkedHashSet<>(List.of(new Key())).size();"), key))
                .isEmpty();
        assertThat(violations(CHASE.formatted("", "i = new Key().hashCode();"), key))
                .extracting(Violation::line)
                .containsExactly(12);
    }

    @Test
    void shouldLetGeneratedKindsKeepTheConstantsOfTheirEnums() {
        String round = "package game; import game.rules.*; @dev.orrery.rules.Actor public final class Round"
                + " { public Role role = Role.HARE; }";
        assertThat(violations(CHASE.formatted("", "i = new RoundKind().table().rowLength();"), round))
                .isEmpty();
        String wild = "package game; class WildKind { private static final int[] I = {1}; }";
        assertThat(violations(CHASE.formatted("", "Object wild = new WildKind();"), round, wild))
                .extracting(Violation::member)
                .containsExactly("I");
    }

    /** Line 7 takes members, line 12 statements. */
    private static final String CHASE = """
            package game;
            import game.rules.*;
            import dev.orrery.world.*;
            import java.util.*; import java.util.concurrent.*; import java.util.function.*; import java.util.stream.*;
            public final class Chase implements Game {
                // The line that follows takes members.
                %s
                static Supplier<Object> counter() { return () -> null; }
                public void tick(World world, Player player) throws Exception {
                    int i = 1; double d = 1; String s = ""; List<Integer> list = new ArrayList<>();
                    // The line that follows takes statements.
                    %s
                }
            }
            """;

    private static final String IMPORTS = "package game;\nimport game.rules.*; import java.util.*;\n";

    /** What every game here may name. The first ones are libraries, and no class files of the directory. */
    private static final List<String> AROUND = List.of(
            "package dev.orrery.world; public interface Game { default void tick(World w, Player p) throws Exception {} }",
            "package dev.orrery.world; public final class World { public long tick() { return 1; } }",
            "package dev.orrery.world; public final class Player { public Object actor() { return this; } }",
            "package dev.orrery.server; public final class Node { public static void stop() {} }",
            "package game.rules; @dev.orrery.rules.Actor public final class Runner { public int score; }",
            "package game.rules; @dev.orrery.rules.GameMap public final class Park { public final int[] trees = {1}; }",
            "package game.rules; public enum Role { HARE, HOUND }",
            "package game.rules; public enum Mood { CALM; public int score; }",
            "package game.rules; public record Rank(int place) {}",
            "package game.rules; public final class Vector { public double x; public static double sin; }",
            "package game; interface Ai { void act(dev.orrery.world.World world); }",
            "package game; final class Memory extends java.util.ArrayList<Integer> {}",
            "package game; class Tired extends Idle { final int[] naps = {1}; }",
            "package game; abstract class Idle { static Idle make() { return null; } }",
            "package game; record Pair(game.rules.Runner runner, double d) {}",
            "package game; record Goals(java.util.List<String> names) {}",
            "package game; class Calm { final int depth = 1; void rest(game.rules.Runner r) { r.score = depth; }"
                    + " int count(int i) { return i; } public String toString() { return \"calm\"; } }",
            "package game; sealed interface Shape { record Dot(int x) implements Shape {}"
                    + " static Shape of(int x) { return new Dot(x); } }",
            "package game; final class Main { public static void main(String[] args) { System.gc(); } }",
            "package game; final class Door implements AutoCloseable { public void close() {} }");

    private static List<Violation> violations(String... sources) {
        List<String> all = new ArrayList<>(AROUND);
        all.addAll(Arrays.asList(sources));
        Compilation compilation = Compilation.of(all.toArray(String[]::new));
        assertThat(compilation.errors()).isEmpty();
        TreeMap<String, byte[]> classes = new TreeMap<>(compilation.outputs());
        classes.keySet().removeIf(path -> !path.endsWith(".class") || path.startsWith("dev/orrery/"));
        return LogicGate.violations(classes.values());
    }
}
