package dev.orrery.e2e;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps the arrows between modules as docs/ARCHITECTURE.md draws them, and the core pure. */
final class ModuleGraphTest {
    /** What each module may use of the others. */
    private static final Map<String, Set<String>> ARROWS = new TreeMap<>(Map.of(
            "rules", Set.of(),
            "processor", Set.of("rules"),
            "wire", Set.of(),
            "world", Set.of("rules", "wire"),
            "client", Set.of("rules", "wire"),
            "testkit", Set.of("rules", "wire", "world"),
            "transport", Set.of("wire"),
            "server", Set.of("rules", "wire", "world", "transport"),
            "cli", Set.of("rules", "wire", "world", "transport", "server", "client"),
            "arena", Set.of("rules", "wire", "world", "cli")));

    /** All of the Java client is as pure as the world, but for what holds its connection. */
    private static final String CONNECTION = "dev\\.orrery\\.client\\.(Room|Link)(\\$.*)?";

    private static final JavaClasses ORRERY = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.orrery");

    static Stream<String> core() {
        return Stream.of("rules", "wire", "world", "client");
    }

    static Stream<String> modules() {
        return ARROWS.keySet().stream();
    }

    @Test
    void shouldKnowEveryModule() {
        assertThat(ORRERY.stream()
                        .map(type -> type.getPackageName().split("\\.")[2])
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(ARROWS.keySet());
    }

    @ParameterizedTest
    @MethodSource("modules")
    void shouldUseOnlyWhatItsArrowsPointAt(String module) {
        String[] foreign = ARROWS.keySet().stream()
                .filter(other -> !other.equals(module)
                        && !ARROWS.getOrDefault(module, Set.of()).contains(other))
                .map(other -> "dev.orrery." + other + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("dev.orrery." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(foreign)
                .check(ORRERY);
    }

    @Test
    void shouldKeepGameRulesFreeOfAllButRules() {
        noClasses()
                .that()
                .resideInAPackage("dev.orrery.arena.rules..")
                .should()
                .dependOnClassesThat(resideInAnyPackage("dev.orrery..")
                        .and(DescribedPredicate.not(
                                resideInAnyPackage("dev.orrery.rules..", "dev.orrery.arena.rules.."))))
                .check(ORRERY);
    }

    @Test
    void shouldKeepNettyInTransport() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.orrery.transport..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(ORRERY);
    }

    @ParameterizedTest
    @MethodSource("core")
    void shouldKeepCoreFreeOfClocksThreadsRandomAndIo(String module) {
        noClasses()
                .that()
                .resideInAPackage("dev.orrery." + module + "..")
                .and()
                .haveNameNotMatching(CONNECTION)
                .should()
                .dependOnClassesThat(impure())
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "identityHashCode", Object.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(ORRERY);
    }

    @ParameterizedTest
    @MethodSource("core")
    void shouldKeepCoreFreeOfStaticState(String module) {
        fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage("dev.orrery." + module + "..")
                .and()
                .areStatic()
                .should()
                .beFinal()
                .allowEmptyShould(true)
                .check(ORRERY);
    }

    /** A final field may still be a map that is filled: nothing mutable is made where statics are initialised. */
    @ParameterizedTest
    @MethodSource("core")
    void shouldKeepCoreFreeOfMutableStatics(String module) {
        assertThat(ORRERY.stream()
                        .filter(type -> type.getPackageName().startsWith("dev.orrery." + module))
                        .flatMap(type -> type.getStaticInitializer().stream())
                        .flatMap(initializer -> initializer.getConstructorCallsFromSelf().stream())
                        .filter(call -> call.getTargetOwner().getPackageName().startsWith("java.util"))
                        .map(Object::toString))
                .isEmpty();
    }

    /** Their order or thread is the machine's business. */
    @ParameterizedTest
    @MethodSource("core")
    void shouldKeepCoreFreeOfHiddenRandomAndThreads(String module) {
        Set<String> forbidden = Set.of("shuffle", "parallel", "parallelStream", "findAny", "unordered");
        assertThat(ORRERY.stream()
                        .filter(type -> type.getPackageName().startsWith("dev.orrery." + module))
                        .flatMap(type -> type.getMethodCallsFromSelf().stream())
                        .filter(call -> call.getTargetOwner().getPackageName().startsWith("java.util"))
                        .filter(call -> forbidden.contains(call.getName()))
                        .map(Object::toString))
                .isEmpty();
    }

    private static DescribedPredicate<JavaClass> impure() {
        return new DescribedPredicate<>("have a clock, thread, random or I/O") {
            private final Set<String> packages = Set.of(
                    "java.io", "java.net", "java.nio.channels", "java.nio.file", "java.time", "java.util.random");
            private final Set<String> classes = Set.of(
                    "java.lang.Thread",
                    "java.lang.ThreadLocal",
                    "java.lang.ProcessBuilder",
                    "java.lang.Runtime",
                    "java.security.SecureRandom",
                    "java.util.Random",
                    "java.util.SplittableRandom",
                    "java.util.Timer",
                    "java.util.UUID",
                    "java.util.concurrent.Executor",
                    "java.util.concurrent.ExecutorService",
                    "java.util.concurrent.Executors",
                    "java.util.concurrent.ForkJoinPool",
                    "java.util.concurrent.CompletableFuture",
                    "java.util.concurrent.ThreadLocalRandom");
            /** What jackson-core declares although it reads from memory. */
            private final Set<String> allowed =
                    Set.of("java.io.IOException", "java.io.Serializable", "java.io.Closeable");

            @Override
            public boolean test(JavaClass type) {
                return classes.contains(type.getName())
                        || packages.contains(type.getPackageName()) && !allowed.contains(type.getName());
            }
        };
    }
}
