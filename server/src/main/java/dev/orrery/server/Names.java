package dev.orrery.server;

import java.util.Set;

/** Names that players give themselves. */
final class Names {
    private static final int MAX_CODE_POINTS = 24;
    private static final int MAX_WANTED = 1_000;
    private static final int MAX_MARKS = 2;
    private static final String NAMELESS = "Guest";

    /** Letters and marks by Unicode's word, but nothing is seen of them: Hangul fillers, the braille blank, the grapheme joiner. */
    private static final Set<Integer> INVISIBLE =
            Set.of(0x115F, 0x1160, 0x3164, 0xFFA0, 0x2800, 0x034F, 0x17B4, 0x17B5);

    private Names() {}

    /**
     * The name as others see it: one line, no control or formatting characters (which turn or hide text), no invisible letters,
     * at most two marks on a letter, at most 24 code points, never empty. It may still hold any letters, so whoever shows it must
     * treat it as text and not as HTML.
     */
    static String shown(String wanted) {
        StringBuilder name = new StringBuilder();
        int[] points = wanted.strip().codePoints().limit(MAX_WANTED).toArray();
        int taken = 0;
        int marks = 0;
        boolean space = false;
        for (int i = 0; i < points.length && taken < MAX_CODE_POINTS; i++) {
            int point = points[i];
            int type = Character.getType(point);
            boolean isSpace = type == Character.SPACE_SEPARATOR;
            int marksThen = isMark(type) ? marks + 1 : 0;
            if (isSpace ? space : !isShown(point, type) || marksThen > MAX_MARKS) {
                continue;
            }
            marks = marksThen;
            space = isSpace;
            name.appendCodePoint(isSpace ? ' ' : point);
            taken++;
        }
        String shown = name.toString().strip();
        return shown.isEmpty() ? NAMELESS : shown;
    }

    private static boolean isShown(int point, int type) {
        return !INVISIBLE.contains(point)
                && type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR
                && type != Character.SURROGATE
                && type != Character.PRIVATE_USE
                && type != Character.UNASSIGNED;
    }

    private static boolean isMark(int type) {
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }
}
