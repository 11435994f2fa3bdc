package dev.orrery.processor;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Methods that game logic may not call although their classes are within {@link LogicBounds}, each with what to write
 * instead. Names and descriptors are internal, as in class files.
 */
final class LogicCalls {
    /** Methods of {@code Math} whose result the specification leaves no choice; the others may differ between JVMs. */
    private static final Set<String> EXACT = Set.of(
            "IEEEremainder",
            "abs",
            "ceil",
            "ceilDiv",
            "ceilMod",
            "clamp",
            "copySign",
            "floor",
            "floorDiv",
            "floorMod",
            "fma",
            "getExponent",
            "max",
            "min",
            "multiplyFull",
            "multiplyHigh",
            "nextAfter",
            "nextDown",
            "nextUp",
            "rint",
            "round",
            "scalb",
            "signum",
            "sqrt",
            "toDegrees",
            "toRadians",
            "ulp",
            "unsignedMultiplyHigh");

    /** What may be asked of a class: it is the same in every process. */
    private static final Set<String> OF_CLASSES = Set.of("cast", "getName", "getSimpleName", "isInstance");

    /** Classes whose hash code the specification gives. */
    private static final Set<String> SPECIFIED_HASHES = Set.of(
            "java/lang/Boolean",
            "java/lang/Byte",
            "java/lang/Character",
            "java/lang/Double",
            "java/lang/Float",
            "java/lang/Integer",
            "java/lang/Long",
            "java/lang/Short",
            "java/lang/String");

    private static final String RANDOM = "use world.random(), which gives every replica the same";
    private static final String HASH = "hash codes differ between runs; compare with equals, or use Rand.mix on ints";
    private static final String SET = "its order differs between runs; use List.of, EnumSet, LinkedHashSet or TreeSet";
    private static final String MAP = "its order differs between runs; use LinkedHashMap, TreeMap or EnumMap";
    private static final String ORDER = "its result depends on threads; use findFirst, and streams as they come";
    private static final String PROPERTY = "it reads the machine's properties; make it a constant, or a command";
    private static final String LOCALE = "it follows the machine's language; give it Locale.ROOT";
    private static final String CHARSET = "it follows the machine's character set; use chars";
    private static final String STACK = "stacks differ between machines; use getMessage";
    private static final String ALONE = "game logic runs alone; there is nobody to wait for or to wake";

    /** By owner and name. */
    private static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("java/lang/StrictMath.random", RANDOM),
            Map.entry("java/util/Collections.shuffle", "it draws of its own; swap by world.random(n) in a loop"),
            Map.entry("java/util/Set.of", SET),
            Map.entry("java/util/Set.copyOf", SET),
            Map.entry("java/util/Map.of", MAP),
            Map.entry("java/util/Map.ofEntries", MAP),
            Map.entry("java/util/Map.copyOf", MAP),
            Map.entry("java/util/stream/Collectors.toSet", "use Collectors.toCollection(LinkedHashSet::new)"),
            Map.entry("java/util/stream/Collectors.toUnmodifiableSet", SET),
            Map.entry("java/util/stream/Collectors.toUnmodifiableMap", MAP),
            Map.entry("java/util/stream/Collectors.toConcurrentMap", MAP),
            Map.entry("java/util/stream/Collectors.groupingByConcurrent", MAP),
            Map.entry("java/util/Objects.hash", HASH),
            Map.entry("java/util/Objects.hashCode", HASH),
            Map.entry("java/util/Objects.toIdentityString", HASH),
            Map.entry("java/util/Arrays.deepHashCode", HASH),
            Map.entry("java/lang/Object.toString", "it tells the identity hash; write out fields, or a toString"),
            Map.entry("java/lang/Object.wait", ALONE),
            Map.entry("java/lang/Object.notify", ALONE),
            Map.entry("java/lang/Object.notifyAll", ALONE),
            Map.entry("java/lang/Integer.getInteger", PROPERTY),
            Map.entry("java/lang/Long.getLong", PROPERTY),
            Map.entry("java/lang/Boolean.getBoolean", PROPERTY),
            Map.entry("java/util/Locale.getDefault", "it differs between machines; use Locale.ROOT"),
            Map.entry("java/util/Locale.setDefault", "it changes the whole process; hand Locale.ROOT on"));

    /** By owner, name and the beginning of the descriptor: other methods of that name are sound. */
    private static final Prefixes OVERLOADS = new Prefixes(Map.ofEntries(
            Map.entry("java/lang/String.format(Ljava/lang/String;", LOCALE),
            Map.entry("java/lang/String.formatted(", LOCALE),
            Map.entry("java/lang/String.toLowerCase()", LOCALE),
            Map.entry("java/lang/String.toUpperCase()", LOCALE),
            Map.entry("java/lang/String.getBytes()", CHARSET),
            Map.entry("java/lang/String.<init>([B)", CHARSET),
            Map.entry("java/lang/String.<init>([BII)", CHARSET),
            Map.entry("java/util/Arrays.hashCode([Ljava/lang/Object;)", HASH),
            Map.entry("java/util/Arrays.parallel", "game logic runs alone; use sort, setAll or a loop"),
            Map.entry("java/util/Collections.synchronized", "game logic runs alone; use the collection itself"),
            Map.entry("java/util/stream/StreamSupport.", ORDER)));

    private LogicCalls() {}

    /** Why a method of a class within bounds may not be called; empty if it may. */
    static Optional<String> refuse(String owner, String method, String descriptor) {
        return sentence(owner, method, descriptor)
                .map(sentence -> owner.substring(owner.lastIndexOf('/') + 1).replace('$', '.')
                        + (method.equals("<init>") ? "" : "." + method) + " is out of bounds; " + sentence);
    }

    /** Whether a method tells a hash code, which only a hash code may be made of. */
    static boolean isHash(String method) {
        return method.equals("hashCode") || method.equals("hash") || method.equals("deepHashCode");
    }

    private static Optional<String> sentence(String owner, String method, String descriptor) {
        String call = owner + "." + method;
        String sentence = REFUSED.get(call);
        return sentence != null
                ? Optional.of(sentence)
                : OVERLOADS.longest(call + descriptor).or(() -> ofAnyOwner(owner, method, descriptor));
    }

    private static Optional<String> ofAnyOwner(String owner, String method, String descriptor) {
        String sentence = switch (method) {
            case "hashCode" -> descriptor.equals("()I") && !SPECIFIED_HASHES.contains(owner) ? HASH : "";
            case "toMap", "groupingBy" ->
                owner.equals("java/util/stream/Collectors") && !descriptor.contains("Ljava/util/function/Supplier;")
                        ? MAP + ", and hand it over: Collectors." + method + "(…, LinkedHashMap::new, …)"
                        : "";
            case "parallel", "unordered", "findAny" -> owner.startsWith("java/util/stream/") ? ORDER : "";
            case "parallelStream" -> ORDER;
            case "getStackTrace", "printStackTrace" -> STACK;
            default ->
                switch (owner) {
                    case "java/lang/Math" -> ofMath(method);
                    case "java/lang/Class" ->
                        OF_CLASSES.contains(method) ? "" : "no reflection in game logic; use an enum";
                    default -> "";
                };
        };
        return sentence.isEmpty() ? Optional.empty() : Optional.of(sentence);
    }

    private static String ofMath(String method) {
        if (EXACT.contains(method) || method.endsWith("Exact")) {
            return "";
        }
        return method.equals("random") ? RANDOM : "its last bits may differ between JVMs; use StrictMath or DMath";
    }
}
