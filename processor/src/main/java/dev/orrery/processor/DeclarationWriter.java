package dev.orrery.processor;

import dev.orrery.rules.Field;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes what TypeScript should know of a rules package: an interface per class, and which name stands for which. */
final class DeclarationWriter {
    private final String packageName;
    private final List<Shape> shapes;

    DeclarationWriter(String packageName, List<Shape> shapes) {
        this.packageName = packageName;
        this.shapes = shapes;
    }

    /** A whole {@code .d.ts} file. */
    String text() {
        StringBuilder text = new StringBuilder("// Generated from " + packageName + " by its build.\n");
        TreeMap<String, List<String>> enums = new TreeMap<>();
        for (Shape shape : shapes) {
            for (Slot slot : shape.slots()) {
                slot.enumClass().ifPresent(type -> enums.put(type.simpleName(), slot.constants()));
            }
        }
        enums.forEach((name, constants) -> text.append("\nexport type %s = %s;\n"
                .formatted(name, constants.stream().map(c -> '"' + c + '"').collect(Collectors.joining(" | ")))));
        shapes.forEach(shape -> text.append(declaration(shape)));
        text.append(index("Actors", Shape.Role.ACTOR));
        text.append(index("Inputs", Shape.Role.INPUT));
        text.append(index("Events", Shape.Role.EVENT));
        return text.toString();
    }

    private static String declaration(Shape shape) {
        StringBuilder text =
                new StringBuilder("\nexport interface " + shape.type().simpleName() + " {\n");
        for (Slot slot : shape.slots()) {
            if (slot.audience() == Field.Audience.HIDDEN && shape.role() != Shape.Role.INPUT) {
                continue;
            }
            String type = slot.length().isPresent() ? "readonly " + type(slot) + "[]" : type(slot);
            text.append("  /** %s */\n".formatted(remark(slot)));
            text.append("  readonly %s%s: %s;\n"
                    .formatted(slot.name(), slot.audience() == Field.Audience.OWNER ? "?" : "", type));
        }
        return text.append("}\n").toString();
    }

    private static String type(Slot slot) {
        return switch (slot.type()) {
            case NUM, INT, REF -> "number";
            case BOOL -> "boolean";
            case ENUM -> slot.enumClass().orElseThrow().simpleName();
        };
    }

    private static String remark(Slot slot) {
        String remark = switch (slot.type()) {
            case NUM ->
                "From " + number(slot.min()) + " to " + number(slot.max()) + " in steps of 2^"
                        + Math.getExponent(slot.quantum()) + ".";
            case INT -> "A whole number from " + (int) slot.min() + " to " + (int) slot.max() + ".";
            case BOOL -> "Yes or no.";
            case ENUM -> "One of its constants.";
            case REF -> "The id of an actor, 0 for none.";
        };
        String length = slot.length().map(n -> " " + n + " elements.").orElse("");
        return remark + length + (slot.audience() == Field.Audience.OWNER ? " Only its player sees it." : "");
    }

    private static String number(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }

    private String index(String name, Shape.Role role) {
        String entries = shapes.stream()
                .filter(shape -> shape.role() == role)
                .map(shape -> "  readonly %s: %s;\n"
                        .formatted(shape.name(), shape.type().simpleName()))
                .collect(Collectors.joining());
        return "\nexport interface " + name + " {\n" + entries + "}\n";
    }
}
