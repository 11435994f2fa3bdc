package dev.orrery.processor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;

/**
 * The gate for game logic. Game logic is every class of a directory that implements {@code dev.orrery.world.Game}, and
 * whatever it reaches in that directory outside rules packages: by naming it, or by naming what it extends or implements.
 * It is ordinary Java, but two replicas that step the same journal must agree, so state outside of actors and whatever
 * depends on the machine is refused ({@link LogicFields}, {@link LogicMethod}). Immutable.
 */
final class LogicGate {
    private static final String GAME = "dev/orrery/world/Game";

    private final SortedMap<String, ClassNode> classes = new TreeMap<>();

    private LogicGate(Collection<byte[]> classFiles) {
        for (byte[] bytes : classFiles) {
            ClassNode type = new ClassNode();
            new ClassReader(bytes).accept(type, 0);
            classes.put(type.name, type);
        }
    }

    /** Everything forbidden in the game logic of one directory's class files, by class name. */
    static List<Violation> violations(Collection<byte[]> classFiles) {
        LogicGate gate = new LogicGate(classFiles);
        LogicTypes types = new LogicTypes(gate.classes);
        List<Violation> violations = new ArrayList<>();
        for (String name : gate.logic()) {
            types.find(name).ifPresent(type -> violations.addAll(LogicClass.read(type, types)));
        }
        return violations;
    }

    /** Whether class files stand in a rules package, which has its own gate. */
    static boolean isRules(String internalName) {
        int slash = internalName.lastIndexOf('/');
        return slash > 0 && internalName.substring(0, slash).replace('/', '.').endsWith(".rules");
    }

    private SortedSet<String> logic() {
        SortedSet<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(childrenOf(GAME));
        while (!open.isEmpty()) {
            String name = open.removeFirst();
            ClassNode type = classes.get(name);
            if (type != null && !isRules(name) && reached.add(name)) {
                open.addAll(LogicReferences.of(type));
                // Whoever names a parent may be handed a child that it never names.
                open.addAll(childrenOf(name));
            }
        }
        return reached;
    }

    private List<String> childrenOf(String parent) {
        return classes.values().stream()
                .filter(type -> parent.equals(type.superName) || type.interfaces.contains(parent))
                .map(type -> type.name)
                .toList();
    }
}
