package dev.orrery.server;

/** Names that players give themselves. */
final class Names {
    private static final int MAX_CODE_POINTS = 24;
    private static final String NAMELESS = "Guest";

    private Names() {}

    /** The name as others see it: one line, no control or formatting characters, at most 24 code points, never empty. */
    static String shown(String wanted) {
        StringBuilder name = new StringBuilder();
        wanted.strip()
                .codePoints()
                .filter(point -> !Character.isISOControl(point)
                        && Character.getType(point) != Character.FORMAT
                        && Character.getType(point) != Character.SURROGATE
                        && Character.getType(point) != Character.LINE_SEPARATOR
                        && Character.getType(point) != Character.PARAGRAPH_SEPARATOR)
                .limit(MAX_CODE_POINTS)
                .forEach(name::appendCodePoint);
        String shown = name.toString().strip();
        return shown.isEmpty() ? NAMELESS : shown;
    }
}
