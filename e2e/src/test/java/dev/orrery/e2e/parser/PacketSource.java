package dev.orrery.e2e.parser;

import dev.orrery.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Packets from a seed: mostly right ones, and such with a few wrong characters or messages. The same seed gives the same. */
final class PacketSource {
    private static final List<String> NAMESPACES = List.of("", "", "", "/,", "/a,", "/ä b/c,", "/a?b=1,", "/a", "/,,");
    private static final List<String> IDS = List.of("", "", "0", "7", "0012", "12", "999999999999999");
    private static final List<String> NAMES =
            List.of("\"x\"", "\"y\"", "\"\\u0061\"", "\"é😀\"", "\"\"", "\"connected\"", "3", "-1.5");
    private static final List<String> WRONG_NAMES = List.of("\"connect\"", "\"newListener\"", "null", "{}", "[]");
    private static final List<String> SCALARS = List.of(
            "null",
            "true",
            "false",
            "0",
            "-0",
            "1e3",
            "-12.5E-2",
            "0.1",
            "9007199254740993",
            "12345678901234567890",
            "1e999",
            "5e-324",
            "\"\"",
            "\"a\\\"b\\\\c\\/d\"",
            "\"\\u00e9\\ud83d\\ude00\"",
            "\"\\ud800\"",
            "\"é😀\u2028\u007f\"",
            "\"_placeholder\"");
    private static final String ALPHABET =
            "0123456789-/,[]{}\":\\ \t\neE.+tfnulrsab_\u00e9\ud83d\ude00\u0000\u00a0\ufeff٣";

    private final SplittableRandom random;

    PacketSource(long seed) {
        random = new SplittableRandom(seed);
    }

    /** The messages of one connection: each a {@code Str} or a {@code Bin}. */
    List<Json> messages() {
        List<Json> messages = new ArrayList<>();
        for (int i = random.nextInt(10) == 0 ? 2 : 1; i > 0; i--) {
            packet(messages);
        }
        if (random.nextInt(20) == 0) {
            messages.remove(random.nextInt(messages.size()));
        }
        if (random.nextInt(20) == 0) {
            messages.add(random.nextInt(messages.size() + 1), bytes());
        }
        return messages;
    }

    /** The same with some characters changed. */
    List<Json> damaged(List<Json> messages) {
        return messages.stream()
                .map(message -> message instanceof Json.Str text ? new Json.Str(damaged(text.value())) : message)
                .toList();
    }

    private void packet(List<Json> messages) {
        int type = random.nextInt(10) < 6 ? 2 + 3 * random.nextInt(2) : random.nextInt(7);
        int attachments = type < 5 ? 0 : random.nextInt(20) == 0 ? random.nextInt(13) : 1 + random.nextInt(3);
        StringBuilder text = new StringBuilder().append(type);
        if (type >= 5) {
            text.append(attachments).append('-');
        }
        text.append(pick(NAMESPACES)).append(type == 3 || type == 6 ? random.nextInt(100) : pick(IDS));
        int[] placed = {0};
        switch (type) {
            case 0, 4 -> text.append(random.nextInt(3) == 0 ? "" : value(2, new int[] {0}, 0));
            case 1 -> text.append(random.nextInt(8) == 0 ? pick(SCALARS) : "");
            default -> {
                text.append('[')
                        .append(
                                type == 2 || type == 5
                                        ? pick(random.nextInt(20) == 0 ? WRONG_NAMES : NAMES)
                                        : value(1, placed, attachments));
                for (int i = random.nextInt(4); i > 0 || placed[0] < attachments && random.nextInt(30) > 0; i--) {
                    text.append(',').append(value(4, placed, attachments));
                }
                text.append(']');
            }
        }
        messages.add(new Json.Str(text.toString()));
        for (int i = 0; i < attachments; i++) {
            messages.add(bytes());
        }
    }

    private String value(int depthLeft, int[] placed, int attachments) {
        if (placed[0] < attachments && random.nextInt(2) == 0) {
            int number = random.nextInt(40) == 0 ? random.nextInt(attachments + 2) : placed[0];
            placed[0]++;
            return "{\"_placeholder\":true,\"num\":" + number + (random.nextInt(40) == 0 ? ".5}" : "}");
        }
        int kind = random.nextInt(depthLeft == 0 ? 4 : 7);
        if (kind < 4) {
            return pick(SCALARS);
        }
        if (random.nextInt(100) == 0) {
            int depth = 25 + random.nextInt(12);
            return "[".repeat(depth) + "]".repeat(depth);
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            String name = kind == 4 ? "" : random.nextInt(3) == 0 ? "\"\\u0061\":" : "\"" + random.nextInt(12) + "\": ";
            text.append(text.isEmpty() ? "" : " ,").append(name).append(value(depthLeft - 1, placed, attachments));
        }
        return kind == 4 ? "[" + text + "]" : "{" + text + "}";
    }

    private String damaged(String text) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            // Half of the damage is done to the prefix, which is a small part of most packets.
            int bound = damaged.length() + 1;
            int at = random.nextInt(random.nextBoolean() ? bound : Math.min(bound, 8));
            int end = Math.min(damaged.length(), at + random.nextInt(random.nextInt(10) == 0 ? 20 : 2));
            switch (random.nextInt(4)) {
                case 0 -> damaged.delete(at, end);
                case 1 -> damaged.insert(at, ALPHABET.charAt(random.nextInt(ALPHABET.length())));
                case 2 -> damaged.insert(at, damaged.substring(at, end).repeat(1 + random.nextInt(40)));
                default -> damaged.setLength(random.nextInt(6) == 0 ? at : damaged.length());
            }
        }
        // Half of a character cannot come over the wire: it becomes a question mark.
        return new String(damaged.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private Json bytes() {
        byte[] bytes = new byte[random.nextInt(5)];
        random.nextBytes(bytes);
        return new Json.Bin(bytes);
    }

    private String pick(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** A corpus file: messages joined by 1E, those of bytes behind a {@code b}. */
    static List<Json> read(byte[] file) {
        List<Json> messages = new ArrayList<>();
        for (String part : new String(file, StandardCharsets.UTF_8).split("\u001e", -1)) {
            messages.add(
                    part.startsWith("b")
                            ? new Json.Bin(part.substring(1).getBytes(StandardCharsets.UTF_8))
                            : new Json.Str(part));
        }
        return messages;
    }
}
