package dev.orrery.processor;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which classes game logic may name outside its own directory. Of the JDK these are the ones named here, of Orrery what a
 * world is made of; libraries of others are not read. For what is refused, this table knows what to write instead. Names are
 * internal, as in class files.
 */
final class LogicBounds {
    private static final Set<String> ORRERY = Set.of("dev/orrery/rules/", "dev/orrery/wire/", "dev/orrery/world/");

    private static final Set<String> JDK = Set.of("java/", "javax/", "jdk/", "sun/", "com/sun/");

    /** Packages of the JDK of which everything may be used but what {@link LogicCalls} refuses. */
    private static final Set<String> PACKAGES =
            Set.of("java/math/", "java/util/function/", "java/util/regex/", "java/util/stream/");

    private static final Set<String> LANG = Set.of(
            "AssertionError",
            "AutoCloseable",
            "Boolean",
            "Byte",
            "CharSequence",
            "Character",
            "Class",
            "Cloneable",
            "Comparable",
            "Double",
            "Enum",
            "Float",
            "Integer",
            "Iterable",
            "Long",
            "Math",
            "Number",
            "Object",
            "Record",
            "Runnable",
            "Short",
            "StrictMath",
            "String",
            "StringBuilder",
            "Throwable",
            "Void");

    private static final Set<String> UTIL = Set.of(
            "AbstractMap$SimpleEntry",
            "AbstractMap$SimpleImmutableEntry",
            "ArrayDeque",
            "ArrayList",
            "Arrays",
            "BitSet",
            "Collection",
            "Collections",
            "Comparator",
            "Deque",
            "DoubleSummaryStatistics",
            "EnumMap",
            "EnumSet",
            "HexFormat",
            "IntSummaryStatistics",
            "Iterator",
            "LinkedHashMap",
            "LinkedHashSet",
            "LinkedList",
            "List",
            "ListIterator",
            "Locale",
            "LongSummaryStatistics",
            "Map",
            "Map$Entry",
            "NavigableMap",
            "NavigableSet",
            "Objects",
            "Optional",
            "OptionalDouble",
            "OptionalInt",
            "OptionalLong",
            "PrimitiveIterator",
            "PrimitiveIterator$OfDouble",
            "PrimitiveIterator$OfInt",
            "PrimitiveIterator$OfLong",
            "PriorityQueue",
            "Queue",
            "RandomAccess",
            "SequencedCollection",
            "SequencedMap",
            "SequencedSet",
            "Set",
            "SortedMap",
            "SortedSet",
            "StringJoiner",
            "TreeMap",
            "TreeSet");

    private static final String CLOCK =
            "no clock; time is world.tick(), each of world.settings().tickRate() milliseconds";
    private static final String ALONE =
            "game logic runs alone on the world's thread; what is for later, count in ticks";
    private static final String RANDOM = "use world.random(), or Rand, which give every replica the same";
    private static final String MAP = "its order differs between runs; use LinkedHashMap, TreeMap or EnumMap";
    private static final String SET = "its order differs between runs; use LinkedHashSet, TreeSet or EnumSet";
    private static final String IO = "no input or output in game logic; what comes from outside is a command";
    private static final String MACHINE = "it differs between machines; what comes from outside is a command";
    private static final String REFLECTION = "no reflection in game logic; name the class, or use an enum";
    private static final String LANGUAGE = "it follows the machine's language; use String.format(Locale.ROOT, …)";
    private static final String MEMORY =
            "when memory is collected differs between machines; keep an actor's id, and ask world.get";

    /** Prefixes of class names. */
    private static final Prefixes INSTEAD = new Prefixes(Map.ofEntries(
            Map.entry(
                    "java/lang/System",
                    "no clock, no environment, no console; time is world.tick(), and Arrays copies"),
            Map.entry("java/lang/Runtime", MACHINE),
            Map.entry("java/lang/Process", MACHINE),
            Map.entry("java/lang/management", MACHINE),
            Map.entry("java/lang/Thread", ALONE),
            Map.entry("java/lang/InheritableThreadLocal", ALONE),
            Map.entry("java/lang/ScopedValue", ALONE),
            Map.entry("java/util/concurrent", ALONE),
            Map.entry("java/util/Timer", ALONE),
            Map.entry("java/time", CLOCK),
            Map.entry("java/util/Date", CLOCK),
            Map.entry("java/util/Calendar", CLOCK),
            Map.entry("java/util/GregorianCalendar", CLOCK),
            Map.entry("java/util/TimeZone", CLOCK),
            Map.entry("java/util/Random", RANDOM),
            Map.entry("java/util/SplittableRandom", RANDOM),
            Map.entry("java/util/UUID", RANDOM),
            Map.entry("java/util/random", RANDOM),
            Map.entry("java/security", RANDOM),
            Map.entry("java/util/HashMap", MAP),
            Map.entry("java/util/HashSet", SET),
            Map.entry("java/util/Hashtable", MAP),
            Map.entry("java/util/Properties", MAP),
            Map.entry("java/util/IdentityHashMap", MAP),
            Map.entry("java/util/WeakHashMap", MAP),
            Map.entry("java/io", IO),
            Map.entry("java/nio", IO),
            Map.entry("java/net", IO),
            Map.entry("java/sql", IO),
            Map.entry("java/util/logging", IO),
            Map.entry("java/util/Scanner", IO),
            Map.entry("java/lang/reflect", REFLECTION),
            Map.entry("java/lang/invoke", REFLECTION),
            Map.entry("java/lang/ClassLoader", REFLECTION),
            Map.entry("java/lang/Module", REFLECTION),
            Map.entry("java/lang/StackWalker", REFLECTION),
            Map.entry("java/lang/StackTraceElement", REFLECTION),
            Map.entry("java/util/ServiceLoader", REFLECTION),
            Map.entry("java/lang/ref", MEMORY),
            Map.entry("java/lang/foreign", MEMORY),
            Map.entry("java/text", LANGUAGE),
            Map.entry("java/util/Formatter", LANGUAGE),
            Map.entry("java/util/ResourceBundle", LANGUAGE)));

    private LogicBounds() {}

    /** Why a class outside the game's directory may not be named; empty if it may. */
    static Optional<String> refuseClass(String name) {
        String sentence = name.replace('/', '.').replace('$', '.') + " is out of bounds; ";
        if (name.startsWith("dev/orrery/")) {
            return ORRERY.stream().anyMatch(name::startsWith)
                    ? Optional.empty()
                    : Optional.of(sentence + "only main may name it, which starts the process");
        }
        if (JDK.stream().noneMatch(name::startsWith) || isAllowed(name)) {
            return Optional.empty();
        }
        return Optional.of(sentence
                + INSTEAD.longest(name)
                        .orElse("game logic may use ordered collections, streams, texts, numbers and functions"));
    }

    private static boolean isAllowed(String name) {
        return PACKAGES.stream().anyMatch(name::startsWith)
                || name.equals("java/io/Serializable")
                || Stream.of("java/lang/", "java/util/").anyMatch(home -> isException(name, home))
                || name.startsWith("java/lang/") && LANG.contains(name.substring("java/lang/".length()))
                || name.startsWith("java/util/") && UTIL.contains(name.substring("java/util/".length()));
    }

    private static boolean isException(String name, String home) {
        return name.startsWith(home) && name.endsWith("Exception") && name.lastIndexOf('/') == home.length() - 1;
    }
}
