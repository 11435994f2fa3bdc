package dev.orrery.rules;

/**
 * The bridge between objects of one class and their rows of ints: generated from the class by the annotation processor,
 * named after it ({@code Ship} → {@code ShipKind}), with a public constructor without parameters.
 *
 * <p>Stateless; may be used by any thread.
 */
public interface Kind<T> {
    FieldTable table();

    /** A new object with the class's initial values. */
    T create();

    /**
     * Quantises all fields into {@code row[offset .. offset + rowLength)}.
     *
     * @throws ArithmeticException if a field is NaN
     */
    void write(T value, int[] row, int offset);

    /** Sets all fields from a row. {@code write} then {@code read} snaps an object. */
    void read(int[] row, int offset, T value);

    /**
     * The one that the annotation processor made of a class.
     *
     * @throws IllegalArgumentException if there is none
     */
    @SuppressWarnings("unchecked")
    static Kind<Object> of(Class<?> type) {
        String generated = type.getName() + "Kind";
        try {
            return (Kind<Object>) Class.forName(generated, true, type.getClassLoader())
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "there is no " + generated + ": annotate " + type.getSimpleName()
                            + " and let orrery-processor run when its module is compiled",
                    e);
        }
    }
}
