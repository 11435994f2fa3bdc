package dev.orrery.rules;

import java.util.List;

/**
 * One field of an actor, input or event as it leaves the object: {@code length} ints of a row, each a count of quanta
 * between {@code min} and {@code max}.
 *
 * @param name as in the Java class and in JSON
 * @param type how the ints are meant
 * @param length ints it takes in a row: 1, or the length of a fixed-length array
 * @param min smallest int, inclusive
 * @param max largest int, inclusive
 * @param quantum what one count is worth; a power of two for {@link Type#NUM}, 1 for the others
 * @param constants names of an enum's constants in order; empty for other types
 * @param audience who may see it
 */
public record Field(
        String name,
        Type type,
        int length,
        int min,
        int max,
        double quantum,
        List<String> constants,
        Audience audience) {

    /** How the ints of a field are meant. */
    public enum Type {
        /** A {@code double}, snapped to its quantum. */
        NUM,
        INT,
        /** 0 or 1. */
        BOOL,
        /** The ordinal of a constant. */
        ENUM,
        /** The id of an actor, 0 for none. */
        REF
    }

    /** Who may see a field. */
    public enum Audience {
        EVERYONE,
        /** Only the player who controls the actor. */
        OWNER,
        /** Hashed and stored, never sent. */
        HIDDEN
    }

    public Field {
        constants = List.copyOf(constants);
    }

    /** A {@code double} between {@code min} and {@code max}, both multiples of {@code quantum}. */
    public static Field num(String name, double min, double max, double quantum) {
        return new Field(
                name, Type.NUM, 1, (int) (min / quantum), (int) (max / quantum), quantum, List.of(), Audience.EVERYONE);
    }

    /** An {@code int} between {@code min} and {@code max}. */
    public static Field integer(String name, int min, int max) {
        return new Field(name, Type.INT, 1, min, max, 1, List.of(), Audience.EVERYONE);
    }

    /** A {@code boolean}. */
    public static Field bool(String name) {
        return new Field(name, Type.BOOL, 1, 0, 1, 1, List.of(), Audience.EVERYONE);
    }

    /** An enum; {@code constants} in the order of their ordinals. */
    public static Field choice(String name, String... constants) {
        return new Field(name, Type.ENUM, 1, 0, constants.length - 1, 1, List.of(constants), Audience.EVERYONE);
    }

    /** The id of an actor. */
    public static Field ref(String name) {
        return new Field(name, Type.REF, 1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1, List.of(), Audience.EVERYONE);
    }

    /** The same field as an array of {@code length} elements. */
    public Field times(int length) {
        return new Field(name, type, length, min, max, quantum, constants, audience);
    }

    /** The same field for another audience. */
    public Field visibleTo(Audience audience) {
        return new Field(name, type, length, min, max, quantum, constants, audience);
    }

    /** The snapped value as a count of quanta. See {@link Quanta#of}. */
    public int quanta(double value) {
        return Quanta.of(value, quantum, min, max, name);
    }
}
