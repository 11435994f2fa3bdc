package dev.orrery.processor;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/** What one class is refused for, each place and sentence once, in the order found. Owned by whoever reads the class. */
final class Refusals {
    private final String className;
    private final SequencedSet<Violation> violations = new LinkedHashSet<>();
    private String file = "";

    /** For a class by its internal name. */
    Refusals(String className) {
        this.className = className.replace('/', '.');
    }

    /** The source file, which class files name after their header. */
    void from(String sourceFile) {
        file = sourceFile;
    }

    void add(String member, int line, String sentence) {
        violations.add(new Violation(className, member, file, line, sentence));
    }

    List<Violation> all() {
        return List.copyOf(violations);
    }
}
