package dev.orrery.processor;

/**
 * A place in a rules package that would not compute the same bits everywhere.
 *
 * @param className dotted
 * @param member method or field
 * @param file source file; empty if the class does not say
 * @param line in that file; 0 if the bytecode does not say, as for fields
 * @param sentence what is forbidden, and what to use instead
 */
record Violation(String className, String member, String file, int line, String sentence) {
    /** As a stack trace would say it, so that tools can jump there. */
    @Override
    public String toString() {
        return className + "." + member + "(" + file + (line > 0 ? ":" + line : "") + "): " + sentence;
    }
}
