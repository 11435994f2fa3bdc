package dev.orrery.processor;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What rules may name outside their own package and {@code dev.orrery.rules}. Everything else is refused; this table also
 * knows what to use instead. Names are internal, as in class files. Immutable.
 */
final class Allowed {
    private static final String OURS = "dev/orrery/rules/";

    /** Classes of which everything may be used but what {@link #EVERYWHERE_REFUSED} names. */
    private static final Set<String> CLASSES = Set.of(
            "java/lang/Object",
            "java/lang/Enum",
            "java/lang/Record",
            "java/lang/Override",
            "java/lang/Iterable",
            "java/lang/Comparable",
            "java/lang/ArithmeticException",
            "java/lang/IllegalArgumentException",
            "java/lang/IllegalStateException",
            "java/lang/MatchException",
            "java/lang/Throwable",
            "java/util/ArrayList",
            "java/util/Arrays",
            "java/util/Iterator",
            "java/util/List");

    /** Classes of which only some methods may be called. */
    private static final Map<String, Set<String>> METHODS = Map.of(
            "java/lang/Math", Set.of("abs", "min", "max", "floor", "ceil", "sqrt"),
            "java/lang/Integer",
                    Set.of(
                            "bitCount",
                            "compare",
                            "max",
                            "min",
                            "numberOfLeadingZeros",
                            "numberOfTrailingZeros",
                            "rotateLeft",
                            "rotateRight",
                            "signum"),
            "java/lang/Double", Set.of("compare", "isFinite", "isInfinite", "isNaN"),
            "java/lang/Boolean", Set.of("compare"),
            "java/lang/String", Set.of("charAt", "equals", "isEmpty", "length"),
            "java/util/Objects", Set.of("requireNonNull"));

    private static final Map<String, String> EVERYWHERE_REFUSED = Map.of(
            "hashCode", "hash codes differ between runs; compare with equals, or use Rand.mix on ints",
            "getClass", "classes cannot be looked at in rules; use an enum field",
            "wait", "rules run alone; there is nothing to wait for",
            "notify", "rules run alone; there is nobody to wake",
            "notifyAll", "rules run alone; there is nobody to wake",
            "parallelSort", "rules run alone; use sort");

    /** Prefixes of class names. */
    private static final Prefixes INSTEAD = new Prefixes(Map.ofEntries(
            Map.entry("java/lang/StrictMath", "use DMath, which the browser computes alike"),
            Map.entry("java/lang/System", "no clock, no environment; time is the tick, and lengths are in Settings"),
            Map.entry("java/time", "no clock; time is the tick, and lengths are in Settings"),
            Map.entry("java/lang/Thread", "rules run alone on the thread that steps the world"),
            Map.entry("java/util/concurrent", "rules run alone on the thread that steps the world"),
            Map.entry("java/util/Random", "use Rand, which gives every replica the same"),
            Map.entry("java/util/random", "use Rand, which gives every replica the same"),
            Map.entry("java/util/SplittableRandom", "use Rand, which gives every replica the same"),
            Map.entry("java/util/UUID", "use Rand, which gives every replica the same"),
            Map.entry("java/util/Hash", "its order differs between runs; use a List, an array or Grid"),
            Map.entry("java/util/LinkedHash", "it hashes; use a List, an array or Grid"),
            Map.entry("java/util/IdentityHashMap", "its order differs between runs; use a List, an array or Grid"),
            Map.entry("java/util/WeakHashMap", "its order differs between runs; use a List, an array or Grid"),
            Map.entry("java/util/Set", "its order differs between runs; use a List, an array or Grid"),
            Map.entry("java/util/Map", "its order differs between runs; use a List, an array or Grid"),
            Map.entry("java/util/stream", "write a loop; it allocates nothing and TeaVM keeps it small"),
            Map.entry("java/io", "no input or output in rules; the server journals what comes from outside"),
            Map.entry("java/nio", "no input or output in rules; the server journals what comes from outside"),
            Map.entry("java/net", "no input or output in rules; the server journals what comes from outside"),
            Map.entry("java/lang/reflect", "no reflection in rules; the browser has none"),
            Map.entry(
                    "java/lang/AssertionError", "no assert in rules, a switch of the JVM; throw IllegalStateException"),
            Map.entry("java/lang/Class", "no reflection and no assert in rules; throw IllegalStateException")));

    private final String home;

    /** For classes of one package, with a slash at its end. */
    Allowed(String home) {
        this.home = home;
    }

    /** Why a class may not be named at all; empty if it may. */
    Optional<String> refuseClass(String name) {
        if (name.startsWith(home) || name.startsWith(OURS) || CLASSES.contains(name) || METHODS.containsKey(name)) {
            return Optional.empty();
        }
        return Optional.of(name.replace('/', '.') + " is out of bounds; " + instead(name));
    }

    /** Why a method may not be called; empty if it may. */
    Optional<String> refuseCall(String owner, String method) {
        if (EVERYWHERE_REFUSED.containsKey(method)) {
            return Optional.of(method + "() is out of bounds; " + EVERYWHERE_REFUSED.get(method));
        }
        Set<String> methods = METHODS.get(owner);
        if (methods == null) {
            return refuseClass(owner);
        }
        return methods.contains(method)
                ? Optional.empty()
                : Optional.of(owner.substring(owner.lastIndexOf('/') + 1) + "." + method + " is out of bounds; "
                        + insteadOf(owner, method));
    }

    private static String insteadOf(String owner, String method) {
        return switch (owner) {
            case "java/lang/Math" ->
                switch (method) {
                    case "round", "rint" -> "use Math.floor(x + 0.5)";
                    case "fma" -> "write a * b + c";
                    case "random" -> "use Rand, which gives every replica the same";
                    default -> "use DMath, or abs, min, max, floor, ceil, sqrt, which are exact everywhere";
                };
            case "java/lang/Integer", "java/lang/Double", "java/lang/Boolean" ->
                "use plain numbers and arrays of them, not boxes and texts";
            default -> "rules need no texts but in the message of an exception";
        };
    }

    private static String instead(String name) {
        return INSTEAD.longest(name)
                .orElse("rules may use their own package, dev.orrery.rules, List, ArrayList, Arrays and plain numbers");
    }
}
